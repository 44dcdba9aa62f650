/** The highest value of the axis: the limits, unless memory is so far below them that one could see nothing of it. */
function top() {
  let most = 0;
  for (const column of [history.points.usedMaxBytes, history.points.heapMaxBytes]) {
    for (const value of column) { most = Math.max(most, value ?? 0); }
  }
  for (const limit of [history.limitBytes, history.heapLimitBytes]) {
    if (limit !== null && limit < most * 5) { most = Math.max(most, limit); }
  }
  return Math.max(most * 1.06, 8 * MB);
}

function sizeSteps(most) {
  const step = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536].find(s => most / MB / s <= 4.5) ?? 131072;
  return Array.from({ length: Math.floor(most / MB / step) }, (_, i) => (i + 1) * step * MB);
}

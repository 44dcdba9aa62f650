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

/** The name of a line, readable also where another line or a color runs through it. */
function drawSize(svg, place, bytes) {
  const text = size(bytes);
  svg.append(shape('rect', { x: -2, y: place - 16, width: text.length * 6.3 + 6, height: 15, rx: 3, class: 'under' }), shape('text', { x: 1, y: place - 4 }, text));
}

function sizeSteps(most) {
  const step = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536].find(s => most / MB / s <= 4.5) ?? 131072;
  return Array.from({ length: Math.floor(most / MB / step) }, (_, i) => (i + 1) * step * MB);
}

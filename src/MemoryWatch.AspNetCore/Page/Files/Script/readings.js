/** Adds the reading to the points that are drawn, so that the chart moves without asking for the history again. */
function append() {
  const { points, resolutionSeconds } = history;
  const { time } = points;
  const length = resolutionSeconds * 1000;
  if (tick.time <= (time.at(-1) ?? 0)) { return; }
  const values = {
    usedMinBytes: tick.usedBytes, usedMaxBytes: tick.usedBytes, residentMaxBytes: tick.residentBytes, heapMaxBytes: tick.heapBytes, ...tick.split,
  };
  const isSame = time.length > 0 && length > 1000 && tick.time < time.at(-1) + length;
  if (isSame) {
    const i = time.length - 1;
    points.usedMinBytes[i] = Math.min(points.usedMinBytes[i] ?? Infinity, tick.usedBytes ?? Infinity);
    for (const key of ['usedMaxBytes', 'residentMaxBytes', 'heapMaxBytes']) { points[key][i] = Math.max(points[key][i] ?? 0, values[key] ?? 0); }
  } else {
    const isGap = time.length > 0 && tick.time - time.at(-1) > Math.max(5000, 3 * length);
    if (isGap) { points.gaps.push(time.length); }
    time.push(tick.time);
    for (const key of Object.keys(points)) {
      if (key !== 'time' && key !== 'gaps') { points[key].push(values[key] ?? null); }
    }
    history.metrics.forEach((metric, i) => metric.values.push(tick.values[i] ?? null));
    while (time.length > 0 && time[0] < tick.time - history.windowSeconds * 1000 - length) {
      for (const key of Object.keys(points)) {
        if (key === 'gaps') { points.gaps = points.gaps.map(gap => gap - 1).filter(gap => gap >= 0); } else { points[key].shift(); }
      }
      history.metrics.forEach(metric => metric.values.shift());
    }
  }
  history.time = Math.max(history.time, tick.time);
}

const span = () => history.windowSeconds * 1000;
const endTime = () => Math.max(history.time, range === 0 ? tick.time : 0);
const x = time => (time - endTime() + span()) / span() * geometry.width;
const timeAt = place => endTime() - span() + Math.min(1, Math.max(0, place / geometry.width)) * span();

function timeSteps() {
  const minute = 60000;
  const fits = Math.max(2, Math.floor(geometry.width / 70));
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880].map(m => m * minute).find(s => span() / s <= fits) ?? 4320 * minute;
  const offset = new Date(endTime()).getTimezoneOffset() * minute;
  const steps = [];
  for (let t = Math.ceil((endTime() - span() - offset) / step) * step + offset; t < endTime(); t += step) { steps.push(t); }
  return steps;
}

function stepLabel(time) {
  const date = new Date(time);
  return range === 3 || (range === 2 && date.getHours() + date.getMinutes() === 0)
    ? date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric' })
    : date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', hour12: false });
}

function nearest(time) {
  const times = history.points.time;
  if (times.length === 0) { return -1; }
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) { low = middle + 1; } else { high = middle; }
  }
  return low > 0 && time - times[low - 1] < times[low] - time ? low - 1 : low;
}

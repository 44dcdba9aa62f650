let axis = { start: 0, end: 0, step: 0 };

const minute = 60000;
const x = time => (time - axis.start) / (axis.end - axis.start) * geometry.width;
const timeAt = place => axis.start + Math.min(1, Math.max(0, place / geometry.width)) * (axis.end - axis.start);

// Of the names of the sizes, at the left.
const roomWidth = 48;

/** From the first thing that is known, with some room before it, but not from before the window; two minutes at least. */
function fitAxis() {
  const end = Math.max(history.time, range === 0 ? tick.time : 0);
  const earliest = end - history.windowSeconds * 1000;
  const first = Math.min(history.points.time[0] ?? end, ...history.marks.map(mark => mark.time).filter(time => time >= earliest));
  const start = Math.max(earliest, Math.min(first - (end - first) * roomWidth / (geometry.width - roomWidth), end - 2 * minute));
  axis = { start, end, step: stepOf(end - start) };
}

function stepOf(length) {
  const fits = Math.max(2, Math.floor(geometry.width / 70));
  return minute * ([1 / 6, 1 / 4, 1 / 2, 1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880].find(m => length / minute / m <= fits) ?? 4320);
}

function timeSteps() {
  const { start, end, step } = axis;
  const offset = new Date(end).getTimezoneOffset() * minute;
  const steps = [];
  for (let t = Math.ceil((start - offset) / step) * step + offset; t < end; t += step) { steps.push(t); }
  return steps;
}

function stepLabel(time) {
  const date = new Date(time);
  const isMidnight = date.getHours() + date.getMinutes() === 0;
  if (axis.step >= 1440 * minute || (axis.step >= 60 * minute && isMidnight)) { return date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric' }); }
  const options = { hour: '2-digit', minute: '2-digit', hour12: false };
  if (axis.step < minute) { options.second = '2-digit'; }
  return date.toLocaleTimeString('en-GB', options);
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

// Everything that comes from the application is set as text, never as markup.
const $ = id => document.getElementById(id);
const folder = document.documentElement.dataset.folder;
const windows = [{ name: '10m', wait: 3 }, { name: '2h', wait: 10 }, { name: '24h', wait: 60 }, { name: '7d', wait: 300 }];
const parts = [
  ['managedLiveBytes', 'Live objects'], ['managedOverheadBytes', 'Held by the GC, unused'], ['nativeBytes', 'Native memory'],
  ['sharedBytes', 'Shared memory'], ['restOfContainerBytes', 'Rest of the container'], ['fileBackedBytes', 'Mapped files'],
];
const kinds = {
  Start: ['S', 'good', 'Start'], Restart: ['R', 'warn', 'Restart'], Spike: ['▲', 'warn', 'Spike'], Zone: ['Z', '', 'Zone'],
  Alert: ['!', 'warn', 'Alert'], Relief: ['↓', 'good', 'Relief'], Unknown: ['?', '', 'Event'],
};
// Not by color alone: what did not complete has a sign in its bar.
const signs = { Failed: '✕', Cancelled: '–', Unknown: '?' };
const zones = ['Healthy', 'Elevated', 'Critical', 'Imminent'];
const MB = 1048576;

let { tick, state, previousRun } = JSON.parse($('first').textContent);
let history = JSON.parse($('first-history').textContent);
let range = 0;
let cursor = null;
let chosen = null;
let opened = null;
let hovered = null;
let geometry = null;

// ---- words and elements

function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key in made && !key.includes('-')) { made[key] = value; } else { made.setAttribute(key, value); }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function shape(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) { made.setAttribute(key, value); }
  if (text !== undefined) { made.textContent = text; }
  return made;
}

function size(bytes) {
  if (bytes === null || bytes === undefined) { return 'unknown'; }
  const value = Math.abs(bytes) / MB;
  const rounded = (amount, digits) => amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const text = value >= 10240 ? `${rounded(value / 1024, 1)} GB`
    : value >= 0.1 || bytes === 0 ? `${rounded(value, value < 10 && bytes !== 0 ? 1 : 0)} MB`
    : `${rounded(value * 1024, 0)} KB`;
  return bytes < 0 ? `−${text}` : text;
}

const change = bytes => bytes === null || bytes === undefined ? 'unknown' : bytes <= 0 ? size(bytes) : `+${size(bytes)}`;
const number = value => value === null || value === undefined ? 'unknown' : value.toLocaleString('en');

function duration(seconds) {
  if (seconds < 1) { return `${Math.round(seconds * 1000)} ms`; }
  if (seconds < 120) { return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`; }
  if (seconds < 7200) { return `${Math.round(seconds / 60)} min`; }
  return seconds < 172800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86400).toFixed(1)} days`;
}

function clock(time, isFine) {
  const options = { hour: '2-digit', minute: '2-digit', hour12: false };
  if (isFine ?? range < 2) { options.second = '2-digit'; }
  const date = new Date(time);
  const text = date.toLocaleTimeString('en-GB', options);
  return range < 2 ? text : `${date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric' })} ${text}`;
}

function zoneOf(bytes) {
  const edges = [history.elevatedBytes, history.criticalBytes, history.imminentBytes];
  return zones[edges.filter(edge => edge !== null && bytes !== null && bytes >= edge).length];
}

function setText(place, text) {
  if (place.textContent !== text) { place.textContent = text; }
}

function table(headings, rows) {
  return element('table', {},
    element('thead', {}, element('tr', {}, ...headings.map(h => h instanceof Node ? h : element('th', { scope: 'col', className: h[1] ?? '' }, h[0])))),
    element('tbody', {}, ...rows));
}

const cell = (text, className = 'n') => element('td', { className }, text);

// ---- the chart

const span = () => history.windowSeconds * 1000;
const endTime = () => Math.max(history.time, range === 0 ? tick.time : 0);
const x = time => (time - endTime() + span()) / span() * geometry.width;
const timeAt = place => endTime() - span() + Math.min(1, Math.max(0, place / geometry.width)) * span();

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

function line(values, y, from) {
  const { time, gaps } = history.points;
  const isGap = new Set(gaps);
  let path = '';
  let last = null;
  for (let i = 0; i < time.length; i++) {
    if (values[i] === null || values[i] === undefined) { last = null; continue; }
    const isJoined = last !== null && !isGap.has(i);
    path += `${isJoined ? 'L' : 'M'}${x(time[i]).toFixed(1)} ${y(values[i]).toFixed(1)}`;
    last = i;
  }
  return from === undefined ? path : closed(values, y, from, isGap);
}

/** The area between a line and another one, or the ground: one closed path for each stretch without a gap. */
function closed(values, y, lower, isGap) {
  const { time } = history.points;
  let path = '';
  let stretch = [];
  const close = () => {
    if (stretch.length > 1) {
      path += `M${stretch.map(i => `${x(time[i]).toFixed(1)} ${y(values[i]).toFixed(1)}`).join('L')}`
        + `L${stretch.reverse().map(i => `${x(time[i]).toFixed(1)} ${y(typeof lower === 'number' ? lower : lower[i] ?? values[i]).toFixed(1)}`).join('L')}Z`;
    }
    stretch = [];
  };
  for (let i = 0; i < time.length; i++) {
    if (values[i] === null || values[i] === undefined) { close(); continue; }
    if (isGap.has(i)) { close(); }
    stretch.push(i);
  }
  close();
  return path;
}

function sizeSteps(most) {
  const step = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536].find(s => most / MB / s <= 4.5) ?? 131072;
  return Array.from({ length: Math.floor(most / MB / step) }, (_, i) => (i + 1) * step * MB);
}

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

function draw() {
  const chart = $('chart');
  const width = chart.clientWidth;
  if (width === 0) { return; }
  const plot = width < 560 ? 190 : 270;
  const most = top();
  geometry = { width, plot, most, rail: plot + 4 };
  const y = bytes => plot - bytes / most * (plot - 14);
  geometry.y = y;

  const svg = shape('svg', { 'aria-hidden': 'true' });
  const edges = [history.elevatedBytes, history.criticalBytes, history.imminentBytes];
  edges.forEach((edge, i) => {
    if (edge === null || edge >= most) { return; }
    const upper = y(Math.min(edges[i + 1] ?? history.limitBytes ?? most, most));
    svg.append(shape('rect', { x: 0, y: upper, width, height: Math.max(0, y(edge) - upper), class: `zone${i + 1}` }));
  });
  for (const step of [0, ...sizeSteps(most)]) { svg.append(shape('line', { x1: 0, x2: width, y1: y(step), y2: y(step), class: 'grid' })); }
  const { points } = history;
  svg.append(shape('path', { d: line(points.usedMaxBytes, y, 0), class: 'area' }));
  svg.append(shape('path', { d: line(points.usedMaxBytes, y, points.usedMinBytes), class: 'span' }));
  svg.append(shape('path', { d: line(points.heapMaxBytes, y), class: 'heap' }));
  svg.append(shape('path', { d: line(points.usedMaxBytes, y), class: 'used' }));
  for (const step of sizeSteps(most)) {
    if (history.limitBytes === null || Math.abs(y(step) - y(history.limitBytes)) > 14) { svg.append(shape('text', { x: 0, y: y(step) - 4 }, size(step))); }
  }
  drawLimits(svg, most, y, width);

  const lanes = shape('g', {});
  const bottom = drawMetrics(svg, drawLanes(lanes, plot + 56), width);
  for (const time of timeSteps()) {
    const place = x(time);
    if (place > 2) { svg.append(shape('line', { x1: place, x2: place, y1: plot, y2: plot + 30, class: 'tick' })); }
    if (place > 16 && place < width - 16) { svg.append(shape('text', { x: place, y: plot + 42, 'text-anchor': 'middle' }, stepLabel(time))); }
  }
  svg.append(lanes);
  for (const mark of history.marks.filter(m => m.time >= endTime() - span())) {
    const isBreak = mark.kind === 'Restart' || mark.kind === 'Start';
    svg.append(shape('line', { x1: x(mark.time), x2: x(mark.time), y1: 0, y2: isBreak ? bottom : plot, class: isBreak ? 'restart' : 'stem' }));
  }
  const choice = shape('rect', { y: 0, height: bottom, class: 'chosen', width: 0 });
  const hair = shape('line', { y1: 0, y2: bottom, class: 'cursor', visibility: 'hidden' });
  svg.append(choice, hair);
  svg.setAttribute('height', bottom);
  Object.assign(geometry, { choice, hair, lanes, bottom });
  const old = chart.querySelector('svg');
  if (old) { old.replaceWith(svg); } else { chart.prepend(svg); }
  drawMarks(chart);
  drawPointers();
  drawStack();
  if ($('table').open) { drawTable(); }
}

function drawLimits(svg, most, y, width) {
  const label = (bytes, text, className) => {
    if (bytes === null) { return; }
    if (bytes > most) { svg.append(shape('text', { x: width, y: 10, 'text-anchor': 'end', class: `${className}label` }, `${text} ${size(bytes)} ↑`)); return; }
    svg.append(shape('line', { x1: 0, x2: width, y1: y(bytes), y2: y(bytes), class: className }));
    svg.append(shape('text', { x: width, y: y(bytes) + (className === 'limit' ? -4 : 13), 'text-anchor': 'end', class: `${className}label` }, `${text} ${size(bytes)}`));
  };
  label(history.limitBytes, 'limit', 'limit');
  label(history.heapLimitBytes, 'GC limit', 'heaplimit');
}

/** The operations by name: each one as a bar, or how many ended if only that is known. Returns the place below them. */
function drawLanes(group, place) {
  const from = endTime() - span();
  const names = new Map();
  const of = name => {
    if (!names.has(name)) { names.set(name, { name, spans: [], counts: [], bytes: 0, ended: 0 }); }
    return names.get(name);
  };
  for (const operation of history.operations) {
    if ((operation.end ?? endTime()) >= from) { of(operation.name).spans.push(operation); }
  }
  for (const count of history.counts) {
    if (count.time + count.lengthSeconds * 1000 < from) { continue; }
    const entry = of(count.name);
    entry.counts.push(count);
    entry.bytes += count.allocatedBytes;
    entry.ended += count.ended;
  }
  for (const entry of names.values()) {
    // A name that is not counted by itself has what its operations allocated in all, in the window or not.
    if (entry.counts.length === 0) { entry.bytes = entry.spans.reduce((sum, s) => sum + (s.allocatedBytes ?? 0), 0); }
  }
  const all = [...names.values()].filter(e => e.spans.length + e.ended > 0).sort((a, b) => b.bytes - a.bytes || b.ended - a.ended);
  const shown = all.slice(0, geometry.width < 560 ? 6 : 9);
  geometry.spans = [];
  let at = place;
  for (const entry of shown) {
    const text = shape('text', { x: 0, y: at + 12, class: 'label' }, entry.name);
    const facts = [entry.ended > 0 ? `${number(entry.ended)} ended` : null, entry.bytes >= MB / 10 ? `${size(entry.bytes)} allocated${entry.counts.length === 0 ? ' in all' : ''}` : null].filter(Boolean).join(', ');
    group.append(text, shape('text', { x: geometry.width, y: at + 12, 'text-anchor': 'end' }, facts));
    at = (entry.spans.length > 0 ? drawSpans(group, entry, at + 18) : drawDensity(group, entry, at + 18)) + 10;
  }
  if (all.length > shown.length) {
    group.append(shape('text', { x: 0, y: at + 10 }, `and ${all.length - shown.length} more names`));
    at += 20;
  }
  return at;
}

function drawSpans(group, entry, place) {
  const height = 13;
  const most = 4;
  const ends = [];
  for (const span of entry.spans) {
    const left = Math.max(0, x(span.start));
    const right = Math.min(geometry.width, x(span.end ?? endTime()));
    let row = ends.findIndex(end => end <= left);
    if (row < 0) { row = ends.length < most ? ends.length : ends.indexOf(Math.min(...ends)); }
    const width = Math.max(2, right - left - 1);
    ends[row] = left + width + 1;
    const bar = shape('rect', { x: left, y: place + row * (height + 2), width, height, rx: 2, class: `op ${span.outcome}` });
    group.append(bar);
    geometry.spans.push({ span, bar });
    const sign = signs[span.outcome];
    const label = [sign, span.allocatedBytes >= MB / 10 ? size(span.allocatedBytes) : null].filter(Boolean).join(' ');
    const full = span.context === null ? label : `${label} · ${span.context}`;
    const shown = [full, label, sign].find(text => text && width > text.length * 6.6 + (text === sign ? 3 : 10));
    if (shown) { group.append(shape('text', { x: left + (shown === sign ? 3 : 5), y: place + row * (height + 2) + 10, class: 'inside' }, shown)); }
  }
  return place + Math.max(1, ends.length) * (height + 2);
}

const spanText = span => [
  span.name + (span.context === null ? '' : ` (${span.context})`),
  `${clock(span.start)} to ${span.end === null ? 'now' : clock(span.end)}`,
  span.outcome === 'Unknown' ? 'the run ended before it did' : span.outcome.toLowerCase(),
  span.allocatedBytes === null ? null : `allocated ${size(span.allocatedBytes)}`,
  span.changeBytes === null ? null : `memory ${change(span.changeBytes)}`,
].filter(Boolean).join(', ');

function drawDensity(group, entry, place) {
  const height = 16;
  const most = Math.max(...entry.counts.map(c => c.ended), 1);
  for (const count of entry.counts) {
    const left = Math.max(0, x(count.time));
    const width = Math.max(1, x(count.time + count.lengthSeconds * 1000) - left - 1);
    const tall = Math.max(1, count.ended / most * height);
    const bar = shape('rect', { x: left, y: place + height - tall, width, height: tall, class: 'density' });
    group.append(bar);
  }
  return place + height + 2;
}

function drawMetrics(svg, place, width) {
  let at = place;
  for (const metric of history.metrics) {
    let [low, high] = [Infinity, -Infinity];
    for (const value of metric.values) {
      if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
    }
    if (high < low) { continue; }
    const height = 22;
    const ground = at + 20 + height;
    const y = value => ground - (high === low ? height / 2 : (value - low) / (high - low) * height);
    svg.append(shape('text', { x: 0, y: at + 12, class: 'label' }, metric.name));
    svg.append(shape('text', { x: width, y: at + 12, 'text-anchor': 'end' }, low === high ? number(low) : `${number(low)} to ${number(high)}${metric.unit === null ? '' : ` ${metric.unit}`}`));
    svg.append(shape('path', { d: line(metric.values, y), class: 'metric' }));
    at = ground + 10;
  }
  return at;
}

/** Marks are buttons over the drawing. Those that would overlap are one button. */
function drawMarks(chart) {
  const groups = [];
  history.marks.forEach((mark, index) => {
    if (mark.time < endTime() - span()) { return; }
    const place = x(mark.time);
    const last = groups.at(-1);
    if (last && place - last.place < 22) { last.indexes.push(index); } else { groups.push({ place, indexes: [index] }); }
  });
  const old = [...chart.querySelectorAll('.mark')];
  groups.forEach((group, i) => {
    const marks = group.indexes.map(index => history.marks[index]);
    const worst = marks.find(m => m.severity === 'Critical' || m.zone === 'Imminent') ?? marks.find(m => (kinds[m.kind] ?? kinds.Unknown)[1] === 'warn') ?? marks[0];
    const [sign, tone, word] = kinds[worst.kind] ?? kinds.Unknown;
    const isBad = worst.severity === 'Critical' || (worst.kind === 'Restart' && ['Killed', 'LikelyKilled', 'Crashed'].includes(worst.verdict));
    const button = old[i] ?? chart.appendChild(element('button', { type: 'button' }));
    button.className = `mark ${isBad ? 'bad' : tone}`;
    setText(button, marks.length > 1 ? `${marks.length}` : sign);
    button.setAttribute('aria-label', marks.length > 1 ? `${marks.length} events, ${clock(marks[0].time)}: ${marks[0].text ?? word}` : `${word}, ${clock(worst.time)}: ${worst.text ?? ''}`);
    button.setAttribute('aria-expanded', opened !== null && marks.some(m => opened.has(keyOf(m))));
    button.setAttribute('aria-controls', 'event');
    button.style.left = `${Math.min(geometry.width - 10, Math.max(10, group.place))}px`;
    button.style.top = `${geometry.rail}px`;
    button.onclick = () => openMarks(marks);
  });
  old.slice(groups.length).forEach(button => button.remove());
}

const keyOf = mark => `${mark.time} ${mark.kind} ${mark.text}`;

function openMarks(marks) {
  const isSame = opened !== null && opened.has(keyOf(marks[0])) && opened.size === marks.length;
  opened = isSame ? null : new Set(marks.map(keyOf));
  drawEvent();
  drawMarks($('chart'));
  drawPointers();
}

function openedMarks() {
  return opened === null ? [] : history.marks.filter(mark => opened.has(keyOf(mark)));
}

function drawEvent() {
  const panel = $('event');
  const marks = openedMarks();
  panel.hidden = marks.length === 0;
  if (panel.hidden) { opened = null; panel.replaceChildren(); return; }
  panel.replaceChildren(
    closeButton(() => { opened = null; drawEvent(); draw(); }),
    element('h3', {}, marks.length === 1 ? (kinds[marks[0].kind] ?? kinds.Unknown)[2] : `${marks.length} events`),
    element('ul', {}, ...marks.map(mark => element('li', {},
      element('time', { dateTime: new Date(mark.time).toISOString() }, clock(mark.time, true)),
      mark.text ?? (kinds[mark.kind] ?? kinds.Unknown)[2],
      mark.cause === null ? null : element('p', {}, mark.cause),
      mark.operations.length === 0 ? null : element('p', {}, 'The operations that it names are highlighted above.')))));
}

function closeButton(close) {
  const button = element('button', { type: 'button', className: 'close' }, 'Close');
  button.onclick = () => { close(); $('chart').focus({ preventScroll: true }); };
  return button;
}

/** What moves without a new drawing: the hairline, the chosen window, the highlighted lanes, the line of numbers. */
function drawPointers() {
  if (geometry === null) { return; }
  const { hair, choice, lanes, spans } = geometry;
  hair.setAttribute('visibility', cursor === null ? 'hidden' : 'visible');
  if (cursor !== null) { hair.setAttribute('x1', x(cursor)); hair.setAttribute('x2', x(cursor)); }
  const [from, to] = chosen === null ? [0, 0] : [x(Math.min(...chosen)), x(Math.max(...chosen))];
  choice.setAttribute('x', from);
  choice.setAttribute('width', Math.max(0, to - from));
  const named = new Set(openedMarks().flatMap(mark => mark.operations));
  lanes.classList.toggle('dim', named.size > 0);
  for (const { span, bar } of spans) { bar.classList.toggle('lit', named.has(span.id) && !span.isOfPreviousRun); }
  drawReadout();
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

function drawReadout() {
  const { points } = history;
  const at = cursor === null ? points.time.length - 1 : nearest(cursor);
  const place = $('readout');
  if (hovered !== null) { setText(place, spanText(hovered)); return; }
  if (at < 0) { setText(place, 'There are no readings in this window.'); return; }
  const [used, least] = cursor === null ? [tick.usedBytes, tick.usedBytes] : [points.usedMaxBytes[at], points.usedMinBytes[at]];
  const isFlat = used === null || least === null || size(used) === size(least);
  place.replaceChildren(
    element('span', {}, cursor === null ? 'Now' : clock(points.time[at])),
    element('span', {}, element('i', {}), 'used ', element('b', {}, isFlat ? size(used) : `${size(least)} to ${size(used)}`)),
    element('span', {}, element('i', { className: 'heap' }), 'heap ', element('b', {}, size(cursor === null ? tick.heapBytes : points.heapMaxBytes[at]))),
    used === null || history.elevatedBytes === null ? '' : element('span', {}, zoneOf(used).toLowerCase()));
}

// ---- what grew in a window

function drawGrowers() {
  const panel = $('growers');
  panel.hidden = chosen === null;
  if (chosen === null) { panel.replaceChildren(); return; }
  const [from, to] = [Math.min(...chosen), Math.max(...chosen)];
  const [first, last] = [nearest(from), nearest(to)];
  const { points } = history;
  const grew = column => column[first] === null || column[last] === null || first < 0 ? null : column[last] - column[first];
  const names = new Map();
  for (const count of history.counts) {
    if (count.time >= to || count.time + count.lengthSeconds * 1000 <= from) { continue; }
    const entry = names.get(count.name) ?? { name: count.name, bytes: 0, ended: 0, failed: 0 };
    entry.bytes += count.allocatedBytes;
    entry.ended += count.ended;
    entry.failed += count.failed;
    names.set(count.name, entry);
  }
  const growers = [...names.values()].sort((a, b) => b.bytes - a.bytes).slice(0, 8);
  const running = history.operations.filter(o => o.start < to && (o.end ?? Infinity) > from).sort((a, b) => (b.allocatedBytes ?? 0) - (a.allocatedBytes ?? 0)).slice(0, 5);
  const length = history.counts[0]?.lengthSeconds;
  panel.replaceChildren(
    closeButton(() => { chosen = null; drawGrowers(); drawPointers(); }),
    element('h3', {}, `Top growers, ${clock(from)} to ${clock(to)}`),
    element('p', {}, `Used memory ${change(grew(points.usedMaxBytes))}, heap ${change(grew(points.heapMaxBytes))}, native ${change(grew(points.nativeBytes))}.`),
    growers.length === 0
      ? element('p', {}, 'No operations are recorded in this window.')
      : table([['Operations'], ['Allocated', 'n'], ['Ended', 'n']], growers.map(g => element('tr', {}, cell(g.name, ''), cell(size(g.bytes)),
        cell(g.failed > 0 ? `${number(g.ended)} (${number(g.failed)} failed)` : number(g.ended))))),
    running.length === 0 ? null : table([['Single operations'], ['Allocated in all', 'n'], ['Took', 'n']], running.map(o => element('tr', {},
      named(o), cell(size(o.allocatedBytes)), cell(duration(((o.end ?? endTime()) - o.start) / 1000))))),
    length === undefined ? null : element('p', {}, `Allocated is counted for each ${duration(length)}, so the edges of the window are as coarse.`));
}

const named = (operation, className = '') =>
  element('td', { className }, operation.name, operation.context === null ? null : element('small', {}, operation.context));

// ---- pointer and keyboard

function listen() {
  const chart = $('chart');
  const timeOf = event => timeAt(event.clientX - chart.getBoundingClientRect().left);
  let start = null;
  chart.addEventListener('pointerdown', event => {
    if (event.target.closest('.mark') || event.button !== 0) { return; }
    start = event.clientX;
    chosen = null;
    cursor = timeOf(event);
  });
  chart.addEventListener('pointermove', event => {
    cursor = timeOf(event);
    hovered = start === null ? geometry.spans.find(s => s.bar === event.target)?.span ?? null : null;
    if (start !== null && (chosen !== null || Math.abs(event.clientX - start) > 5)) {
      if (chosen === null) { chart.setPointerCapture(event.pointerId); }
      chosen = [chosen?.[0] ?? timeAt(start - chart.getBoundingClientRect().left), cursor];
    }
    drawPointers();
  });
  const finish = () => {
    if (start !== null) { start = null; drawGrowers(); drawPointers(); }
  };
  chart.addEventListener('pointerup', finish);
  chart.addEventListener('pointercancel', finish);
  chart.addEventListener('pointerleave', event => {
    if (start === null && event.pointerType === 'mouse') { [cursor, hovered] = [null, null]; drawPointers(); }
  });
  chart.addEventListener('keydown', event => {
    const { time } = history.points;
    if (event.key === 'Escape') {
      [cursor, chosen, opened] = [null, null, null];
      drawEvent();
      drawGrowers();
      draw();
      return;
    }
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20, Home: -Infinity, End: Infinity };
    if (event.target !== chart || !(event.key in steps) || time.length === 0) { return; }
    event.preventDefault();
    const before = cursor ?? time.at(-1);
    const at = Math.min(time.length - 1, Math.max(0, nearest(before) + steps[event.key]));
    cursor = time[at];
    chosen = event.shiftKey ? [chosen?.[0] ?? before, cursor] : null;
    drawGrowers();
    drawPointers();
    setText($('spoken'), $('readout').textContent);
  });
  chart.addEventListener('blur', () => { if (chosen === null) { cursor = null; drawPointers(); } });
  [...$('ranges').children].forEach((button, index) => {
    button.onclick = () => {
      range = index;
      [cursor, chosen, opened] = [null, null, null];
      [...$('ranges').children].forEach((other, i) => other.setAttribute('aria-pressed', i === index));
      drawEvent();
      drawGrowers();
      loadHistory();
    };
  });
  $('table').addEventListener('toggle', () => { if ($('table').open) { drawTable(); } });
  new ResizeObserver(() => { if ($('chart').clientWidth !== geometry?.width) { draw(); } }).observe(chart);
}

// ---- the other parts

/** What the used memory is made of: of a container without mapped files, which the kernel can drop; otherwise of this process alone. */
const isCounted = key => history.limitSource === 'Container' || history.limitSource === 'Throttling' ? key !== 'fileBackedBytes' : key !== 'restOfContainerBytes';

function drawStack() {
  const height = geometry.width < 560 ? 110 : 150;
  const { points } = history;
  const sums = new Array(points.time.length).fill(0);
  const layers = parts.map(([key]) => {
    const lower = [...sums];
    const upper = points[key].map((value, i) => (sums[i] += isCounted(key) ? value ?? 0 : 0));
    return { lower, upper, isThere: isCounted(key) && points[key].some(value => value > 0) };
  });
  const most = Math.max(...sums, 8 * MB) * 1.04;
  const y = bytes => height - bytes / most * (height - 14);
  const svg = shape('svg', { height: height + 18, 'aria-hidden': 'true' });
  layers.forEach((layer, i) => {
    if (layer.isThere) { svg.append(shape('path', { d: line(layer.upper, y, layer.lower), class: `p${i}` })); }
  });
  for (const step of sizeSteps(most).filter((_, i, all) => all.length < 3 || i % 2 === 1)) {
    svg.append(shape('line', { x1: 0, x2: geometry.width, y1: y(step), y2: y(step), class: 'grid' }), shape('text', { x: 0, y: y(step) - 4 }, size(step)));
  }
  for (const time of timeSteps()) {
    if (x(time) > 16 && x(time) < geometry.width - 16) { svg.append(shape('text', { x: x(time), y: height + 15, 'text-anchor': 'middle' }, stepLabel(time))); }
  }
  $('stack').replaceChildren(svg);
}

function drawParts() {
  $('parts').replaceChildren(...parts.map(([key, name], i) => ({ key, name, i, bytes: tick.split[key] })).filter(p => p.bytes !== null && p.bytes > 0)
    .map(p => element('li', {}, element('i', { className: `p${p.i}` }), isCounted(p.key) ? p.name : `${p.name}, not counted`, element('b', {}, size(p.bytes)))));
}

function drawTable() {
  const { points } = history;
  const count = Math.min(24, points.time.length);
  const rows = Array.from({ length: count }, (_, i) => {
    const from = Math.floor(i * points.time.length / count);
    const to = Math.max(from + 1, Math.floor((i + 1) * points.time.length / count));
    const highest = column => column.slice(from, to).reduce((most, value) => value === null ? most : Math.max(most ?? value, value), null);
    const lowest = column => column.slice(from, to).reduce((least, value) => value === null ? least : Math.min(least ?? value, value), null);
    const used = highest(points.usedMaxBytes);
    return element('tr', {}, cell(clock(points.time[from]), ''), cell(size(lowest(points.usedMinBytes))), cell(size(used)), cell(size(highest(points.heapMaxBytes))), cell(zoneOf(used), ''));
  }).reverse();
  const events = history.marks.map(mark => element('tr', {}, cell(clock(mark.time, true), ''), cell(mark.text ?? mark.kind, '')));
  $('table').lastElementChild.replaceChildren(
    table([['From'], ['Lowest', 'n'], ['Highest', 'n'], ['Heap', 'n'], ['Zone']], rows),
    events.length === 0 ? '' : table([['Time'], ['Event']], events.reverse()));
}

/** A table whose columns sort it. The order is kept when new rows come. */
function sortable(place, columns, order, draw) {
  return columns.map(([title, key, className]) => {
    const heading = element('th', { scope: 'col', className: className ?? '' });
    if (key === undefined) { heading.textContent = title; return heading; }
    const button = element('button', { type: 'button' }, title);
    button.onclick = () => {
      Object.assign(order, { isDown: order.key === key ? !order.isDown : true, key });
      draw();
      [...place.querySelectorAll('th button')].find(b => b.textContent === title)?.focus();
    };
    if (order.key === key) { heading.setAttribute('aria-sort', order.isDown ? 'descending' : 'ascending'); }
    heading.append(button);
    return heading;
  });
}

const by = (order, value) => (a, b) => {
  const [left, right] = [value(a, order.key), value(b, order.key)];
  const result = typeof left === 'string' ? left.localeCompare(right) : (left ?? -1) - (right ?? -1);
  return order.isDown ? -result : result;
};

/** Replaces the contents of a place unless someone uses a button in it or selects text there. */
function refill(place, ...contents) {
  const focused = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  const left = place.scrollLeft;
  place.replaceChildren(...contents);
  place.scrollLeft = left;
  if (focused !== null) { [...place.querySelectorAll('button')].find(b => b.textContent === focused)?.focus({ preventScroll: true }); }
}

const flightOrder = { key: 'age', isDown: true };

function drawInFlight() {
  const place = $('inflight');
  setText($('inflight-count'), state.inFlightCount === 0 ? '' : number(state.inFlightCount));
  if (state.inFlight.length === 0) { place.replaceChildren(element('p', { className: 'empty' }, 'No operation is in flight.')); return; }
  const inner = Map.groupBy
    ? Map.groupBy(state.inFlight, o => o.parentId)
    : state.inFlight.reduce((map, o) => map.set(o.parentId, [...map.get(o.parentId) ?? [], o]), new Map());
  const ids = new Set(state.inFlight.map(o => o.id));
  const value = (o, key) => key === 'age' ? tick.now - Date.parse(o.started) : key === 'allocated' ? o.allocatedBytes : o.name;
  const rows = [];
  const add = (operations, depth) => {
    for (const o of [...operations].sort(by(flightOrder, value))) {
      rows.push(element('tr', {}, named(o, `d${Math.min(4, depth)}`), cell(duration(Math.max(0, value(o, 'age') / 1000))), cell(size(o.allocatedBytes)),
        cell(size(o.startResidentBytes), 'n wide')));
      add((inner.get(o.id) ?? []).filter(child => child !== o), depth + 1);
    }
  };
  add(state.inFlight.filter(o => !ids.has(o.parentId)), 0);
  const headings = sortable(place, [['Operation', 'name'], ['Age', 'age', 'n'], ['Allocated', 'allocated', 'n'], ['Memory at start', undefined, 'n wide']], flightOrder, drawInFlight);
  const more = state.inFlightCount - state.inFlight.length;
  refill(place, table(headings, rows), more > 0 ? element('p', { className: 'hint' }, `and ${number(more)} more, which have allocated less`) : '');
}

const nameOrder = { key: 'allocatedTotalBytes', isDown: true };

function drawNames() {
  const place = $('names');
  if (state.byName.length === 0) { place.replaceChildren(element('p', { className: 'empty' }, 'No operation has ended yet.')); return; }
  const isRetained = state.byName.some(o => o.retainedBytes !== null);
  const headings = sortable(place, [
    ['Operation', 'name'], ['Count', 'count', 'n'], ['p95', 'p95Seconds', 'n'], ['Allocated', 'allocatedTotalBytes', 'n'],
    ['Each', 'allocatedMeanBytes', 'n wide'], ['Change', 'changeMeanBytes', 'n'], ...isRetained ? [['Retained', 'retainedBytes', 'n']] : [],
  ], nameOrder, drawNames);
  const rows = [...state.byName].sort(by(nameOrder, (o, key) => o[key])).map(o => {
    const bad = [o.failures > 0 ? `${number(o.failures)} failed` : null, o.cancellations > 0 ? `${number(o.cancellations)} cancelled` : null].filter(Boolean).join(', ');
    return element('tr', {}, element('td', {}, o.name, bad ? element('small', {}, bad) : null), cell(number(o.count)), cell(duration(o.p95Seconds)),
      cell(size(o.allocatedTotalBytes)), cell(size(o.allocatedMeanBytes), 'n wide'), cell(change(o.changeMeanBytes)),
      isRetained ? cell(size(o.retainedBytes)) : null);
  });
  refill(place, table(headings, rows), element('p', { className: 'hint' },
    'Allocated is the sum of all operations of the name. Change is how much the memory of the whole process changed during one of them on average.'));
}

function drawMetricTable() {
  $('metrics-section').hidden = state.metrics.length === 0;
  const rows = state.metrics.map((metric, i) => {
    const value = tick.values[i] ?? null;
    const isOver = metric.maximum !== null && value !== null && value > metric.maximum;
    const cost = metric.cost === null ? null : element('small', {},
      `${size(metric.cost.bytesPerUnit)} each (${size(metric.cost.lowBytesPerUnit)} to ${size(metric.cost.highBytesPerUnit)}), learned from ${number(metric.cost.changes)} changes`);
    return element('tr', {}, element('td', {}, metric.name, cost), cell(value === null ? 'unknown' : `${number(value)}${metric.unit === null ? '' : ` ${metric.unit}`}`, isOver ? 'n over' : 'n'),
      cell(metric.maximum === null ? 'none' : number(metric.maximum)));
  });
  $('metrics').replaceChildren(table([['Metric'], ['Value', 'n'], ['Maximum', 'n']], rows));
}

// ---- live

/** The first sentence, with a space after it for those who hear it, and the rest. A number and its unit stay on one line. */
function sentences(text) {
  const unbroken = text.replaceAll(' MB', '\u00a0MB');
  const end = unbroken.indexOf('. ');
  return end < 0 ? [unbroken, ''] : [unbroken.slice(0, end + 2), unbroken.slice(end + 2)];
}

function show() {
  if (document.documentElement.dataset.zone !== tick.zone) { setText($('spoken'), tick.headline); }
  const [first, then] = sentences(tick.headline);
  setText($('headline').children[0], first);
  setText($('headline').children[1], then);
  document.documentElement.dataset.zone = tick.zone;
  document.title = tick.usedBytes === null ? 'Memory' : `${size(tick.usedBytes)} · Memory`;
  drawParts();
  drawMetricTable();
  drawInFlight();
}

function showState() {
  setText($('scope'), state.scope);
  $('findings').replaceChildren(...state.findings.map(f => element('li', { className: f.severity }, f.text)));
  drawNames();
}

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
    while (time.length > 0 && time[0] < tick.time - span() - length) {
      for (const key of Object.keys(points)) {
        if (key === 'gaps') { points.gaps = points.gaps.map(gap => gap - 1).filter(gap => gap >= 0); } else { points[key].shift(); }
      }
      history.metrics.forEach(metric => metric.values.shift());
    }
  }
  history.time = Math.max(history.time, tick.time);
}

let asked = 0;
let waiting = null;
let loading = 0;

async function loadHistory() {
  clearTimeout(waiting);
  waiting = null;
  asked = Date.now();
  const mine = ++loading;
  try {
    const answer = await fetch(`${folder}history?window=${windows[range].name}`, { cache: 'no-store' });
    if (answer.ok && mine === loading) {
      history = await answer.json();
      draw();
      drawEvent();
      if (chosen !== null) { drawGrowers(); }
    }
  } catch {
    // The stream shows that the server does not answer, and asks again when it does.
  }
}

/** Asks for the history again when there is more in it than readings, not more often than the window needs. */
function refreshHistory() {
  waiting ??= setTimeout(loadHistory, Math.max(0, asked + windows[range].wait * 1000 - Date.now()));
}

let source = null;
let retry = null;
let failures = 0;

function status(text, className) {
  setText($('status'), text);
  $('status').className = className;
}

function connect() {
  clearTimeout(retry);
  if (source !== null || document.hidden) { return; }
  source = new EventSource(`${folder}events`);
  source.onopen = () => {
    if (failures > 0) { loadHistory(); }
    failures = 0;
  };
  source.addEventListener('tick', event => {
    const zone = tick.zone;
    tick = JSON.parse(event.data);
    const late = (tick.now - tick.time) / 1000;
    if (late > 15 && late > 3 * history.resolutionSeconds) { status(`Not read for ${duration(late)}`, 'off'); } else { status('Live', 'on'); }
    append();
    show();
    draw();
    if (zone !== tick.zone || Date.now() - asked > Math.max(15, windows[range].wait) * 1000) { refreshHistory(); }
  });
  source.addEventListener('state', event => {
    const journal = state.journal;
    state = JSON.parse(event.data);
    showState();
    drawInFlight();
    if (journal !== state.journal) { refreshHistory(); }
  });
  source.onerror = () => {
    failures++;
    status('Reconnecting', 'off');
    // The browser connects again by itself unless the answer was not a stream.
    if (source.readyState === EventSource.CLOSED) {
      disconnect();
      retry = setTimeout(connect, Math.min(60, 3 * failures) * 1000);
      sayIfAccessHasEnded();
    }
  };
}

async function sayIfAccessHasEnded() {
  try {
    const answer = await fetch(`${folder}snapshot`, { method: 'HEAD', cache: 'no-store' });
    if (answer.status === 404) { status('The access has ended. Load the page again.', 'off'); }
  } catch {
    // The server does not answer, which the status says already.
  }
}

function disconnect() {
  source?.close();
  source = null;
}

// ---- start

document.querySelectorAll('.live').forEach(part => { part.hidden = false; });
$('report').open = false;
if (location.hash.startsWith('#key=') || location.search) { window.history.replaceState(null, '', location.pathname); }
$('previous-section').hidden = previousRun === null;
setText($('previous'), previousRun ?? '');
const loadReport = async () => {
  try {
    const answer = await fetch(`${folder}report`, { cache: 'no-store' });
    if (answer.ok) { setText($('report-text'), await answer.text()); }
  } catch {
    setText($('copied'), 'The server does not answer.');
  }
};
$('refresh').onclick = loadReport;
$('report').addEventListener('toggle', () => { if ($('report').open) { loadReport(); } });
$('copy').onclick = async () => {
  try {
    await navigator.clipboard.writeText($('report-text').textContent);
    setText($('copied'), 'Copied.');
  } catch {
    // Without https there is no clipboard: the text is selected instead.
    getSelection().selectAllChildren($('report-text'));
    setText($('copied'), 'Selected. Copy it with the keyboard.');
  }
};
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    disconnect();
    status('Paused', '');
  } else {
    loadHistory();
    connect();
  }
});
addEventListener('pagehide', disconnect);
addEventListener('pageshow', connect);
asked = Date.now();
listen();
show();
showState();
draw();

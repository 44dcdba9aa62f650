// Not by color alone: what did not complete has a sign in its bar.
const signs = { Failed: '✕', Cancelled: '–', Unknown: '?' };

// So that what took milliseconds can be seen.
const leastWidth = 3;

/** The operations by name: each one as a bar, or how many ended if only that is known. Returns the place below them. */
function drawLanes(group, place) {
  const names = new Map();
  const of = name => {
    if (!names.has(name)) { names.set(name, { name, spans: [], counts: [], bytes: 0, ended: 0 }); }
    return names.get(name);
  };
  for (const operation of history.operations) {
    if ((operation.end ?? axis.end) >= axis.start) { of(operation.name).spans.push(operation); }
  }
  for (const count of history.counts) {
    if (count.time + count.lengthSeconds * 1000 < axis.start) { continue; }
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
    const left = Math.min(Math.max(0, x(span.start)), geometry.width - leastWidth);
    const right = Math.min(geometry.width, x(span.end ?? axis.end));
    let row = ends.findIndex(end => end <= left);
    if (row < 0) { row = ends.length < most ? ends.length : ends.indexOf(Math.min(...ends)); }
    const width = Math.max(leastWidth, right - left - 1);
    ends[row] = left + width + 1;
    const bar = shape('rect', { x: left, y: place + row * (height + 2), width, height, rx: 2, class: `op ${span.outcome}` });
    group.append(bar);
    geometry.spans.push({ span, bar, left, top: place + row * (height + 2), width, height });
    const sign = signs[span.outcome];
    const label = [sign, span.allocatedBytes >= MB / 10 ? size(span.allocatedBytes) : null].filter(Boolean).join(' ');
    const full = span.context === null ? label : `${label} · ${span.context}`;
    const shown = [full, label, sign].find(text => text && width > text.length * 6.6 + (text === sign ? 3 : 10));
    if (shown) { group.append(shape('text', { x: left + (shown === sign ? 3 : 5), y: place + row * (height + 2) + 10, class: 'inside' }, shown)); }
  }
  return place + Math.max(1, ends.length) * (height + 2);
}

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

/** The operation whose bar is there or nearest, but no farther away than that. */
function spanAt(place, reach) {
  const outside = (value, from, length) => Math.max(from - value, value - from - length, 0);
  const near = geometry.spans.map(s => ({ span: s.span, away: Math.hypot(outside(place.x, s.left, s.width), outside(place.y, s.top, s.height)) }))
    .sort((a, b) => a.away - b.away)[0];
  return near !== undefined && near.away <= reach ? near.span : null;
}

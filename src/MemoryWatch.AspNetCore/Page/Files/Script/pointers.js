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
  for (const { span, bar } of spans) {
    bar.classList.toggle('lit', named.has(span.id) && !span.isOfPreviousRun);
    bar.classList.toggle('held', span === hovered);
  }
  drawReadout();
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

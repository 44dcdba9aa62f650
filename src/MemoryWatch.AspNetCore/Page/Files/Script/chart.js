function draw() {
  const chart = $('chart');
  const width = chart.clientWidth;
  if (width === 0) { return; }
  const plot = width < 560 ? 190 : 270;
  const most = top();
  geometry = { width, plot, most, rail: plot + 4 };
  fitAxis();
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
  const stems = shape('g', {});
  svg.append(stems);
  for (const step of sizeSteps(most)) {
    if (history.limitBytes === null || Math.abs(y(step) - y(history.limitBytes)) > 14) { drawSize(svg, y(step), step); }
  }
  drawLimits(svg, most, y, width);

  const lanes = shape('g', {});
  const bottom = drawSmallMetrics(svg, drawLanes(lanes, plot + 56), width);
  for (const time of timeSteps()) {
    const place = x(time);
    if (place > 2) { svg.append(shape('line', { x1: place, x2: place, y1: plot, y2: plot + 30, class: 'tick' })); }
    if (place > 16 && place < width - 16) { svg.append(shape('text', { x: place, y: plot + 42, 'text-anchor': 'middle' }, stepLabel(time))); }
  }
  svg.append(lanes);
  for (const mark of history.marks.filter(m => m.time >= axis.start)) {
    const isBreak = mark.kind === 'Restart' || mark.kind === 'Start';
    stems.append(shape('line', { x1: x(mark.time), x2: x(mark.time), y1: 0, y2: isBreak ? bottom : plot, class: isBreak ? 'restart' : 'stem' }));
  }
  const choice = shape('rect', { y: 0, height: bottom, class: 'chosen', width: 0 });
  const hair = shape('line', { y1: 0, y2: bottom, class: 'cursor', visibility: 'hidden' });
  svg.append(choice, hair);
  svg.setAttribute('height', bottom);
  Object.assign(geometry, { choice, hair, lanes, bottom });
  if (hovered !== null) { hovered = geometry.spans.find(s => s.span.id === hovered.id && s.span.start === hovered.start)?.span ?? null; }
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

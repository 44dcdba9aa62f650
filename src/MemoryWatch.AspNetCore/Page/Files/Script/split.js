const parts = [
  ['managedLiveBytes', 'Live objects'], ['managedOverheadBytes', 'Held by the GC, unused'], ['nativeBytes', 'Native memory'],
  ['sharedBytes', 'Shared memory'], ['restOfContainerBytes', 'Rest of the container'], ['fileBackedBytes', 'Mapped files'],
];

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
    svg.append(shape('line', { x1: 0, x2: geometry.width, y1: y(step), y2: y(step), class: 'grid' }));
    drawSize(svg, y(step), step);
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

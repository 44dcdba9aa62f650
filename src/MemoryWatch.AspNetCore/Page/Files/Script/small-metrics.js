/** The application's metrics as lines. Those that were 0 all the time are one line of text. */
function drawSmallMetrics(svg, place, width) {
  const quiet = [];
  let at = place;
  for (const metric of history.metrics) {
    let [low, high] = [Infinity, -Infinity];
    for (const value of metric.values) {
      if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
    }
    if (high < low) { continue; }
    if (low === 0 && high === 0) { quiet.push(`${metric.name} 0`); continue; }
    const height = 22;
    const ground = at + 20 + height;
    const y = value => ground - (high === low ? height / 2 : (value - low) / (high - low) * height);
    svg.append(shape('text', { x: 0, y: at + 12, class: 'label' }, metric.name));
    svg.append(shape('text', { x: width, y: at + 12, 'text-anchor': 'end' }, low === high ? number(low) : `${number(low)} to ${number(high)}${metric.unit === null ? '' : ` ${metric.unit}`}`));
    svg.append(shape('path', { d: line(metric.values, y), class: 'metric' }));
    at = ground + 10;
  }
  $('quiet').hidden = quiet.length === 0;
  setText($('quiet'), `Unchanged: ${quiet.join(', ')}`);
  return at;
}

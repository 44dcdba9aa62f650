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

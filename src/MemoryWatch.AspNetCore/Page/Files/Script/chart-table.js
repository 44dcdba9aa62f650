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

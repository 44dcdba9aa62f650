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

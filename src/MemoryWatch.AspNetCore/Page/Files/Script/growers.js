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
      named(o), cell(size(o.allocatedBytes)), cell(duration(((o.end ?? axis.end) - o.start) / 1000))))),
    length === undefined ? null : element('p', {}, `Allocated is counted for each ${duration(length)}, so the edges of the window are as coarse.`));
}

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
  $('table').addEventListener('toggle', () => { if ($('table').open) { drawTable(); } });
  new ResizeObserver(() => { if ($('chart').clientWidth !== geometry?.width) { draw(); } }).observe(chart);
}

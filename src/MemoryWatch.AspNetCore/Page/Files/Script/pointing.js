function listen() {
  const chart = $('chart');
  const placeOf = event => {
    const { left, top } = chart.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  // A finger hits 24 px, which is more than most bars have.
  const spanOf = event => spanAt(placeOf(event), event.pointerType === 'mouse' ? 2 : 11);
  let start = null;
  chart.addEventListener('pointerdown', event => {
    if (event.target.closest('.mark') || event.button !== 0) { return; }
    start = placeOf(event).x;
    chosen = null;
    cursor = timeAt(start);
    hovered = spanOf(event);
  });
  chart.addEventListener('pointermove', event => {
    const place = placeOf(event);
    cursor = timeAt(place.x);
    if (start === null) {
      hovered = spanOf(event);
    } else if (chosen !== null || Math.abs(place.x - start) > 5) {
      if (chosen === null) { chart.setPointerCapture(event.pointerId); }
      chosen = [chosen?.[0] ?? timeAt(start), cursor];
      hovered = null;
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
      [cursor, chosen, opened, hovered] = [null, null, null, null];
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
    [cursor, hovered] = [time[at], null];
    chosen = event.shiftKey ? [chosen?.[0] ?? before, cursor] : null;
    drawGrowers();
    drawPointers();
    setText($('spoken'), $('readout').textContent);
  });
  chart.addEventListener('blur', () => { if (chosen === null) { cursor = null; drawPointers(); } });
  $('table').addEventListener('toggle', () => { if ($('table').open) { drawTable(); } });
  new ResizeObserver(() => { if ($('chart').clientWidth !== geometry?.width) { draw(); } }).observe(chart);
}

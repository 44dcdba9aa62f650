function show() {
  if (document.documentElement.dataset.zone !== tick.zone) { setText($('spoken'), tick.headline); }
  const [first, then] = sentences(tick.headline);
  setText($('headline').children[0], first);
  setText($('headline').children[1], then);
  document.documentElement.dataset.zone = tick.zone;
  document.title = tick.usedBytes === null ? 'Memory' : `${size(tick.usedBytes)} · Memory`;
  drawParts();
  drawMetricTable();
  drawInFlight();
}

function showState() {
  setText($('scope'), state.scope);
  $('findings').replaceChildren(...state.findings.map(f => element('li', { className: f.severity }, ended(f.text))));
  drawNames();
}

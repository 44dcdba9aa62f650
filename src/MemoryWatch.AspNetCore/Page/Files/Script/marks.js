const kinds = {
  Start: ['S', 'good', 'Start'], Restart: ['R', 'warn', 'Restart'], Spike: ['▲', 'warn', 'Spike'], Zone: ['Z', '', 'Zone'],
  Alert: ['!', 'warn', 'Alert'], Relief: ['↓', 'good', 'Relief'], Unknown: ['?', '', 'Event'],
};

/** Marks are buttons over the drawing. Those that would overlap are one button. */
function drawMarks(chart) {
  const groups = [];
  history.marks.forEach((mark, index) => {
    if (mark.time < axis.start) { return; }
    const place = x(mark.time);
    const last = groups.at(-1);
    if (last && place - last.place < 22) { last.indexes.push(index); } else { groups.push({ place, indexes: [index] }); }
  });
  const old = [...chart.querySelectorAll('.mark')];
  groups.forEach((group, i) => {
    const marks = group.indexes.map(index => history.marks[index]);
    const worst = marks.find(m => m.severity === 'Critical' || m.zone === 'Imminent') ?? marks.find(m => (kinds[m.kind] ?? kinds.Unknown)[1] === 'warn') ?? marks[0];
    const [sign, tone, word] = kinds[worst.kind] ?? kinds.Unknown;
    const isBad = worst.severity === 'Critical' || (worst.kind === 'Restart' && ['Killed', 'LikelyKilled', 'Crashed'].includes(worst.verdict));
    const button = old[i] ?? chart.appendChild(element('button', { type: 'button' }));
    button.className = `mark ${isBad ? 'bad' : tone}`;
    setText(button, marks.length > 1 ? `${marks.length}` : sign);
    button.setAttribute('aria-label', marks.length > 1 ? `${marks.length} events, ${clock(marks[0].time)}: ${marks[0].text ?? word}` : `${word}, ${clock(worst.time)}: ${worst.text ?? ''}`);
    button.setAttribute('aria-expanded', opened !== null && marks.some(m => opened.has(keyOf(m))));
    button.setAttribute('aria-controls', 'event');
    button.style.left = `${Math.min(geometry.width - 10, Math.max(10, group.place))}px`;
    button.style.top = `${geometry.rail}px`;
    button.onclick = () => openMarks(marks);
  });
  old.slice(groups.length).forEach(button => button.remove());
}

const keyOf = mark => `${mark.time} ${mark.kind} ${mark.text}`;

function openMarks(marks) {
  const isSame = opened !== null && opened.has(keyOf(marks[0])) && opened.size === marks.length;
  opened = isSame ? null : new Set(marks.map(keyOf));
  drawEvent();
  drawMarks($('chart'));
  drawPointers();
}

function openedMarks() {
  return opened === null ? [] : history.marks.filter(mark => opened.has(keyOf(mark)));
}

function drawEvent() {
  const panel = $('event');
  const marks = openedMarks();
  panel.hidden = marks.length === 0;
  if (panel.hidden) { opened = null; panel.replaceChildren(); return; }
  panel.replaceChildren(
    closeButton(() => { opened = null; drawEvent(); draw(); }),
    element('h3', {}, marks.length === 1 ? (kinds[marks[0].kind] ?? kinds.Unknown)[2] : `${marks.length} events`),
    element('ul', {}, ...marks.map(mark => element('li', {},
      element('time', { dateTime: new Date(mark.time).toISOString() }, clock(mark.time, true)),
      mark.text ?? (kinds[mark.kind] ?? kinds.Unknown)[2],
      mark.cause === null ? null : element('p', {}, mark.cause),
      mark.operations.length === 0 ? null : element('p', {}, 'The operations that it names are highlighted above.')))));
}

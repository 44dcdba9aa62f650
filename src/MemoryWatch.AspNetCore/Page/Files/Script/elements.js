function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key in made && !key.includes('-')) { made[key] = value; } else { made.setAttribute(key, value); }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function shape(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) { made.setAttribute(key, value); }
  if (text !== undefined) { made.textContent = text; }
  return made;
}

function setText(place, text) {
  if (place.textContent !== text) { place.textContent = text; }
}

function table(headings, rows) {
  return element('table', {},
    element('thead', {}, element('tr', {}, ...headings.map(h => h instanceof Node ? h : element('th', { scope: 'col', className: h[1] ?? '' }, h[0])))),
    element('tbody', {}, ...rows));
}

const cell = (text, className = 'n') => element('td', { className }, text);

const named = (operation, className = '') =>
  element('td', { className }, operation.name, operation.context === null ? null : element('small', {}, operation.context));

function closeButton(close) {
  const button = element('button', { type: 'button', className: 'close' }, 'Close');
  button.onclick = () => { close(); $('chart').focus({ preventScroll: true }); };
  return button;
}

/** Replaces the contents of a place unless someone uses a button in it or selects text there. */
function refill(place, ...contents) {
  const focused = place.contains(document.activeElement) ? document.activeElement.textContent : null;
  const left = place.scrollLeft;
  place.replaceChildren(...contents);
  place.scrollLeft = left;
  if (focused !== null) { [...place.querySelectorAll('button')].find(b => b.textContent === focused)?.focus({ preventScroll: true }); }
}

const zones = ['Healthy', 'Elevated', 'Critical', 'Imminent'];

function size(bytes) {
  if (bytes === null || bytes === undefined) { return 'unknown'; }
  const value = Math.abs(bytes) / MB;
  const rounded = (amount, digits) => amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const text = value >= 10240 ? `${rounded(value / 1024, 1)} GB`
    : value >= 0.1 || bytes === 0 ? `${rounded(value, value < 10 && bytes !== 0 ? 1 : 0)} MB`
    : `${rounded(value * 1024, 0)} KB`;
  return bytes < 0 ? `−${text}` : text;
}

const change = bytes => bytes === null || bytes === undefined ? 'unknown' : bytes <= 0 ? size(bytes) : `+${size(bytes)}`;
const number = value => value === null || value === undefined ? 'unknown' : value.toLocaleString('en');

function duration(seconds) {
  if (seconds < 1) { return `${Math.round(seconds * 1000)} ms`; }
  if (seconds < 120) { return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`; }
  if (seconds < 7200) { return `${Math.round(seconds / 60)} min`; }
  return seconds < 172800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86400).toFixed(1)} days`;
}

function clock(time, isFine) {
  const options = { hour: '2-digit', minute: '2-digit', hour12: false };
  if (isFine ?? range < 2) { options.second = '2-digit'; }
  const date = new Date(time);
  const text = date.toLocaleTimeString('en-GB', options);
  return range < 2 ? text : `${date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric' })} ${text}`;
}

function zoneOf(bytes) {
  const edges = [history.elevatedBytes, history.criticalBytes, history.imminentBytes];
  return zones[edges.filter(edge => edge !== null && bytes !== null && bytes >= edge).length];
}

const spanText = span => [
  span.name + (span.context === null ? '' : ` (${span.context})`),
  `${clock(span.start)} to ${span.end === null ? 'now' : clock(span.end)}`,
  span.outcome === 'Unknown' ? 'the run ended before it did' : span.outcome.toLowerCase(),
  span.allocatedBytes === null ? null : `allocated ${size(span.allocatedBytes)}`,
  span.changeBytes === null ? null : `memory ${change(span.changeBytes)}`,
].filter(Boolean).join(', ');

/** The text with a full stop at its end, if it has no mark of its own there. */
const ended = text => /[.!?…]$/.test(text) || text === '' ? text : `${text}.`;

/** The first sentence, with a space after it for those who hear it, and the rest. A number and its unit stay on one line. */
function sentences(text) {
  const unbroken = text.replaceAll(' MB', '\u00a0MB');
  const end = unbroken.indexOf('. ');
  return end < 0 ? [unbroken, ''] : [unbroken.slice(0, end + 2), unbroken.slice(end + 2)];
}

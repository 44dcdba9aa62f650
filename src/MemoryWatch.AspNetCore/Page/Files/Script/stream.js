let source = null;
let retry = null;
let failures = 0;

function status(text, className) {
  setText($('status'), text);
  $('status').className = className;
}

function connect() {
  clearTimeout(retry);
  if (source !== null || document.hidden) { return; }
  source = new EventSource(`${folder}events`);
  source.onopen = () => {
    if (failures > 0) { loadHistory(); }
    failures = 0;
  };
  source.addEventListener('tick', event => {
    const zone = tick.zone;
    tick = JSON.parse(event.data);
    const late = (tick.now - tick.time) / 1000;
    if (late > 15 && late > 3 * history.resolutionSeconds) { status(`Not read for ${duration(late)}`, 'off'); } else { status('Live', 'on'); }
    append();
    show();
    draw();
    if (zone !== tick.zone || Date.now() - asked > Math.max(15, windows[range].wait) * 1000) { refreshHistory(); }
  });
  source.addEventListener('state', event => {
    const journal = state.journal;
    state = JSON.parse(event.data);
    showState();
    drawInFlight();
    if (journal !== state.journal) { refreshHistory(); }
  });
  source.onerror = () => {
    failures++;
    status('Reconnecting', 'off');
    // The browser connects again by itself unless the answer was not a stream.
    if (source.readyState === EventSource.CLOSED) {
      disconnect();
      retry = setTimeout(connect, Math.min(60, 3 * failures) * 1000);
      sayIfAccessHasEnded();
    }
  };
}

async function sayIfAccessHasEnded() {
  try {
    const answer = await fetch(`${folder}snapshot`, { method: 'HEAD', cache: 'no-store' });
    if (answer.status === 404) { status('The access has ended. Load the page again.', 'off'); }
  } catch {
    // The server does not answer, which the status says already.
  }
}

function disconnect() {
  source?.close();
  source = null;
}

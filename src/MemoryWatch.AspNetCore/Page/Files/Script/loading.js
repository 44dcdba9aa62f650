const windows = [{ name: '10m', wait: 3 }, { name: '2h', wait: 10 }, { name: '24h', wait: 60 }, { name: '7d', wait: 300 }];

let asked = 0;
let waiting = null;
let loading = 0;

async function loadHistory() {
  clearTimeout(waiting);
  waiting = null;
  asked = Date.now();
  const mine = ++loading;
  try {
    const answer = await fetch(`${folder}history?window=${windows[range].name}`, { cache: 'no-store' });
    if (answer.ok && mine === loading) {
      history = await answer.json();
      draw();
      drawEvent();
      if (chosen !== null) { drawGrowers(); }
    }
  } catch {
    // The stream shows that the server does not answer, and asks again when it does.
  }
}

/** Asks for the history again when there is more in it than readings, not more often than the window needs. */
function refreshHistory() {
  waiting ??= setTimeout(loadHistory, Math.max(0, asked + windows[range].wait * 1000 - Date.now()));
}

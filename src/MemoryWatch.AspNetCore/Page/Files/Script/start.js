document.querySelectorAll('.live').forEach(part => { part.hidden = false; });
$('report').open = false;
if (location.hash.startsWith('#key=') || location.search) { window.history.replaceState(null, '', location.pathname); }
$('previous-section').hidden = previousRun === null;
setText($('previous'), previousRun ?? '');
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    disconnect();
    status('Paused', '');
  } else {
    loadHistory();
    connect();
  }
});
addEventListener('pagehide', disconnect);
addEventListener('pageshow', connect);
asked = Date.now();
listen();
show();
showState();
draw();

// The address in the log ends with #key=…: a fragment, which browsers do not send. It is posted, and removed from the address and the history.
const found = /^#key=(.+)$/.exec(location.hash);
if (found) {
  history.replaceState(null, '', location.pathname);
  const field = document.getElementById('key');
  try {
    field.value = decodeURIComponent(found[1]);
  } catch {
    field.value = found[1];
  }
  document.forms[0].submit();
} else if (location.search === '') {
  // Whoever comes over a link of another site is asked although the key was entered: browsers keep the cookie of this site back then.
  const answer = await fetch(`${document.documentElement.dataset.folder}snapshot`, { method: 'HEAD' });
  if (answer.ok) { location.replace(`${location.pathname}?again`); }
}

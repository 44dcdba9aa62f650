const loadReport = async () => {
  try {
    const answer = await fetch(`${folder}report`, { cache: 'no-store' });
    if (answer.ok) { setText($('report-text'), await answer.text()); }
  } catch {
    setText($('copied'), 'The server does not answer.');
  }
};
$('refresh').onclick = loadReport;
$('report').addEventListener('toggle', () => { if ($('report').open) { loadReport(); } });
$('copy').onclick = async () => {
  try {
    await navigator.clipboard.writeText($('report-text').textContent);
    setText($('copied'), 'Copied.');
  } catch {
    // Without https there is no clipboard: the text is selected instead.
    getSelection().selectAllChildren($('report-text'));
    setText($('copied'), 'Selected. Copy it with the keyboard.');
  }
};

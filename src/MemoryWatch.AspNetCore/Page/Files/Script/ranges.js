[...$('ranges').children].forEach((button, index) => {
  button.onclick = () => {
    range = index;
    [cursor, chosen, opened, hovered] = [null, null, null, null];
    [...$('ranges').children].forEach((other, i) => other.setAttribute('aria-pressed', i === index));
    drawEvent();
    drawGrowers();
    loadHistory();
  };
});

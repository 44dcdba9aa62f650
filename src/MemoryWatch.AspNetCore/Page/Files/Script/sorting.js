/** A table whose columns sort it. The order is kept when new rows come. */
function sortable(place, columns, order, draw) {
  return columns.map(([title, key, className]) => {
    const heading = element('th', { scope: 'col', className: className ?? '' });
    if (key === undefined) { heading.textContent = title; return heading; }
    const button = element('button', { type: 'button' }, title);
    button.onclick = () => {
      Object.assign(order, { isDown: order.key === key ? !order.isDown : true, key });
      draw();
      [...place.querySelectorAll('th button')].find(b => b.textContent === title)?.focus();
    };
    if (order.key === key) { heading.setAttribute('aria-sort', order.isDown ? 'descending' : 'ascending'); }
    heading.append(button);
    return heading;
  });
}

const by = (order, value) => (a, b) => {
  const [left, right] = [value(a, order.key), value(b, order.key)];
  const result = typeof left === 'string' ? left.localeCompare(right) : (left ?? -1) - (right ?? -1);
  return order.isDown ? -result : result;
};

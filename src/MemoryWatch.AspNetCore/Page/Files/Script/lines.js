function line(values, y, from) {
  const { time, gaps } = history.points;
  const isGap = new Set(gaps);
  let path = '';
  let last = null;
  for (let i = 0; i < time.length; i++) {
    if (values[i] === null || values[i] === undefined) { last = null; continue; }
    const isJoined = last !== null && !isGap.has(i);
    // A point without a neighbor is a dot.
    path += `${isJoined ? 'L' : 'M'}${x(time[i]).toFixed(1)} ${y(values[i]).toFixed(1)}${isJoined ? '' : 'h0'}`;
    last = i;
  }
  return from === undefined ? path : closed(values, y, from, isGap);
}

/** The area between a line and another one, or the ground: one closed path for each stretch without a gap. */
function closed(values, y, lower, isGap) {
  const { time } = history.points;
  let path = '';
  let stretch = [];
  const close = () => {
    if (stretch.length > 1) {
      path += `M${stretch.map(i => `${x(time[i]).toFixed(1)} ${y(values[i]).toFixed(1)}`).join('L')}`
        + `L${stretch.reverse().map(i => `${x(time[i]).toFixed(1)} ${y(typeof lower === 'number' ? lower : lower[i] ?? values[i]).toFixed(1)}`).join('L')}Z`;
    }
    stretch = [];
  };
  for (let i = 0; i < time.length; i++) {
    if (values[i] === null || values[i] === undefined) { close(); continue; }
    if (isGap.has(i)) { close(); }
    stretch.push(i);
  }
  close();
  return path;
}

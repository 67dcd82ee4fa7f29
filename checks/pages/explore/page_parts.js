// SPDX-License-Identifier: MIT
'use strict';
// What the parts of the page to explore are made of: elements, numbers and verdicts in words, and plots that are as wide
// as they are shown, so that their letters stay as they are.
window.gradproofParts = (() => {
  const byId = (id) => document.getElementById(id);
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const short = (v) => Number.isNaN(v) ? 'not a number' : !Number.isFinite(v) ? (v < 0 ? '−infinity' : 'infinity')
    : v === 0 ? '0' : Math.abs(v) >= 1e-3 && Math.abs(v) < 1e6 ? String(Number(v.toPrecision(8))) : v.toExponential(5);
  const words = {confirmed: '✓ confirmed', refuted: '✗ refuted', undecided: '? undecided', idle: '· nothing moves'};
  const looks = {confirmed: 'good', refuted: 'bad', undecided: 'unsure', idle: 'quiet'};

  const svgNamed = (tag, attributes, text) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const roundStep = (span, wanted) => {
    const power = 10 ** Math.floor(Math.log10(span / wanted));
    return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= span / wanted);
  };
  const plot = (svg, {title, x, y, curves, marks}) => {
    const width = svg.clientWidth || 320;
    const height = 240;
    const [left, right, top, bottom] = [46, 12, 10, 26];
    const toX = (value) => left + (value - x[0]) / (x[1] - x[0]) * (width - left - right);
    const toY = (value) => height - bottom - (value - y[0]) / (y[1] - y[0]) * (height - top - bottom);
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.querySelector('title').textContent = title;
    svg.replaceChildren(svg.querySelector('title'));
    const grid = svgNamed('g', {class: 'grid'});
    svg.append(grid);
    const ticks = (range, wanted) => {
      const step = roundStep(range[1] - range[0], wanted);
      const all = [];
      for (let k = Math.ceil(range[0] / step); k * step <= range[1] + 1e-9 * step; ++k) all.push(Number((k * step).toPrecision(6)));
      return all;
    };
    for (const tick of ticks(x, width / 55)) {
      grid.append(svgNamed('path', {d: `M${toX(tick).toFixed(1)} ${top}V${height - bottom}`}));
      svg.append(svgNamed('text', {x: toX(tick).toFixed(1), y: height - bottom + 18, 'text-anchor': 'middle'}, tick));
    }
    for (const tick of ticks(y, 5)) {
      grid.append(svgNamed('path', {d: `M${left} ${toY(tick).toFixed(1)}H${width - right}`}));
      svg.append(svgNamed('text', {x: left - 6, y: (toY(tick) + 4).toFixed(1), 'text-anchor': 'end'}, Math.abs(tick) >= 1e5 ? tick.toExponential(0) : tick));
    }
    const inside = (value) => Math.min(height + 50, Math.max(-50, toY(value)));
    for (const {points, look} of curves) {
      let path = '';
      let down = false;
      for (const [px, py] of points) {
        if (Number.isFinite(py)) path += `${down ? 'L' : 'M'}${toX(px).toFixed(1)} ${inside(py).toFixed(1)}`;
        down = Number.isFinite(py);
      }
      svg.append(svgNamed('path', {class: look, d: path || 'M0 0'}));
    }
    for (const {at, look} of marks)
      if (at.every(Number.isFinite)) svg.append(svgNamed('circle', {class: look, cx: toX(at[0]).toFixed(1), cy: inside(at[1]).toFixed(1), r: 5}));
  };

  return {byId, make, short, words, looks, plot};
})();

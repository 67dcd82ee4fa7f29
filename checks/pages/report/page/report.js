'use strict';
// Opens the evidence of the pairing that the address names, and shows values under the pointer or the arrow keys.
(() => {
  const values = JSON.parse(document.getElementById('values').textContent);
  const short = (v) => v === null || v === undefined ? 'not finite'
    : v === 0 ? '0' : Math.abs(v) >= 1e-3 && Math.abs(v) < 1e5 ? String(Number(v.toPrecision(8))) : v.toExponential(3);
  const say = (readout, parts) => {
    readout.replaceChildren(...parts.flatMap(([name, text], i) => {
      const bold = document.createElement('b');
      bold.textContent = name;
      return [i ? ' · ' : '', bold, ' ' + text];
    }));
  };

  const pairings = [...document.querySelectorAll('.pairing')];
  const named = (id) => pairings.find((section) => section.id === id);
  const open = (move) => {
    const chosen = named(decodeURIComponent(location.hash.slice(1)));
    if (!chosen && pairings.some((section) => section.classList.contains('open'))) return;
    const opened = chosen ?? named(document.querySelector('[data-first]').dataset.first) ?? pairings[0];
    pairings.forEach((section) => section.classList.toggle('open', section === opened));
    document.querySelectorAll('.matrix a').forEach((a) => {
      if (a.hash === '#' + opened.id) a.setAttribute('aria-current', 'true');
      else a.removeAttribute('aria-current');
    });
    if (chosen && move) {
      chosen.scrollIntoView();
      chosen.querySelector('h2').focus({preventScroll: true});
    }
  };
  if (pairings.length) {
    document.documentElement.classList.add('scripted');
    open(Boolean(location.hash));
    addEventListener('hashchange', () => open(true));
  }


  // Who has no pointer scrolls what the tab key stops at: only what has more to show than there is room for. That changes
  // with the window, with what is opened, and when the letters of formulas arrive.
  const wide = [...document.querySelectorAll('.scroll:not([data-map]), .formulas li, pre')];
  const settleStops = () => wide.forEach((one) => {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    else one.removeAttribute('tabindex');
  });
  const resized = new ResizeObserver(settleStops);
  wide.forEach((one) => resized.observe(one));
  document.fonts.ready.then(settleStops);

  for (const figure of document.querySelectorAll('[data-plot]')) {
    const plot = values[figure.dataset.plot];
    const svg = figure.querySelector('svg');
    const cursor = svg.querySelector('.cursor');
    const readout = figure.querySelector('.readout');
    const place = (x) => {
      const at = plot.logarithmic ? Math.log10(x) : x;
      return plot.from[1] + (at - plot.from[0]) / (plot.to[0] - plot.from[0]) * (plot.to[1] - plot.from[1]);
    };
    const stops = [...new Set(plot.series.flatMap((series) => series.x))].sort((a, b) => a - b);
    let here = -1;
    const show = (index) => {
      here = Math.max(0, Math.min(stops.length - 1, index));
      const x = stops[here];
      cursor.setAttribute('transform', `translate(${place(x).toFixed(1)} 0)`);
      cursor.setAttribute('visibility', 'visible');
      const parts = [[plot.x, short(x)]];
      for (const series of plot.series) {
        const at = series.x.indexOf(x);
        if (at >= 0) parts.push([series.name, short(series.y[at])]);
      }
      say(readout, parts);
    };
    const nearest = (pixel) => stops.reduce((best, x, i) =>
      Math.abs(place(x) - pixel) < Math.abs(place(stops[best]) - pixel) ? i : best, 0);
    svg.addEventListener('pointermove', (event) => {
      const box = svg.getBoundingClientRect();
      show(nearest((event.clientX - box.left) / box.width * svg.viewBox.baseVal.width));
    });
    svg.addEventListener('pointerdown', (event) => {
      const box = svg.getBoundingClientRect();
      show(nearest((event.clientX - box.left) / box.width * svg.viewBox.baseVal.width));
    });
    figure.addEventListener('keydown', (event) => {
      const step = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity}[event.key];
      if (step === undefined) return;
      event.preventDefault();
      show((here < 0 ? Math.floor(stops.length / 2) : here) + step);
    });
    readout.textContent = 'Point at the plot, or focus it and use the arrow keys, to read values.';
  }

  for (const region of document.querySelectorAll('[data-map]')) {
    const map = values[region.dataset.map];
    const readout = region.nextElementSibling;
    const cells = [...region.querySelectorAll('tbody td')];
    let here = -1;
    const show = (index) => {
      if (index < 0 || index >= cells.length) return;
      cells[here]?.classList.remove('here');
      here = index;
      cells[here].classList.add('here');
      cells[here].scrollIntoView({block: 'nearest', inline: 'nearest'});
      // At a kink the one-sided derivatives follow.
      const [analytic, value, bar, outcome, lower, upper] = map.entries[here];
      const numerical = lower === undefined ? short(value) : `${short(lower)} to ${short(upper)}`;
      const [row, column] = [Math.floor(here / map.columns) + 1, here % map.columns + 1];
      say(readout, [[map.lying ? `${map.name}[${column}]` : `${map.name}[${row}, ${column}]`, outcome],
        ['formula', short(analytic)], ['numerical', `${numerical} ± ${short(bar)}`]]);
    };
    const point = (event) => {
      const cell = event.target.closest('td');
      if (cell) show(cells.indexOf(cell));
    };
    region.addEventListener('pointerover', point);
    region.addEventListener('click', point);
    region.addEventListener('keydown', (event) => {
      const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -map.columns, ArrowDown: map.columns}[event.key];
      if (step === undefined) return;
      event.preventDefault();
      show(here < 0 ? 0 : here + step);
    });
    readout.textContent = 'Point at a cell, or focus the map and use the arrow keys, to read its numbers.';
  }
})();

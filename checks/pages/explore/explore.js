// SPDX-License-Identifier: MIT
'use strict';
// The page to explore: what is moved is computed anew, drawn, and compared with differences.
(() => {
  const numerics = window.gradproofNumerics;
  const cases = window.gradproofCases(numerics.erf, numerics.erfc, numerics.timesLog);
  const network = window.gradproofNetwork(cases);
  window.gradproofExplored = {cases, network};
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

  // Plots, as wide as they are shown, so that their letters stay as they are.
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

  // One output unit.
  const [activation, loss, z, y] = ['activation', 'loss', 'z', 'y'].map(byId);
  for (const [slug, {title}] of Object.entries(cases.losses)) loss.append(make('option', {value: slug, textContent: title}));
  loss.value = 'binary_cross_entropy';
  // Only activations whose values the loss accepts, its own first.
  const offerActivations = () => {
    const {outputs, canonical, labels, onlyWhole, onlySigns} = cases.losses[loss.value];
    const wanted = outputs.includes(activation.value) ? activation.value : canonical[0] ?? outputs[0];
    activation.replaceChildren(...outputs.map((slug) => make('option', {value: slug,
      textContent: cases.activations[slug].title + (canonical.includes(slug) ? ' ★' : '')})));
    activation.value = wanted;
    y.min = labels.lower ?? -3;
    y.max = labels.upper ?? (onlyWhole ? 6 : 3);
    y.step = onlySigns ? 2 : onlyWhole ? 1 : 0.05;
  };
  const presets = [['z = −1, y = 0, as in the notes', 'binary_cross_entropy', 'sigmoid', -1, 0],
                   ['confident and wrong', 'binary_cross_entropy', 'sigmoid', 36, 0],
                   ['confident and right', 'binary_cross_entropy', 'sigmoid', 36, 1],
                   ['not canonical', 'squared_error', 'sigmoid', 2, 0],
                   ['a dead ReLU', 'squared_error', 'relu', -2, 1]];
  const set = (lossSlug, activationSlug, zValue, yValue) => {
    loss.value = lossSlug;
    offerActivations();
    activation.value = activationSlug;
    z.value = zValue;
    y.value = yValue;
    showOutput();
  };
  byId('presets').append(...presets.map(([name, ...values]) => make('button', {type: 'button', textContent: name, onclick: () => set(...values)})));

  const quantities = (g, L, zValue, yValue) => {
    const a = g.value(zValue);
    const dA = L.derivative(a, yValue);
    const slope = g.derivative(zValue);
    return {a, dA, slope, product: dA * slope, difference: a - yValue, back: (a - yValue) / slope};
  };
  const barOf = (value, largest) => {
    const share = Number.isFinite(value) ? Math.asinh(value) / Math.asinh(Math.max(1, largest)) : Math.sign(value) || 0;
    const width = Math.min(1, Math.abs(share)) * 50;
    return make('i', {style: `left:${share < 0 ? 50 - width : 50}%;width:${width}%;background:var(--c${share < 0 ? 1 : 0})`});
  };

  const showOutput = () => {
    const [g, L] = [cases.activations[activation.value], cases.losses[loss.value]];
    const [zValue, yValue] = [Number(z.value), Number(y.value)];
    byId('z-value').textContent = zValue;
    byId('y-value').textContent = yValue;
    byId('g-formula').textContent = `g(z) = ${g.formula}`;
    byId('loss-formula').textContent = `L(a, y) = ${L.formula}`;
    const composed = (t) => L.value(g.value(t), yValue);
    const now = quantities(g, L, zValue, yValue);
    const measured = numerics.derivative(composed, zValue);
    const canonical = L.canonical.includes(activation.value);
    byId('prediction').textContent = `a = g(z) = ${short(now.a)}, L = ${short(composed(zValue))}; differences of L in z give ${short(measured.value)} ± ${measured.bar.toExponential(1)}` +
      (measured.kink ? ', at a kink' : '');
    const shared = numerics.digits(now.back, now.dA);
    const rows = [['dA = dL/da', now.dA, '', ''], ['g′(z)', now.slope, '', ''],
      ['dZ = dA · g′(z)', now.product, words[numerics.verdict(now.product, measured)], looks[numerics.verdict(now.product, measured)]],
      ['A − Y', now.difference, words[numerics.verdict(now.difference, measured)], looks[numerics.verdict(now.difference, measured)]],
      ['(A − Y) / g′(z)', now.back, canonical ? `${shared.toFixed(1)} digits of dA` : 'is not dA here', canonical ? (shared > 6 ? 'good' : 'bad') : 'unsure']];
    const largest = Math.max(...rows.map(([, value]) => Math.abs(value)).filter(Number.isFinite));
    byId('bars').replaceChildren(...rows.map(([name, value, said, look]) => make('div', {},
      make('span', {textContent: name}), make('span', {className: 'track', ariaHidden: 'true'}, barOf(value, largest)),
      make('span', {className: 'value', textContent: short(value)}), make('span', {className: `verdict ${look}`, textContent: said}))));
    byId('pairing-says').textContent = canonical
      ? `${g.title} and ${L.title.toLowerCase()} are a pair: in real numbers dZ = A − Y, everywhere.`
      : `${g.title} and ${L.title.toLowerCase()} are no such pair: A − Y is not dZ, except by chance.`;

    const low = Math.max(-40, Math.min(zValue - 8, 24));
    const x = Math.abs(zValue) <= 8 ? [-8, 8] : [low, low + 16];
    const over = (from, to, count, f) => Array.from({length: count + 1}, (_, k) => from + (to - from) * k / count).map((t) => [t, f(t)]);
    const curve = over(...x, 320, composed);
    const finite = curve.map(([, value]) => value).filter(Number.isFinite);
    const top = Math.min(Math.max(...finite, 1e-3), Math.max(12, 3 * Math.abs(composed(zValue)) || 12));
    const bottom = Math.max(Math.min(...finite, 0), -top);
    const here = composed(zValue);
    plot(byId('loss-plot'), {title: `The loss over z from ${x[0]} to ${x[1]}; at ${zValue} it is ${short(here)} with the slope ${short(now.product)}`,
      x, y: [bottom - 0.05 * (top - bottom), top + 0.05 * (top - bottom)],
      curves: [{points: curve, look: 'curve c0'}, {points: [-2, 2].map((t) => [zValue + t, here + now.product * t]), look: 'tangent'}],
      marks: [{at: [zValue, here], look: 'dot'}]});
    const shares = (f) => canonical ? over(-40, 40, 400, (t) => f(quantities(g, L, t, yValue))) : [];
    plot(byId('digits-plot'), {title: canonical ? `Digits in common from z = -40 to 40: now ${numerics.digits(now.product, now.difference).toFixed(1)} and ${shared.toFixed(1)}` : 'No curves: A − Y is not dZ for this pair',
      x: [-40, 40], y: [-0.5, 17],
      curves: [{points: shares((q) => numerics.digits(q.product, q.difference)), look: 'curve c0'},
               {points: shares((q) => numerics.digits(q.back, q.dA)), look: 'curve c1'},
               {points: [[zValue, 0], [zValue, 16]], look: 'here'}], marks: []});
  };

  // The network.
  const names = ['W1', 'b1', 'W2', 'b2'];
  const hidden = byId('hidden');
  hidden.append(...Object.entries(cases.activations).map(([slug, {title}]) => make('option', {value: slug, textContent: title})));
  hidden.value = cases.network.hidden;
  let parameters = structuredClone(cases.network.parameters);
  const chosen = {};
  const inputs = {};
  const results = {};
  const tableOf = (name, cell) => make('table', {}, make('tbody', {}, ...parameters[name].map((row, i) =>
    make('tr', {}, ...row.map((_, j) => make('td', {}, cell(name, i, j)))))));
  byId('tensors').append(...names.map((name) => make('div', {},
    make('h3', {textContent: name}), tableOf(name, (_, i, j) => {
      const input = make('input', {type: 'number', step: 0.1, className: 'number', value: parameters[name][i][j]});
      input.addEventListener('input', () => {
        if (!Number.isFinite(input.valueAsNumber)) return;
        parameters[name][i][j] = input.valueAsNumber;
        showNetwork();
      });
      inputs[`${name}${i}${j}`] = input;
      return make('label', {}, make('span', {className: 'skip', textContent: `${name} row ${i + 1} column ${j + 1}`}), input);
    }),
    make('h3', {textContent: 'd' + name}), tableOf(name, (_, i, j) => results[`${name}${i}${j}`] = make('output', {})))));

  const showNetwork = () => {
    const computed = network.backward(parameters, hidden.value, chosen);
    byId('cost').textContent = short(computed.J);
    const outcomes = {};
    for (const name of names)
      parameters[name].forEach((row, i) => row.forEach((value, j) => {
        const measured = numerics.derivative(network.costAlong(parameters, hidden.value, name, i, j), value, network.stepFor(parameters, hidden.value, name, i, j));
        const claimed = computed['d' + name][i][j];
        const said = numerics.verdict(claimed, measured);
        (outcomes[said] ??= new Set()).add('d' + name);
        const cell = results[`${name}${i}${j}`];
        cell.textContent = `${words[said][0]} ${Number.isFinite(claimed) ? (claimed + 0).toFixed(4) : short(claimed)}`;
        cell.className = looks[said];
        cell.title = `differences of J: ${short(measured.value)} ± ${measured.bar.toExponential(1)}`;
      }));
    const list = (set) => [...set ?? []].join(', ');
    byId('verdict').textContent = [outcomes.refuted && `Refuted: entries of ${list(outcomes.refuted)}.`,
      outcomes.undecided && `Undecided: entries of ${list(outcomes.undecided)}.`,
      !outcomes.refuted && !outcomes.undecided && 'Every entry agrees with differences of J.',
      outcomes.idle && `Entries of ${list(outcomes.idle)} are 0 and move nothing: right, and it shows nothing.`].filter(Boolean).join(' ');
    const broken = network.lines.map(([name]) => name).filter((name) => chosen[name]);
    const red = outcomes.refuted ? `what turned red: ${list(outcomes.refuted)}` : 'nothing turned red: with these numbers the wrong form gives the right values';
    byId('broken').textContent = broken.length ? `Broken: ${broken.join(', ')}; ${red}.` : 'All lines are right.';
  };
  const program = network.lines.map(([name, forms]) => {
    const select = make('select', {}, ...Object.keys(forms).map((form) => make('option', {value: form, textContent: form})));
    const line = make('label', {}, make('span', {textContent: `${name} =`}), select);
    select.addEventListener('change', () => {
      if (select.selectedIndex === 0) delete chosen[name];
      else chosen[name] = select.value;
      line.classList.toggle('broken', select.selectedIndex > 0);
      showNetwork();
    });
    return {line, select};
  });
  byId('program').append(...program.map(({line}) => line));
  byId('mend').addEventListener('click', () => program.forEach(({select}) => {
    select.selectedIndex = 0;
    select.dispatchEvent(new Event('change'));
  }));
  byId('reset').addEventListener('click', () => {
    parameters = structuredClone(cases.network.parameters);
    hidden.value = cases.network.hidden;
    for (const name of names) parameters[name].forEach((row, i) => row.forEach((value, j) => { inputs[`${name}${i}${j}`].value = value; }));
    showNetwork();
  });
  hidden.addEventListener('change', showNetwork);

  loss.addEventListener('change', () => { offerActivations(); showOutput(); });
  for (const control of [activation, z, y]) control.addEventListener('input', showOutput);
  new ResizeObserver(showOutput).observe(byId('loss-plot'));
  offerActivations();
  set(...presets[0].slice(1));
  showNetwork();
})();

// SPDX-License-Identifier: MIT
'use strict';
// One output unit: its activation, its loss, z and y are chosen, and what follows is computed anew, drawn, and compared
// with differences.
(() => {
  const numerics = window.gradproofNumerics;
  const {byId, make, short, words, looks, plot} = window.gradproofParts;
  const {cases} = window.gradproofExplored;
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

  // For a pair dZ is had as A − Y, elsewhere as the product; then it is divided by the slope again, as the question asks.
  const quantities = (g, L, zValue, yValue, canonical) => {
    const a = g.value(zValue);
    const dA = L.derivative(a, yValue);
    const slope = g.derivative(zValue);
    const [product, difference] = [dA * slope, a - yValue];
    return {a, dA, slope, product, difference, back: (canonical ? difference : product) / slope};
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
    const canonical = L.canonical.includes(activation.value);
    const now = quantities(g, L, zValue, yValue, canonical);
    const measured = numerics.derivative(composed, zValue);
    byId('prediction').textContent = `a = g(z) = ${short(now.a)}, L = ${short(composed(zValue))}; differences of L in z give ${short(measured.value)} ± ${measured.bar.toExponential(1)}` +
      (measured.kink ? ', at a kink' : '');
    const shared = numerics.digits(now.back, now.dA);
    const rows = [['dA = dL/da', now.dA, '', ''], ['g′(z)', now.slope, '', ''],
      ['dZ = dA · g′(z)', now.product, words[numerics.verdict(now.product, measured)], looks[numerics.verdict(now.product, measured)]],
      ['A − Y', now.difference, words[numerics.verdict(now.difference, measured)], looks[numerics.verdict(now.difference, measured)]],
      ['dZ / g′(z)', now.back, now.slope === 0 ? 'no way back to dA' : `${shared.toFixed(1)} digits of dA`, shared > 6 ? 'good' : 'bad']];
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
    const shares = (f) => over(-40, 40, 400, (t) => f(quantities(g, L, t, yValue, canonical)));
    plot(byId('digits-plot'), {title: `Digits in common from z = -40 to 40: now ${canonical ? numerics.digits(now.product, now.difference).toFixed(1) + ' and ' : ''}${shared.toFixed(1)}`,
      x: [-40, 40], y: [-0.5, 17],
      curves: [{points: canonical ? shares((q) => numerics.digits(q.product, q.difference)) : [], look: 'curve c0'},
               {points: shares((q) => numerics.digits(q.back, q.dA)), look: 'curve c1'},
               {points: [[zValue, 0], [zValue, 16]], look: 'here'}], marks: []});
  };

  loss.addEventListener('change', () => { offerActivations(); showOutput(); });
  for (const control of [activation, z, y]) control.addEventListener('input', showOutput);
  new ResizeObserver(showOutput).observe(byId('loss-plot'));
  offerActivations();
  set(...presets[0].slice(1));
})();

// SPDX-License-Identifier: MIT
'use strict';
// The worked example's network: its weights are changed, lines of its backward pass are broken, and every entry of every
// gradient is compared with differences of J.
(() => {
  const numerics = window.gradproofNumerics;
  const {byId, make, short, words, looks} = window.gradproofParts;
  const {cases, network} = window.gradproofExplored;
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
      outcomes.idle && `Some entries of ${list(outcomes.idle)} are 0 since their parameters move nothing: right, and it shows nothing.`].filter(Boolean).join(' ');
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
  showNetwork();
})();

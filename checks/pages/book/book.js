// SPDX-License-Identifier: MIT
'use strict';
// Search in the notes, and the contents: beside the text where there is room, behind a button elsewhere.
(() => {
  const up = document.body.dataset.up;
  const input = document.getElementById('search');
  const found = document.getElementById('found');
  const contents = document.querySelector('.contents');
  const beside = matchMedia('(min-width: 72rem)');
  const settle = () => { contents.open = beside.matches; };
  beside.addEventListener('change', settle);
  settle();
  document.documentElement.classList.add('scripted');

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

  // What a word finds: itself, and what it is called here. W.T is the transpose of the weights of any layer, and the
  // functions of NumPy that multiply matrices are written @.
  const pattern = (word) => {
    const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (/^(np|numpy)\.(dot|matmul)$/.test(word)) return new RegExp(`${literal(word)}|@`, 'i');
    if (/^[a-z]+\.t$/.test(word)) return new RegExp(`\\b${literal(word.slice(0, -2))}(\\[[^\\]]*\\]|\\d+|l)?\\.t\\b`, 'i');
    // dA[L] is dAL where it was a formula.
    return new RegExp(`${literal(word)}|${literal(word.replace(/[[\]]/g, '') || word)}`, 'i');
  };
  const snippet = (text, sought) => {
    const at = Math.max(0, text.search(sought) - 40);
    return (at ? '…' : '') + text.slice(at, at + 120) + (text.length > at + 120 ? '…' : '');
  };
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean).map(pattern);
    const results = words.length === 0 ? [] : window.searchIndex
      .map(([url, title, heading, text]) => {
        const name = `${title} ${heading}`;
        const all = words.every((word) => word.test(name) || word.test(text));
        return {url, title, heading, text, score: all ? words.filter((word) => word.test(name)).length + 1 : 0};
      })
      .filter((result) => result.score > 0).sort((a, b) => b.score - a.score).slice(0, 12);
    found.replaceChildren(...results.map((result) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = up + result.url;
      const name = document.createElement('b');
      name.textContent = result.heading === result.title ? result.title : `${result.title}: ${result.heading}`;
      const text = document.createElement('span');
      text.textContent = snippet(result.text, words[0]);
      link.append(name, text);
      item.append(link);
      return item;
    }));
    if (words.length && !results.length) {
      const item = document.createElement('li');
      item.className = 'quiet';
      item.textContent = 'Nothing found.';
      found.append(item);
    }
    found.hidden = words.length === 0;
    input.setAttribute('aria-expanded', String(!found.hidden));
  };
  input.addEventListener('input', search);
  addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.target.closest('input')) {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape') {
      input.value = '';
      search();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !found.hidden && event.target.closest('search')) {
      event.preventDefault();
      const stops = [input, ...found.querySelectorAll('a')];
      const at = stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      stops[Math.max(0, Math.min(stops.length - 1, at))].focus();
    }
  });
})();

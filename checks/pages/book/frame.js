// SPDX-License-Identifier: MIT
'use strict';
// What stands around the text of every page: head, contents, search, and the way on.

const path = require('path');

const groups = [['The way through', ({name, onTheWay}) => onTheWay && !name.includes('/')],
                ['Activations', ({name}) => name.startsWith('activations/')], ['Losses', ({name}) => name.startsWith('losses/')],
                ['Layers', ({name}) => name.startsWith('layers/')],
                ['Pairings', ({name}) => name.startsWith('pairings/')], ['Appendix', ({onTheWay}) => !onTheWay]];

module.exports = ({notes, formulas}) => (page, previous, next) => {
  const up = path.posix.relative(path.posix.dirname(page.page), '.');
  const to = (target) => (up ? up + '/' : '') + target;
  const entry = (note) => `<li><a href="${to(note.page)}"${note.page === page.page ? ' aria-current="page"' : ''}>${formulas.escape(note.title)}</a></li>`;
  const others = [['explore.html', 'Explore'], ['report/index.html', 'The report']].map(([file, title]) =>
    `<li><a href="${to(file)}"${file === page.page ? ' aria-current="page"' : ''}>${title}</a></li>`).join('');
  const [way, ...cases] = groups.map(([heading, belongs]) => `<h2>${heading}</h2><ul>${notes.filter(belongs).map(entry).join('')}</ul>`);
  const contents = [way, `<h2>To try and to see</h2><ul>${others}</ul>`, ...cases].join('');
  const step = (note, rel, word) => note ? `<a rel="${rel}" href="${to(note.page)}"><small>${word}</small>${formulas.escape(note.title)}</a>` : '<span></span>';
  const steps = previous || next ? `<nav class="way" aria-label="Previous and next">${step(previous, 'prev', 'Previous')}${step(next, 'next', 'Next')}</nav>` : '';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${formulas.escape(page.title)} · gradproof</title>
<meta name="description" content="${formulas.escape(page.title)}: the derivations of gradproof, every formula checked">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${to('katex.css')}">
<link rel="stylesheet" href="${to('style.css')}">
<link rel="stylesheet" href="${to('book.css')}">
${(page.styles ?? []).map((file) => `<link rel="stylesheet" href="${to(file)}">\n`).join('')}</head>
<body class="book" data-up="${up ? up + '/' : ''}">
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">
<a class="home" href="${to('index.html')}">gradproof</a>
<details class="contents"><summary>Contents</summary><nav aria-label="Contents">${contents}</nav></details>
<search role="search"><label class="skip" for="search">Search the notes</label><input id="search" type="search" placeholder="Search ( / )" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="found"><ul id="found" hidden></ul></search>
</header>
<main id="main">
${page.html.replace(formulas.drawn, '$2')}
${steps}
</main>
<script src="${to('search_index.js')}"></script>
<script src="${to('book.js')}"></script>
${(page.scripts ?? []).map((file) => `<script src="${to(file)}"></script>\n`).join('')}</body>
</html>
`;
};

// SPDX-License-Identifier: MIT
'use strict';
// The files of code that the notes link to, as pages; what such a file cites of the notes leads back.

const fs = require('fs');
const path = require('path');

module.exports = ({root, files, notes, formulas}) => {
  const known = new Map(notes.map((note) => [note.name, note.page]));
  return [...files].sort().filter((file) => fs.existsSync(path.join(root, file))).map((file) => {
    const page = `code/${file}.html`;
    const relative = (target) => path.posix.relative(path.posix.dirname(page), target);
    const full = path.join(root, file);
    let body;
    if (fs.statSync(full).isDirectory()) {
      const inside = fs.readdirSync(full).sort().map((name) => `${file}/${name}`);
      body = `<ul>${inside.map((one) => files.has(one) ? `<li><a href="${relative(`code/${one}.html`)}"><code>${one}</code></a></li>`
        : `<li><code>${one}</code></li>`).join('')}</ul>`;
    } else {
      const lines = fs.readFileSync(full, 'utf8').replace(/\n$/, '').split('\n').map((line, i) => {
        const text = formulas.escape(line).replace(/derivations\/([\w/]+)\.md/g, (cited, name) =>
          known.has(name) ? `<a href="${relative(known.get(name))}">${cited}</a>` : cited);
        return `<span class="line" id="L${i + 1}">${text}</span>`;
      });
      body = `<div class="scroll"><pre class="code">${lines.join('\n')}</pre></div>`;
    }
    return {page, title: file, html: `<h1><code>${file.replaceAll('/', '/<wbr>')}</code></h1>${body}`};
  });
};

// SPDX-License-Identifier: MIT
'use strict';
//   node render_formulas.js KATEX IN.json OUT.json OUT.css
//
// Adds "html" to every formula that collect_formulas found: KaTeX's, with MathML beside it for those who listen. The
// style sheet holds the fonts that the formulas use, so that a page with both needs nothing beside it. Runs when the
// program is built; the program needs no Node.

const fs = require('fs');
const path = require('path');

const [katexFolder, input, output, style] = process.argv.slice(2);
const katex = require(katexFolder);
const notes = JSON.parse(fs.readFileSync(input, 'utf8'));
for (const formula of Object.values(notes.formulas)) {
  // := is one sign, and KaTeX has it under another name. Its \top is a hair of a letter beside a matrix.
  const tex = formula.tex.replaceAll(':=', '\\coloneqq ').replaceAll(/\\top\b/g, '\\mathsf{T}');
  const html = katex.renderToString(tex, {displayMode: true, strict: 'error', throwOnError: true});
  formula.html = html.replace(/<annotation[^>]*>.*?<\/annotation>/s, '');
}
fs.writeFileSync(output, JSON.stringify(notes));

// The fonts of the elements that occur; what has no class of its own is in Main-Regular.
const all = Object.values(notes.formulas).map((formula) => formula.html).join('');
const used = ['Main-Regular', ...Object.entries({'mathnormal': 'Math-Italic', 'mathcal': 'Caligraphic-Regular', 'mathbb': 'AMS-Regular',
  'amsrm': 'AMS-Regular', 'mathbf': 'Main-Bold', 'mathsf': 'SansSerif-Regular', 'size1': 'Size1-Regular', 'size2': 'Size2-Regular', 'size3': 'Size3-Regular',
  'size4': 'Size4-Regular', 'small-op': 'Size1-Regular', 'large-op': 'Size2-Regular'})
  .filter(([name]) => new RegExp(`class="[^"]*\\b${name}\\b`).test(all)).map(([, font]) => font)];
const css = fs.readFileSync(path.join(katexFolder, 'dist/katex.min.css'), 'utf8').replace(/@font-face\{[^}]*\}/g, (face) => {
  const font = face.match(/fonts\/KaTeX_([\w-]+)\.woff2/)[1];
  if (!used.includes(font)) return '';
  const data = fs.readFileSync(path.join(katexFolder, 'dist/fonts', `KaTeX_${font}.woff2`)).toString('base64');
  return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${data}) format("woff2")`);
});
fs.writeFileSync(style, css);

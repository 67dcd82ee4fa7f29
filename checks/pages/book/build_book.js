// SPDX-License-Identifier: MIT
'use strict';
//   node build_book.js ROOT EVIDENCE.json KATEX CASES.js OUT
//
// Makes the notes a book of pages that open from disk: derivations/ as cmark-gfm and KaTeX draw it, the evidence of
// every formula, the code that the notes link to, a page to explore, and an index to search.

const fs = require('fs');
const path = require('path');

const [root, evidenceFile, katexFolder, casesFile, out] = process.argv.slice(2).map((argument) => path.resolve(argument));
const formulas = require('./formulas.js')(require(katexFolder));
const evidence = JSON.parse(fs.readFileSync(evidenceFile, 'utf8'));
const files = new Set();
const pictures = new Set();
const notes = require('./notes.js')({folder: path.join(root, 'derivations'), root, evidence, formulas, files, pictures});
const others = [...require('./evidence_pages.js')({notes, evidence, formulas}),
                ...require('./code_pages.js')({root, files, notes, formulas})];
// What computes on the page to explore, in the order in which it needs one another.
const explore = {page: 'explore.html', title: 'Explore', html: fs.readFileSync(path.join(__dirname, '../explore/page.html'), 'utf8'),
                 styles: ['explore.css'],
                 scripts: ['cases.js', 'numerics.js', 'network.js', 'explored.js', 'page_parts.js', 'output_unit.js', 'network_panel.js']};
// The first page leads to what is no note.
const first = notes.find(({page}) => page === 'index.html');
first.html = first.html.replace('<h2', '<p><a href="explore.html">Explore</a>: move z, y and weights, break a formula, ' +
  'and see what follows. <a href="report/index.html">The report</a>: every pairing, and a trained network.</p>\n<h2');
const frame = require('./frame.js')({notes, formulas});

fs.rmSync(out, {recursive: true, force: true});
const write = (file, text) => {
  const full = path.join(out, file);
  fs.mkdirSync(path.dirname(full), {recursive: true});
  fs.writeFileSync(full, text);
};
const way = notes.filter((note) => note.onTheWay);
way.forEach((note, i) => write(note.page, frame(note, way[i - 1], way[i + 1])));
[...notes.filter((note) => !note.onTheWay), ...others, explore].forEach((page) => write(page.page, frame(page)));

// A formula as it is typed stands before what is drawn of it.
const plain = (html) => formulas.unescape(html.replace(formulas.drawn, (_, typed) => ` ${typed} `)
  .replace(/<a class="(mark|anchor).*?<\/a>/gs, '').replace(/<[^>]*>/g, ' ')).replace(/[\u200b\s]+/g, ' ').trim();
const index = notes.flatMap((note) => note.html.split(/(?=<h[123] )/).filter((part) => part.startsWith('<h')).map((part) => {
  const [, id, heading] = part.match(/<h\d id="([^"]*)">(.*?)<\/h\d>/s);
  return [note.page + '#' + id, note.title, plain(heading), plain(part.slice(part.indexOf('</h')))];
}));
index.push([explore.page, explore.title, explore.title, plain(explore.html)]);
write('search_index.js', `window.searchIndex = ${JSON.stringify(index).replaceAll('<', '\\u003c')};\n`);
for (const file of pictures) write(file, fs.readFileSync(path.join(root, 'derivations', file)));
for (const file of ['book.css', 'book.js']) fs.copyFileSync(path.join(__dirname, file), path.join(out, file));
for (const file of [...explore.styles, ...explore.scripts.filter((one) => one !== 'cases.js')])
  fs.copyFileSync(path.join(__dirname, '../explore', file), path.join(out, file));
fs.copyFileSync(casesFile, path.join(out, 'cases.js'));
fs.copyFileSync(path.join(__dirname, '../report/page/style.css'), path.join(out, 'style.css'));
write('katex.css', fs.readFileSync(path.join(katexFolder, 'dist/katex.min.css'), 'utf8')
  .replace(/src:url\((fonts\/[^)]*\.woff2)\)[^;}]*/g, 'src:url($1) format("woff2")'));
for (const font of fs.readdirSync(path.join(katexFolder, 'dist/fonts')).filter((file) => file.endsWith('.woff2'))) {
  fs.mkdirSync(path.join(out, 'fonts'), {recursive: true});
  fs.copyFileSync(path.join(katexFolder, 'dist/fonts', font), path.join(out, 'fonts', font));
}
console.log(`${path.join(out, 'index.html')}: ${notes.length} notes, ${others.length} other pages`);

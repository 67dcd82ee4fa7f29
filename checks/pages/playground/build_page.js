// SPDX-License-Identifier: MIT
'use strict';
//   node build_page.js PROGRAM.js ROOT PAGE.html
//
// Puts the page, its style, its scripts, the program and two examples into one file that opens from the disk.

const fs = require('fs');
const path = require('path');

const [program, root, output] = process.argv.slice(2);
const read = (file) => fs.readFileSync(path.join(root, 'checks/pages', file), 'utf8');
const script = (text, file) => {
  if (/<\/script|<!--/i.test(text)) throw new Error(`${file} holds a mark that ends a script`);
  return text;
};

const examples = Object.fromEntries(['right.npz', 'wrong.npz'].map((name) => [name, fs.readFileSync(path.join(root, 'checks/examples', name)).toString('base64')]));
const parts = {
  style: read('report/page/style.css') + read('playground/page/page.css'),
  program: script(fs.readFileSync(program, 'utf8'), program),
  worker: script(read('playground/page/worker.js'), 'worker.js'),
  script: script(read('playground/page/page.js'), 'page.js'),
  examples: JSON.stringify(examples),
};
const page = read('playground/page/page.html').replace(/@(\w+)@/g, (mark, name) => {
  if (!(name in parts)) throw new Error(`page.html asks for ${mark}`);
  return parts[name];
});
fs.writeFileSync(output, page);

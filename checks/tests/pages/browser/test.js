// SPDX-License-Identifier: MIT
'use strict';
//   node test.js PROGRAM DATA.csv WRONG.npz BOOK CASE_VALUES.json FOLDER
//
// The report, the book, the page to explore and the judge of all in one browser. Pictures of what it saw go into FOLDER.

const path = require('path');
const {run} = require('./browser.js');

const [program, data, wrong, book, values, folder] = process.argv.slice(2);
run({
  ...require('./report_test.js')({program, data, wrong, folder: path.join(folder, 'report')}),
  ...require('./book_test.js')({book, folder: path.join(folder, 'book')}),
  ...require('./explore_test.js')({book, values, folder: path.join(folder, 'explore')}),
  ...require('./defects_test.js')({folder: path.join(folder, 'defects')}),
});

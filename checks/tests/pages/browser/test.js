// SPDX-License-Identifier: MIT
'use strict';
//   node test.js PROGRAM DATA.csv WRONG.npz BOOK FOLDER
//
// The report, the book and the judge of both in one browser. Pictures of what it saw go into FOLDER.

const path = require('path');
const {run} = require('./browser.js');

const [program, data, wrong, book, folder] = process.argv.slice(2);
run({
  ...require('./report_test.js')({program, data, wrong, folder: path.join(folder, 'report')}),
  ...require('./book_test.js')({book, folder: path.join(folder, 'book')}),
  ...require('./defects_test.js')({folder: path.join(folder, 'defects')}),
});

// SPDX-License-Identifier: MIT
//
// Renders the formulas of a file with KaTeX, strictly. Each record is "place\x1fdisplay|inline\x1fformula", records end
// with \x1e. Prints "place: message" for each formula that does not render, and how many it rendered.
const fs = require('fs');
const katex = require('katex');

const records = fs.readFileSync(process.argv[2], 'utf8').split('\x1e').filter((record) => record.includes('\x1f'));
let failed = 0;
for (const record of records) {
  const [place, mode, formula] = record.split('\x1f');
  try {
    katex.renderToString(formula, { displayMode: mode === 'display', throwOnError: true, strict: 'error' });
  } catch (error) {
    ++failed;
    console.log(`${place}: ${error.message}`);
  }
}
console.log(`${records.length - failed} of ${records.length} formulas rendered`);
process.exit(failed > 0 ? 1 : 0);

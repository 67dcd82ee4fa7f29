// SPDX-License-Identifier: MIT
//
//   node render_formulas.js KATEX IN.json OUT.json
//
// Adds "mathml" to every formula that collect_formulas found. Runs when the program is built; the program needs no Node.
const fs = require('fs');
const [katexPath, input, output] = process.argv.slice(2);
const katex = require(katexPath);
const notes = JSON.parse(fs.readFileSync(input, 'utf8'));

// Browsers no longer read mathvariant: a letter of another alphabet has to be its own character.
const alphabets = {script: 0x1d49c, 'double-struck': 0x1d538};
const exceptions = {script: {B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ'},
                    'double-struck': {C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ'}};
const own = (_, variant, letter) =>
  `<mi>${exceptions[variant][letter] ?? String.fromCodePoint(alphabets[variant] + letter.charCodeAt(0) - 65)}</mi>`;

for (const formula of Object.values(notes.formulas)) {
  // := is one sign, and KaTeX has it under another name.
  const tex = formula.tex.replaceAll(':=', '\\coloneqq ');
  const html = katex.renderToString(tex, {displayMode: true, output: 'mathml', strict: 'error', throwOnError: true});
  formula.mathml = html.replace(/^<span class="katex">/, '').replace(/<\/span>$/, '')
                       .replace(/<annotation[^>]*>.*?<\/annotation>/s, '')
                       .replace(/<mi mathvariant="(script|double-struck)">([A-Z])<\/mi>/g, own);
}
fs.writeFileSync(output, JSON.stringify(notes));

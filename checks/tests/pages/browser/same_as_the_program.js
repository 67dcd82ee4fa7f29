// SPDX-License-Identifier: MIT
'use strict';
//   node same_as_the_program.js PROGRAM PAGES_PROGRAM.js ROOT FILES
//
// Every file that the tests bring, through the program and through the one that the page carries: the same exit status, verdicts
// and findings, in the same words, and numbers that lie within each other's error bars.

const assert = require('assert');
const {spawnSync} = require('child_process');
const fs = require('fs');
const path = require('path');

const [program, pagesProgram, root, files] = process.argv.slice(2);
const field = path.join(root, 'checks/tests/diagnosis/field');
const examples = path.join(root, 'checks/examples');
const course = ['--hidden', 'tanh', '--output', 'sigmoid', '--loss', 'binary_cross_entropy'];

const wordsIn = (line) => [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
const cases = [
  ...fs.readFileSync(path.join(field, 'cases.tsv'), 'utf8').split('\n').slice(1).filter((line) => line && !line.startsWith('#')).map((line) => {
    const [file, words] = line.split('\t');
    return [path.join(field, file.endsWith('.npz') ? file : file + '.npz'), wordsIn(words)];
  }),
  [path.join(examples, 'right.npz'), course], [path.join(examples, 'wrong.npz'), course], [path.join(examples, 'conv_backward.npz'), ['--layer', 'conv2d']],
  [path.join(files, 'vanishing.npz'), ['--hidden', 'sigmoid', ...course.slice(2)]],
  ...['compressed.npz', 'cut_short.npz', 'one_byte_off.npz', 'no_zip.npz'].map((name) => [path.join(files, name), course]),
];

function ofTheProgram(file, words) {
  const {status, stdout, stderr} = spawnSync(program, ['check', path.basename(file), ...words], {cwd: path.dirname(file), encoding: 'utf8', maxBuffer: 1 << 26});
  return {status, text: stdout, errors: stderr};
}

async function pageRunner() {
  const printed = {text: '', errors: ''};
  const load = require(path.resolve(pagesProgram));
  const module = await load({print: (line) => printed.text += line + '\n', printErr: (line) => printed.errors += line + '\n'});
  return (file, words) => {
    printed.text = printed.errors = '';
    const name = path.basename(file);
    module.FS.writeFile(name, fs.readFileSync(file));
    const status = module.callMain(['check', name, ...words]);
    module.FS.unlink(name);
    return {status, ...printed};
  };
}

const fromJson = (run) => run.status === 2 ? undefined : JSON.parse(run.text, (key, value) => ({inf: Infinity, '-inf': -Infinity, nan: NaN})[value] ?? value);
const entry = (tensor) => String(tensor.worst?.index);

// A cost here is a sum of fewer than a thousand terms, each good to some ulps of a double.
const roundingOfCost = 2 ** -40;

// What two reports of one file differ in. A number of digits is that of the worst entry, and may be another entry's.
function differences(ours, theirs) {
  const found = [];
  const same = (what, a, b) => {
    try {
      assert.deepStrictEqual(a, b);
    } catch {
      found.push(`${what}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
    }
  };
  for (const key of ['verdict', 'formula', 'network', 'number']) same(key, ours[key], theirs[key]);
  const reading = (report) => ({...report.cost, computed: undefined});
  same('cost', reading(ours), reading(theirs));
  if (ours.cost?.computed !== undefined && Math.abs(ours.cost.computed - theirs.cost.computed) > roundingOfCost * Math.abs(ours.cost.computed))
    found.push(`cost: ${ours.cost.computed} and ${theirs.cost.computed}`);
  const named = (report) => report.diagnosis.map(({tensor, mistake, looks_like, consequences}) => ({tensor, mistake, looks_like, consequences}));
  same('findings', named(ours), named(theirs));
  same('tensors', ours.tensors.map((one) => one.name), theirs.tensors.map((one) => one.name));
  ours.tensors.forEach((one, n) => {
    const other = theirs.tensors[n] ?? {};
    for (const key of ['verdict', 'entries', 'wrong', 'not_exercised', 'not_checked', 'remark']) same(`${one.name} ${key}`, one[key], other[key]);
    if (!one.worst || !other.worst || entry(one) !== entry(other)) return;
    same(`${one.name} yours`, one.worst.yours, other.worst.yours);
    const apart = Math.abs(one.worst.numerical - other.worst.numerical);
    if (apart > one.worst.error_bar + other.worst.error_bar)
      found.push(`${one.name}: ${one.worst.numerical} ± ${one.worst.error_bar} and ${other.worst.numerical} ± ${other.worst.error_bar}`);
  });
  return found;
}

// A report with one thing changed must be found to differ.
function showsThatItCanFail(report) {
  const changed = (change) => {
    const copy = structuredClone(report);
    change(copy);
    return differences(report, copy);
  };
  assert.deepStrictEqual(changed(() => {}), []);
  for (const change of [
    (copy) => copy.verdict = 'confirmed',
    (copy) => copy.diagnosis[0].mistake = 'another',
    (copy) => copy.diagnosis.pop(),
    (copy) => copy.tensors[2].verdict = 'undecided',
    (copy) => copy.tensors.pop(),
    (copy) => copy.cost.factor *= 2,
    (copy) => copy.tensors[0].worst.numerical += 3 * copy.tensors[0].worst.error_bar,
  ]) assert.notDeepStrictEqual(changed(change), [], String(change));
}

// Text up to the table, of which the last digits are another machine's.
const wordsOf = (text) => text.split(/^tensor +verdict/m)[0];

(async () => {
  const inPage = await pageRunner();
  let failures = 0;
  let numbers = 0;
  for (const [file, words] of cases) {
    const found = [];
    const [a, b] = [ofTheProgram, inPage].map((run) => run(file, [...words, '--color', 'never']));
    if (a.status !== b.status) found.push(`exit status: ${a.status} and ${b.status}`);
    if (a.errors !== b.errors) found.push(`errors: ${a.errors} and ${b.errors}`);
    if (wordsOf(a.text) !== wordsOf(b.text)) found.push(`text:\n${wordsOf(a.text)}and\n${wordsOf(b.text)}`);
    const [ours, theirs] = [ofTheProgram, inPage].map((run) => fromJson(run(file, [...words, '--json', '-'])));
    if (ours && theirs && ours.tensors) {
      found.push(...differences(ours, theirs));
      numbers += ours.tensors.length;
      if (path.basename(file) === 'wrong.npz') showsThatItCanFail(ours);
    }
    if (found.length === 0) continue;
    ++failures;
    console.log(`FAILED: ${path.basename(file)} ${words.join(' ')}\n  ${found.join('\n  ').replaceAll('\n', '\n  ')}`);
  }
  assert.ok(cases.length > 100 && numbers > 300, `${cases.length} files, ${numbers} tensors`);
  console.log(`${cases.length} files, ${numbers} tensors: ${failures} differ`);
  process.exit(failures ? 1 : 0);
})();

// SPDX-License-Identifier: MIT
'use strict';
// Runs the program, away from the page, which stays quick. It stands behind the program's own script, which makes gradproof().
//
// Takes   {kind: 'check', name, file, words}            words: what follows the file on the command line
//         {kind: 'try', name, file, words, readings}    the same with each of the readings, until one is confirmed
// Answers {kind: 'ready', list, help}
//         {kind: 'progress', what, done, total}
//         {kind: 'report', words, status, text, errors}    with the reading that was found, or isUnusual where there is none

const folder = '/given';
const printed = {out: [], errors: []};
let what = 'entries';
const showProgress = (done, total) => postMessage({kind: 'progress', what, done, total});

const loaded = gradproof({print: (line) => printed.out.push(line), printErr: (line) => printed.errors.push(line), onProgress: (done, total) => {
  if (what === 'entries') showProgress(done, total);
}});

function run(program, words) {
  printed.out = [];
  printed.errors = [];
  const status = program.callMain(words);
  return {status, text: printed.out.map((line) => line + '\n').join(''), errors: printed.errors.map((line) => line + '\n').join('')};
}

// A name that begins with - would be an option.
const check = (program, name, words) => run(program, ['check', name.startsWith('-') ? './' + name : name, ...words, '--color', 'never']);

// The first of the readings with which all is confirmed, or else none of them.
function tryAll(program, name, words, readings) {
  what = 'readings';
  let tried = 0;
  const found = readings.find((reading) => {
    showProgress(tried++, readings.length);
    return check(program, name, [...reading, ...words, '--quiet']).status === 0;
  });
  what = 'entries';
  return found;
}

async function answer(program, {kind, name, file, words, readings}) {
  const report = (said) => postMessage({kind: 'report', ...said});
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    return report({status: 2, text: '', errors: `${name}: the browser could not read it (${error.message})\n`});
  }
  program.FS.writeFile(name, bytes);
  const reading = kind === 'try' ? tryAll(program, name, words, readings) : [];
  if (reading) {
    const all = [...reading, ...words];
    report({words: all, reading, ...check(program, name, all)});
  } else {
    const errors = `${name}: these are its gradients with none of ${readings.length} usual pairs of activations and loss; say which they are meant to be\n`;
    report({status: 2, text: '', errors, isUnusual: true});
  }
  program.FS.unlink(name);
}

// Thrown where the page hears of it, as it does not of promises.
const fail = (error) => setTimeout(() => { throw error; });

loaded.then((program) => {
  program.FS.mkdir(folder);
  program.FS.chdir(folder);
  onmessage = ({data}) => answer(program, data).catch(fail);
  postMessage({kind: 'ready', list: run(program, ['list']).text, help: run(program, ['check', '--help']).text});
}).catch(fail);

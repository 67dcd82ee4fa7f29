// SPDX-License-Identifier: MIT
'use strict';
// What the page does. The program runs in a worker, made of the scripts that the page carries as text: a page from the disk may
// fetch nothing. To stop is to end the worker and to begin anew.

const $ = (id) => document.getElementById(id);
const text = (id) => $(id).textContent;

// What is tried where output and loss are left out: the pairs that courses use, each below every usual hidden activation.
const usualHidden = ['relu', 'tanh', 'sigmoid', 'leaky_relu'];
const usualOutputs = [['sigmoid', 'binary_cross_entropy'], ['softmax', 'categorical_cross_entropy'], ['identity', 'mse'], ['identity', 'squared_error'],
  ['sigmoid', 'mse'], ['sigmoid', 'squared_error']];

const verdicts = ['confirmed', 'refuted', 'cannot be used', 'undecided'];
const marks = ['✓', '✗', '–', '?'];
const looks = ['good', 'bad', '', 'unsure'];

let worker;
let given;  // {name, file}
let checked = 'nothing';  // the name of what is or was checked
let isReady = false;
let waiting;  // what is to be done once the worker is ready

// The words of a command line: parts in quotes stay whole.
const wordsIn = (line) => [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
const quoted = (word) => /^[\w.,=/+-]+$/.test(word) ? word : `"${word}"`;

function fill(id, names) {
  $(id).replaceChildren(...names.map(([value, label]) => Object.assign(document.createElement('option'), {value, label})));
}

// The program's own list: lines of a name, perhaps with parameters, and a formula, in sections with an empty line between.
function takeNames(list, help) {
  const [activations, losses] = list.split('\n\n').map((section) => [...section.matchAll(/^ {2}(\w+)(\([^)]*\))? {2,}(.*)$/gm)]
    .map(([, name, parameters, formula]) => [name, `${name}${parameters ?? ''}: ${formula}`.slice(0, 120)]));
  fill('activations', activations);
  fill('losses', losses);
  fill('layers', /instead of a network: (.*)/.exec(help)[1].split(', ').map((name) => [name, name]));
}

function begin() {
  isReady = false;
  const url = URL.createObjectURL(new Blob([text('program'), '\n', text('worker')], {type: 'text/javascript'}));
  worker = new Worker(url);
  worker.onmessage = ({data}) => {
    if (data.kind === 'progress') return showProgress(data);
    if (data.kind === 'report') return show(data);
    URL.revokeObjectURL(url);
    isReady = true;
    takeNames(data.list, data.help);
    if (waiting) worker.postMessage(waiting);
    waiting = undefined;
  };
  // What the program cannot answer for: a browser that does not run it, a file beyond the memory that a page may have.
  worker.onerror = (event) => {
    event.preventDefault();
    const errors = isReady ? `The page came to its limits (${event.message}). The program on your machine has more memory.\n`
      : `This browser does not run the program of this page (${event.message}).\n`;
    if (isReady) restart();
    show({status: 2, text: '', errors});
  };
}

function restart() {
  worker.terminate();
  begin();
}

function setWorking(isWorking) {
  $('work').hidden = !isWorking;
  $('stop').hidden = !isWorking;
  $('check').disabled = isWorking;
}

function showProgress({what, done, total}) {
  $('doing').textContent = what === 'entries' ? `${done.toLocaleString('en')} of ${total.toLocaleString('en')} entries`
    : `Usual activations and losses: ${done} of ${total} tried`;
  $('progress').max = total;
  $('progress').value = done;
}

// "✓ mine.npz: confirmed", and as what, where it was found out.
function titleOf({words, status, reading, isUnusual}) {
  if (words?.includes('--help')) return 'Help';
  const verdict = isUnusual ? 'not the usual activations and loss' : verdicts[status];
  const as = reading?.length ? ' as ' + reading.filter((word) => !word.startsWith('--')).join(', ') : '';
  return `${marks[status]} ${checked}: ${verdict}${as}`;
}

function show(said) {
  const {words, status, text: report, errors} = said;
  const hadFocus = document.activeElement === $('stop');
  setWorking(false);
  $('answer').className = looks[status];
  $('answer').textContent = titleOf(said);
  $('same').hidden = !words;
  if (words) $('command').textContent = ['gradproof', 'check', checked, ...words].map(quoted).join(' ');
  $('report').textContent = report + errors;
  $('report').hidden = false;
  if (hadFocus) $('answer').focus();
}

function check() {
  if (!given) return say('Choose a file first.', $('file'));
  const field = (id) => $(id).value.trim();
  const option = (id) => field(id) ? ['--' + id, field(id)] : [];
  const more = [...option('lambda'), ...option('convention'), ...wordsIn(field('more'))];
  const isOpen = !field('layer') && !field('output') && !field('loss') && !more.includes('--help');
  const hidden = field('hidden') ? [field('hidden')] : ['', ...usualHidden];
  const readings = usualOutputs.flatMap(([output, loss]) => hidden.map((name) => [...(name ? ['--hidden', name] : []), '--output', output, '--loss', loss]));
  const words = isOpen ? more : field('layer') ? [...option('layer'), ...wordsIn(field('more'))] : [...option('hidden'), ...option('output'), ...option('loss'), ...more];
  const task = {kind: isOpen ? 'try' : 'check', ...given, words, readings};
  checked = given.name;
  for (const id of ['same', 'report']) $(id).hidden = true;
  $('answer').textContent = '';
  $('doing').textContent = 'Checking ' + given.name;
  $('progress').removeAttribute('value');
  setWorking(true);
  if (isReady) worker.postMessage(task);
  else waiting = task;
}

function say(message, where) {
  $('answer').className = '';
  $('answer').textContent = message;
  where.focus();
}

function take(file) {
  if (!file) return;
  given = {name: file.name.replaceAll('/', '_'), file};
  $('chosen').textContent = `${given.name}: ${file.size.toLocaleString('en')} bytes`;
  $('chosen').hidden = $('file').files.length > 0;
}

function takeExample(name) {
  const bytes = Uint8Array.from(atob(JSON.parse(text('examples'))[name]), (c) => c.charCodeAt(0));
  $('file').value = '';
  take(new File([bytes], name));
  for (const [id, value] of Object.entries({hidden: 'tanh', output: 'sigmoid', loss: 'binary_cross_entropy', lambda: '', layer: '', convention: '', more: ''})) $(id).value = value;
  if (!$('work').hidden) return;
  check();
}

$('form').onsubmit = (event) => {
  event.preventDefault();
  if ($('work').hidden) check();
};
$('file').onchange = () => take($('file').files[0]);
$('stop').onclick = () => {
  waiting = undefined;
  restart();
  setWorking(false);
  say(`Stopped: nothing is known of ${checked}.`, $('check'));
};
for (const button of document.querySelectorAll('[data-example]')) button.onclick = () => takeExample(button.dataset.example);

const drop = $('drop');
for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop'])
  document.addEventListener(kind, (event) => {
    event.preventDefault();  // a file dropped beside the field must not replace the page
    drop.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
  });
document.addEventListener('drop', (event) => {
  if (event.dataTransfer.files.length === 0) return;
  $('file').files = event.dataTransfer.files;
  take(event.dataTransfer.files[0]);
});
begin();

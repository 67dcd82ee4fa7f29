// SPDX-License-Identifier: MIT
'use strict';
//   node playground_test.js PROGRAM PAGE ROOT FILES FOLDER
//
// The page that runs check, as a person meets it: opened from the disk, with files chosen, dropped, stopped. What it says is
// what PROGRAM says. FILES holds what make_files.py made; pictures go into FOLDER.

const assert = require('assert');
const {spawnSync} = require('child_process');
const fs = require('fs');
const path = require('path');
const {phone, desk, open, moveTo, visit, defects, run} = require('./browser.js');

const [program, html, root, files, folder] = process.argv.slice(2);
const examples = path.join(root, 'checks/examples');
const field = path.join(root, 'checks/tests/diagnosis/field');
fs.mkdirSync(folder, {recursive: true});
const shot = (page, name) => page.screenshot({path: path.join(folder, name), fullPage: true});
const course = {hidden: 'tanh', output: 'sigmoid', loss: 'binary_cross_entropy'};
const wordsOf = (fields) => Object.entries(fields).flatMap(([name, value]) => name === 'more' ? value.split(' ') : [`--${name}`, value]);

// What the program prints of a file, run beside it.
function native(file, words) {
  const {stdout, stderr, status} = spawnSync(program, ['check', path.basename(file), ...words, '--color', 'never'], {cwd: path.dirname(file), encoding: 'utf8'});
  return {text: stdout + stderr, status};
}
// Last digits are another machine's: of a table only the names and the verdicts, of the rest every word.
const words = (text) => text.replace(/^(\w+ +(?:confirmed|refuted|undecided)) .*$/gm, '$1');

async function visited(browser, place) {
  const page = await open(browser, place);
  await visit(page, html);
  return page;
}
async function choose(page, file, fields) {
  await page.setInputFiles('#file', file);
  if (fields.more || fields.layer) await page.click('summary');
  for (const [name, value] of Object.entries(fields)) await page.fill('#' + name, value);
}
// page.waitForFunction() would ask the page for an eval, which the page forbids.
async function until(page, holds) {
  const end = Date.now() + 60000;
  while (!await page.evaluate(holds)) {
    assert.ok(Date.now() < end, `never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
async function answer(page) {
  await until(page, () => document.getElementById('work').hidden && document.getElementById('answer').textContent);
  return {title: await page.textContent('#answer'), text: await page.textContent('#report')};
}
async function checked(page, file, fields) {
  await choose(page, file, fields);
  await page.click('#check');
  return answer(page);
}
const clean = async (page) => assert.deepStrictEqual([...page.problems, ...await defects(page)], []);

// The page and the program say the same of a file.
async function saysTheSame(browser, file, fields, title) {
  const page = await visited(browser);
  const said = await checked(page, file, fields);
  const expected = native(file, wordsOf(fields));
  assert.strictEqual(words(said.text), words(expected.text));
  assert.strictEqual(said.title, title);
  await clean(page);
  await page.close();
  return said;
}

// A file dropped on the page, as the browser hands it over.
async function drop(page, file) {
  const transfer = await page.evaluateHandle(({name, base64}) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return data;
  }, {name: path.basename(file), base64: fs.readFileSync(file).toString('base64')});
  await page.dispatchEvent('#drop', 'drop', {dataTransfer: transfer});
  await until(page, () => document.getElementById('file').files.length === 1);
}

run({
  'a right file is confirmed': (browser) => saysTheSame(browser, path.join(examples, 'right.npz'), course, '✓ right.npz: confirmed'),
  'a wrong file is refuted, and its mistake named': async (browser) => {
    const {text} = await saysTheSame(browser, path.join(examples, 'wrong.npz'), course, '✗ wrong.npz: refuted');
    assert.match(text, /^first wrong step: dZ2$/m);
    assert.match(text, /derivative-from-value-at-pre-activation at dZ2/);
  },
  'a compressed file is read': (browser) => saysTheSame(browser, path.join(files, 'compressed.npz'), course, '✓ compressed.npz: confirmed'),
  'derivatives that need the long numbers are decided': (browser) =>
    saysTheSame(browser, path.join(files, 'vanishing.npz'), {...course, hidden: 'sigmoid'}, '✓ vanishing.npz: confirmed'),
  'a damaged file has one clear line': async (browser) => {
    for (const name of ['cut_short.npz', 'one_byte_off.npz', 'no_zip.npz']) {
      const {text} = await saysTheSame(browser, path.join(files, name), course, `– ${name}: cannot be used`);
      assert.match(text, /^gradproof check: .*\n$/);
    }
  },
  'a formula is read, and a letter in it set': (browser) => saysTheSame(browser, path.join(field, 'pseudo_huber.npz'),
    {hidden: 'relu', output: 'identity', loss: 'alpha^2 (sqrt(1 + ((a - y)/alpha)^2) - 1)', more: '--set alpha=0.9'}, '✗ pseudo_huber.npz: refuted'),
  'one layer is checked by itself': (browser) =>
    saysTheSame(browser, path.join(examples, 'conv_backward.npz'), {layer: 'conv2d'}, '✗ conv_backward.npz: refuted'),
  'an unknown name is answered with the nearest': async (browser) => {
    const {text} = await saysTheSame(browser, path.join(examples, 'right.npz'), {...course, hidden: 'tanhh'}, '– right.npz: cannot be used');
    assert.match(text, /tanh/);
  },
  'activations and loss are found where they are left out': async (browser) => {
    const page = await visited(browser);
    const said = await checked(page, path.join(examples, 'right.npz'), {});
    assert.strictEqual(said.title, '✓ right.npz: confirmed as tanh, sigmoid, binary_cross_entropy');
    assert.strictEqual(await page.textContent('#command'), 'gradproof check right.npz --hidden tanh --output sigmoid --loss binary_cross_entropy');
    assert.strictEqual(words(said.text), words(native(path.join(examples, 'right.npz'), wordsOf(course)).text));
    const other = await checked(page, path.join(examples, 'wrong.npz'), {});
    assert.strictEqual(other.title, '– wrong.npz: not the usual activations and loss');
    assert.match(other.text, /^wrong\.npz: these are its gradients with none of \d+ usual pairs of activations and loss;/);
    await clean(page);
    await page.close();
  },
  'the lists are those of the program': async (browser) => {
    const page = await visited(browser);
    await until(page, () => document.querySelectorAll('#layers option').length > 0);
    const listed = spawnSync(program, ['list'], {encoding: 'utf8'}).stdout.split('\n\n');
    const shown = (id) => page.$$eval(`#${id} option`, (all) => all.map((one) => one.value));
    const names = (section) => [...section.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name);
    assert.deepStrictEqual(await shown('activations'), names(listed[0]));
    assert.deepStrictEqual(await shown('losses'), names(listed[1]));
    assert.ok((await shown('activations')).length > 20 && (await shown('losses')).length > 20);
    assert.ok((await shown('layers')).includes('conv2d'));
    await page.close();
  },
  'a dropped file is taken, also beside the field': async (browser) => {
    const page = await visited(browser);
    await drop(page, path.join(examples, 'right.npz'));
    for (const [name, value] of Object.entries(course)) await page.fill('#' + name, value);
    await page.click('#check');
    assert.strictEqual((await answer(page)).title, '✓ right.npz: confirmed');
    await clean(page);
    await page.close();
  },
  'a long check shows how far it is, is stopped, and the next one answers': async (browser) => {
    const page = await visited(browser);
    await choose(page, path.join(files, 'large.npz'), course);
    await page.click('#check');
    await until(page, () => / of [\d,]+ entries/.test(document.getElementById('doing').textContent));
    await page.click('#stop');
    assert.strictEqual((await answer(page)).title, 'Stopped: nothing is known of large.npz.');
    assert.strictEqual((await checked(page, path.join(examples, 'right.npz'), course)).title, '✓ right.npz: confirmed');
    await clean(page);
    await page.close();
  },
  'keys alone are enough': async (browser) => {
    const page = await visited(browser);
    const to = async (id) => {
      for (let n = 0; n < 40 && await page.evaluate(() => document.activeElement.id) !== id; ++n) await page.keyboard.press('Tab');
      assert.strictEqual(await page.evaluate(() => document.activeElement.id), id);
    };
    await to('file');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
    await chooser.setFiles(path.join(examples, 'right.npz'));
    for (const [name, value] of Object.entries(course)) {
      await to(name);
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
    assert.strictEqual((await answer(page)).title, '✓ right.npz: confirmed');
    await to('report');
    await clean(page);
    await page.close();
  },
  'without a file it says what is missing': async (browser) => {
    const page = await visited(browser);
    await page.click('#check');
    assert.strictEqual(await page.textContent('#answer'), 'Choose a file first.');
    await page.close();
  },
  'what the page cannot do is said': async (browser) => {
    const broken = async (name, from, to) => {
      const file = path.join(folder, `${name}.html`);
      const text = fs.readFileSync(html, 'utf8');
      assert.ok(text.includes(from), from);
      fs.writeFileSync(file, text.replace(from, to));
      const page = await open(browser);
      await visit(page, file);
      return page;
    };
    const unable = await broken('unable', '<script type="text/plain" id="program">', '<script type="text/plain" id="program">throw new Error("too old");');
    assert.match((await answer(unable)).text, /^This browser does not run the program of this page \(.*too old.*\)\.\n$/);
    await unable.close();
    const small = await broken('small', 'program.FS.writeFile(name, bytes);', 'throw new Error("out of memory");');
    for (let n = 0; n < 2; ++n)
      assert.match((await checked(small, path.join(examples, 'right.npz'), course)).text, /^The page came to its limits \(.*out of memory.*\)/);
    await small.close();
  },
  'it is good to see on a phone and on a desk, light and dark': async (browser) => {
    const page = await visited(browser);
    for (const example of ['right.npz', 'wrong.npz']) {
      await page.click(`[data-example="${example}"]`);
      await answer(page);
      for (const width of [phone.width, 820, desk.width])
        for (const scheme of ['light', 'dark']) {
          await moveTo(page, {width, scheme});
          await clean(page);
          await shot(page, `${example.replace('.npz', '')}-${width}-${scheme}.png`);
        }
    }
    await page.click('summary');
    await clean(page);
    await page.close();
  },
  'a page that asks for more than itself is found out, and forbidden by this one': async (browser) => {
    const asking = fs.readFileSync(html, 'utf8').replace('</main>', '</main><img alt="" src="http://127.0.0.1:9/x.png">');
    const problems = async (name, text) => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, text);
      const page = await open(browser);
      await visit(page, file);
      await until(page, () => document.querySelectorAll('#layers option').length > 0);
      await page.close();
      return page.problems.join('\n');
    };
    assert.match(await problems('asking.html', asking.replace(/<meta http-equiv[^>]*>/, '')), /request: http/);
    assert.match(await problems('forbidden.html', asking), /violates the following Content Security Policy .* has been blocked/);
  },
});

// SPDX-License-Identifier: MIT
'use strict';
// The report as a person meets it: it loads alone, a cell opens its evidence, values can be read with pointer and keys.

const assert = require('assert');
const {execFile, execFileSync} = require('child_process');
const fs = require('fs');
const path = require('path');
const {phone, tablet, desk, open, moveTo, visit, defects} = require('./browser.js');

module.exports = ({program, data, wrong, folder}) => {
  const run = (...parameters) => new Promise((resolve) => execFile(program, parameters, (error, stdout, stderr) =>
    resolve({status: error?.code ?? 0, stdout, stderr})));
  const file = path.join(folder, 'index.html');
  const begin = Date.now();
  const written = run('report', '--out', folder, '--data', data).then(({status, stderr}) => {
    assert.strictEqual(status, 0, stderr);
    return (Date.now() - begin) / 1000;
  });
  const visitReport = async (page, hash = '') => {
    await written;
    await visit(page, file + hash);
  };
  // "  squared_error   *identity, and every other activation": a loss, and with * the output for which A - Y is right.
  const canonical = new Set(execFileSync(program, ['list'], {encoding: 'utf8'}).split('\n')
    .map((line) => /^  (\w+) +.*\*(\w+)/.exec(line)).filter(Boolean).map(([, loss, output]) => `${output}-${loss}`.replaceAll('_', '-')));
  const cellsOf = (page) => page.$$eval('.matrix a', (all) => all.map((a) => ({id: a.hash.slice(1), canonical: a.textContent.includes('★'), digits: parseFloat(a.textContent)})));
  const shot = (page, name, fullPage = false) => page.screenshot({path: path.join(folder, name), fullPage});
  const clean = async (page) => assert.deepStrictEqual([...page.problems, ...await defects(page)], []);

  return {
    'the page is light': async () => {
      const seconds = await written;
      const bytes = fs.statSync(file).size;
      console.log(`  ${bytes} bytes, written with a trained network in ${seconds.toFixed(1)} s`);
      assert.ok(bytes <= 3e6, `${bytes} bytes`);
    },
    'the matrix shows every pairing, canonical ones marked': async (browser) => {
      const page = await open(browser);
      await visitReport(page);
      const cells = await cellsOf(page);
      assert.ok(canonical.size >= 4 && cells.length > canonical.size);
      for (const cell of cells) assert.strictEqual(cell.canonical, canonical.has(cell.id), cell.id);
      for (const id of canonical) assert.ok(cells.some((cell) => cell.id === id), id);
      for (const cell of cells) assert.ok(cell.digits >= 6 && cell.digits <= 17, JSON.stringify(cell));
      await page.close();
    },
    'a cell opens its evidence, and only its': async (browser) => {
      const page = await open(browser);
      await visitReport(page);
      const pairings = await cellsOf(page);
      for (const {id, canonical} of pairings) {
        await page.click(`.matrix a[href="#${id}"]`);
        await page.waitForFunction((id) => document.getElementById(id).classList.contains('open'), id);
        const shown = await page.$$eval('.pairing', (all) => all.filter((one) => one.checkVisibility()).map((one) => one.id));
        assert.deepStrictEqual(shown, [id]);
        assert.strictEqual(await page.evaluate(() => document.activeElement.id), `${id}-heading`);
        const parts = await page.$eval('#' + id, (section) => ({formulas: section.querySelectorAll('math').length, plots: section.querySelectorAll('svg[role=img]').length,
          curves: section.querySelectorAll('.curve').length, claims: section.querySelectorAll('.claims tbody tr').length, failed: section.querySelectorAll('.bad').length}));
        assert.ok(parts.formulas >= 4 && parts.plots === 3 && parts.curves > 6 && parts.claims >= 4, JSON.stringify(parts));
        assert.strictEqual(parts.failed, 0);
        assert.strictEqual(await page.$eval('#' + id, (section) => section.textContent.includes('dZ = A - Y does not hold here')), !canonical);
      }
      await page.evaluate(() => document.querySelectorAll('.pairing').forEach((one) => one.classList.add('open')));
      await clean(page);
      await page.goBack();
      await page.waitForFunction((id) => document.getElementById(id).classList.contains('open'), pairings.at(-2).id);
      await page.close();
    },
    'values are read with the pointer and with the keys': async (browser) => {
      const page = await open(browser);
      await visitReport(page, '#sigmoid-binary-cross-entropy');
      const figure = page.locator('#sigmoid-binary-cross-entropy [data-plot$="formula-0"]');
      await figure.focus();
      await page.keyboard.press('End');
      assert.match(await figure.locator('.readout').textContent(), /^z 4 · dA ⊙ g′\(Z\) -0\.0179862\d · A − Y -0\.0179862\d · finite difference -0\.0179862\d/);
      await page.keyboard.press('Home');
      assert.match(await figure.locator('.readout').textContent(), /^z -4 · dA ⊙ g′\(Z\) -0\.98201379/);
      await figure.locator('svg[role=img]').scrollIntoViewIfNeeded();
      const box = await figure.locator('svg[role=img]').boundingBox();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      assert.doesNotMatch(await figure.locator('.readout').textContent(), /^z -4 /);
      await page.mouse.move(0, 0);
      const map = page.locator('[data-map="layer-1-dW"]');
      await map.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      assert.match(await page.locator('[data-map="layer-1-dW"] + .readout').textContent(), /^dW1\[2, 1\] confirmed · formula \S+ · numerical \S+ ± \S+$/);
      await page.close();
    },
    'the diagnosis of a file is that of the check': async (browser) => {
      const declared = ['--hidden', 'tanh', '--output', 'sigmoid', '--loss', 'binary_cross_entropy'];
      const check = await run('check', wrong, ...declared, '--json', '-');
      const made = await run('report', '--out', path.join(folder, 'wrong'), '--npz', wrong, ...declared);
      assert.deepStrictEqual([check.status, made.status], [1, 1], check.stderr + made.stderr);
      const expected = JSON.parse(check.stdout);
      for (const place of [phone, desk]) {
        const page = await open(browser, place);
        await visit(page, path.join(folder, 'wrong', 'index.html'));
        assert.strictEqual(await page.textContent('#submission code'), expected.formula);
        const rows = await page.$$eval('.tensors tbody tr', (all) => all.map((row) => [row.cells[0].textContent, row.cells[1].textContent.slice(2)]));
        assert.deepStrictEqual(rows, expected.tensors.map((tensor) => [tensor.name, tensor.verdict]));
        const named = await page.$$eval('.findings h3', (all) => all.map((one) => one.textContent.split(' in ')[0]));
        assert.deepStrictEqual(named, expected.diagnosis.map((finding) => finding.mistake));
        assert.ok(named.length > 0);
        await clean(page);
        await shot(page, `submission-${place.width}.png`);
        await page.close();
      }
    },
    'it is good to see on a phone and on a desk, light and dark': async (browser) => {
      for (const {width} of [phone, tablet, desk]) {
        const page = await open(browser, {width, scheme: 'light'});
        await visitReport(page);
        for (const scheme of ['light', 'dark']) {
          await moveTo(page, {width, scheme});
          await clean(page);
          await shot(page, `report-${width}-${scheme}.png`, true);
        }
        await page.close();
      }
    },
  };
};

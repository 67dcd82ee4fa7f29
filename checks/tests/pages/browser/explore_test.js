// SPDX-License-Identifier: MIT
'use strict';
// The page to explore: it computes what the library computes, for every case; its verdicts are right; a broken line turns
// red what follows from it and nothing else; it works with keys alone.

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const {phone, tablet, desk, open, visit, moveTo, defects} = require('./browser.js');

// An exponent of 600 that is off by a rounding makes a value that is off by 600; no formula here cancels more.
const tolerance = 2 ** -42;
const agrees = (value, expected) => expected === null ? !Number.isFinite(value)
  : value === expected || Math.abs(value - expected) <= tolerance * Math.abs(expected);

module.exports = ({book, values: valuesFile, folder}) => {
  fs.mkdirSync(folder, {recursive: true});
  const values = JSON.parse(fs.readFileSync(valuesFile, 'utf8'));
  const visited = async (browser, place = desk) => {
    const page = await open(browser, place);
    await visit(page, path.join(book, 'explore.html'));
    return page;
  };

  return {
    'the page computes what the library computes': async (browser) => {
      const page = await visited(browser);
      const computed = await page.evaluate((all) => {
        const {cases} = window.gradproofExplored;
        const at = (kind, slug, points) => points.map((point) => {
          const inputs = point.slice(0, -2);
          return [cases[kind][slug].value(...inputs), cases[kind][slug].derivative(...inputs)].map((v) => Number.isFinite(v) ? v : String(v));
        });
        return ['activations', 'losses'].flatMap((kind) => Object.entries(all[kind]).map(([slug, points]) => [kind, slug, at(kind, slug, points)]));
      }, values);
      let compared = 0;
      for (const [kind, slug, results] of computed)
        results.forEach((result, n) => values[kind][slug][n].slice(-2).forEach((expected, k) => {
          assert.ok(agrees(Number(result[k]), expected), `${slug} ${['value', 'derivative'][k]} at ${values[kind][slug][n].slice(0, -2)}: ${result[k]}, the library has ${expected}`);
          ++compared;
        }));
      assert.ok(compared > 5000 && computed.length > 45, `${compared} values of ${computed.length} cases`);
      // The comparison would tell one case from another.
      const [tanh, sigmoid] = ['tanh', 'sigmoid'].map((slug) => values.activations[slug]);
      assert.ok(tanh.some(([, value], n) => !agrees(value, sigmoid[n][1])));
      await page.close();
    },
    'every case of the library that acts on one number is offered': async (browser) => {
      const page = await visited(browser);
      const offered = await page.$$eval('#hidden option, #loss option', (all) => all.map((option) => option.value));
      assert.deepStrictEqual(offered.sort(), [...Object.keys(values.activations), ...Object.keys(values.losses)].sort());
      await page.close();
    },
    'its verdicts are right for every pair': async (browser) => {
      const page = await visited(browser);
      const wrong = await page.evaluate(() => {
        const {cases} = window.gradproofExplored;
        const {derivative, verdict} = window.gradproofNumerics;
        const counts = {refuted: [], 'a pair is not confirmed': [], confirmed: 0, 'A - Y is refuted': 0};
        for (const [loss, L] of Object.entries(cases.losses))
          for (const output of L.outputs)
            for (const z of [-5.3, -2.1, -0.77, 0.21, 0.9, 2.6])
              for (const y of L.onlySigns ? [-1, 1] : [0, 1]) {
                if (y < (L.labels.lower ?? -1)) continue;
                const g = cases.activations[output];
                const measured = derivative((t) => L.value(g.value(t), y), z);
                const a = g.value(z);
                const said = verdict(L.derivative(a, y) * g.derivative(z), measured);
                if (said === 'refuted') counts.refuted.push(`${output} ${loss} z = ${z}, y = ${y}`);
                if (said === 'confirmed') ++counts.confirmed;
                const direct = verdict(a - y, measured);
                if (L.canonical.includes(output) && direct !== 'confirmed') counts['a pair is not confirmed'].push(`${output} ${loss} z = ${z}, y = ${y}`);
                if (direct === 'refuted') ++counts['A - Y is refuted'];
              }
        return counts;
      });
      assert.deepStrictEqual(wrong.refuted, []);
      assert.deepStrictEqual(wrong['a pair is not confirmed'], []);
      assert.ok(wrong.confirmed > 3000 && wrong['A - Y is refuted'] > 3000, JSON.stringify(wrong));
      await page.close();
    },
    'the network is that of the worked example': async (browser) => {
      const page = await visited(browser);
      const computed = await page.evaluate(() => {
        const {cases, network} = window.gradproofExplored;
        return network.backward(cases.network.parameters, cases.network.hidden);
      });
      for (const [name, expected] of Object.entries(values.network))
        [expected].flat(2).forEach((number, n) => assert.ok(agrees([computed[name]].flat(2)[n], number), `${name}: ${computed[name]}`));
      assert.match(await page.textContent('#verdict'), /^Every entry agrees with differences of J\. Some entries of dW1, db1, dW2 are 0/);
      assert.strictEqual(await page.textContent('#cost'), '0.50320443');
      await page.close();
    },
    'a broken line turns red what follows from it, and nothing else': async (browser) => {
      const page = await visited(browser);
      const after = {dZ2: ['dW2', 'db2', 'dW1', 'db1'], dW2: ['dW2'], db2: ['db2'], dA1: ['dW1', 'db1'], dZ1: ['dW1', 'db1'], dW1: ['dW1'], db1: ['db1']};
      let broken = 0;
      for (const [n, [name, red]] of Object.entries(after).entries()) {
        const select = page.locator('#program select').nth(n);
        for (const form of (await select.locator('option').allTextContents()).slice(1)) {
          await select.selectOption(form);
          const turned = (await page.textContent('#broken')).match(/^Broken: (\w+); what turned red: (.*)\.$/)?.[2].split(', ').sort();
          assert.deepStrictEqual(turned, [...red].sort(), `${name} = ${form}`);
          ++broken;
        }
        await page.click('#mend');
        assert.strictEqual(await page.textContent('#broken'), 'All lines are right.');
        assert.strictEqual(await page.locator('#tensors .bad').count(), 0);
      }
      assert.ok(broken > 12, `${broken} forms`);
      await page.close();
    },
    'a weight is changed, and J and the gradients follow': async (browser) => {
      const page = await visited(browser);
      const before = await page.textContent('#tensors');
      await page.getByLabel('W2 row 1 column 1').fill('3.01');
      assert.match(await page.textContent('#cost'), /^0\.50071/);
      assert.notStrictEqual(await page.textContent('#tensors'), before);
      // Unit 2 of the first example comes to lie on the kink.
      await page.getByLabel('b1 row 2 column 1').fill('-2');
      assert.match(await page.textContent('#verdict'), /Undecided: entries of .*dW1/);
      await page.click('#reset');
      assert.strictEqual(await page.textContent('#tensors'), before);
      await page.close();
    },
    'it works with keys alone': async (browser) => {
      const page = await visited(browser);
      const focused = () => page.evaluate(() => document.activeElement.id);
      await page.focus('#activation');
      await page.keyboard.press('Tab');
      assert.strictEqual(await focused(), 'loss');
      await page.keyboard.type('Squared error');
      assert.match(await page.textContent('#pairing-says'), /no such pair/);
      await page.keyboard.press('Tab');
      assert.strictEqual(await focused(), 'z');
      await page.keyboard.press('ArrowRight');
      assert.strictEqual(await page.textContent('#z-value'), '-0.9');
      await page.keyboard.press('Tab');
      assert.strictEqual(await focused(), 'y');
      await page.keyboard.press('End');
      assert.strictEqual(await page.textContent('#y-value'), '3');
      await page.focus('#program select');
      await page.keyboard.press('ArrowDown');
      assert.match(await page.textContent('#broken'), /^Broken: dZ2; what turned red: /);
      // Every control can be reached, in the order in which it stands.
      const stops = await page.evaluate(() => [...document.querySelectorAll('main :is(select, input, button)')].filter((one) => one.tabIndex !== 0).length);
      assert.strictEqual(stops, 0);
      await page.close();
    },
    'what it says of digits is what the notes say': async (browser) => {
      const page = await visited(browser);
      const value = (name) => page.locator('#bars > div', {hasText: name}).locator('.value').textContent();
      await page.click('text=confident and wrong');
      assert.strictEqual(await value('dA = dL/da'), '4.50360e+15');
      assert.strictEqual(await value('dZ / g′(z)'), '4.31123e+15');
      await page.click('text=confident and right');
      assert.strictEqual(await value('dA = dL/da'), '-1');
      assert.strictEqual(Number(await value('dZ / g′(z)')).toFixed(5), '-0.95729');
      await page.click('text=a dead ReLU');
      assert.strictEqual(await value('dZ / g′(z)'), 'not a number');
      await page.close();
    },
    'it is good to see, whatever is chosen': async (browser) => {
      for (const place of [phone, tablet, desk]) {
        const page = await visited(browser, place);
        for (const scheme of ['light', 'dark']) {
          await moveTo(page, {...place, scheme});
          for (const preset of await page.locator('#presets button').all()) {
            await preset.click();
            assert.deepStrictEqual([...page.problems, ...await defects(page)], [], `${place.width} ${await preset.textContent()}`);
          }
          await page.locator('#program select').first().selectOption({index: 1});
          assert.deepStrictEqual([...page.problems, ...await defects(page)], [], `${place.width} broken`);
          await page.screenshot({path: path.join(folder, `explore-${place.width}-${scheme}.png`), fullPage: true});
        }
        await page.close();
      }
    },
  };
};

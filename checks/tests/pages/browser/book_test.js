// SPDX-License-Identifier: MIT
'use strict';
// Every page of the book: it loads from disk without a complaint, its links lead somewhere, its marks to evidence.

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const {phone, tablet, desk, open, moveTo, visit, defects} = require('./browser.js');

module.exports = ({book, folder}) => {
  fs.mkdirSync(folder, {recursive: true});
  const pages = fs.readdirSync(book, {recursive: true}).map(String).filter((file) => file.endsWith('.html')).sort();
  const notes = pages.filter((file) => !/^(code|evidence|report)\//.test(file) && file !== 'explore.html');
  const html = new Map(pages.map((file) => [file, fs.readFileSync(path.join(book, file), 'utf8')]));
  const ids = new Map(pages.map((file) => [file, new Set([...html.get(file).matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]))]));
  const clean = async (page, file) => assert.deepStrictEqual([...page.problems, ...await defects(page)], [], file);

  return {
    'every link leads to a page and a place': () => {
      let links = 0;
      for (const file of pages)
        for (const [, target] of html.get(file).matchAll(/<a [^>]*href="([^"]*)"/g)) {
          const [to, id] = target.split('#');
          const page = to ? path.posix.join(path.posix.dirname(file), to) : file;
          assert.ok(html.has(page), `${file}: ${target}`);
          if (id) assert.ok(ids.get(page).has(id), `${file}: ${target}`);
          ++links;
        }
      assert.ok(links > 1000, `${links} links`);
    },
    'every formula has a mark, and every mark of a claim leads to its evidence': () => {
      let marks = 0;
      for (const file of notes) {
        const text = html.get(file);
        const formulas = [...text.matchAll(/<div class="formula"/g)].length;
        assert.strictEqual([...text.matchAll(/class="mark [^"]*"/g)].length, formulas, file);
        for (const [, state, target] of text.matchAll(/<a class="mark (\w+)" href="([^"]*)"/g)) {
          assert.strictEqual(state, 'good', `${file}: ${target}`);
          const page = path.posix.join(path.posix.dirname(file), target.split('#')[0]);
          const place = html.get(page).split(`<section id="${target.split('#')[1]}">`)[1]?.split('</section>')[0];
          assert.match(place ?? '', /✓ (exact|certified|sampled)/, `${file}: ${target}`);
          ++marks;
        }
      }
      assert.ok(marks > 100, `${marks} marks`);
    },
    'every page loads without complaint on a phone and on a desk': async (browser) => {
      const left = [...pages];
      // A window costs more than the pages it shows.
      const windows = [1, 2].map(async () => {
        const page = await open(browser, phone);
        while (left.length) {
          const file = left.shift();
          await visit(page, path.join(book, file));
          // Pages of code and of evidence are of one make, and narrow is harder than wide.
          const isOneOfMany = /^(code|evidence)\//.test(file) && file !== 'evidence/network.html';
          for (const place of isOneOfMany ? [phone] : [desk, tablet, phone]) {
            await moveTo(page, place);
            await clean(page, file);
            if (['index.html', 'network.html', 'activations/sigmoid.html', 'evidence/network.html'].includes(file))
              await page.screenshot({path: path.join(folder, `${file.replaceAll('/', '-').replace('.html', '')}-${place.width}.png`)});
          }
        }
        await page.close();
      });
      await Promise.all(windows);
    },
    'the letters of pictures are as large as they should be, however narrow': async (browser) => {
      // A picture's own style says how large its letters are at which width; they are drawn as much smaller as it is.
      const letters = (svg, shown) => {
        const rules = [...svg.matchAll(/(?:@media\(max-width:(\d+)px\)\{)?svg\{font-size:([\d.]+)px\}/g)];
        const size = rules.filter(([, most]) => most === undefined || shown <= Number(most)).at(-1)[2];
        return size * shown / svg.match(/width="(\d+)"/)[1];
      };
      let pictures = 0;
      const page = await open(browser, phone);
      for (const file of notes.filter((one) => html.get(one).includes('<img ')))
        for (const place of [phone, desk]) {
          await moveTo(page, place);
          await visit(page, path.join(book, file));
          for (const {source, shown, words} of await page.$$eval('main img', (all) => all.map((img) => ({source: img.getAttribute('src'), shown: img.clientWidth, words: img.alt})))) {
            const svg = fs.readFileSync(path.join(book, path.dirname(file), source), 'utf8');
            assert.ok(letters(svg, shown) >= 11.9, `${file}: ${source} at ${shown}: ${letters(svg, shown)}`);
            assert.ok(words.length > 10, `${file}: ${source} has no words`);
            ++pictures;
          }
        }
      assert.ok(pictures > 100, `${pictures} pictures`);
      await page.close();
    },
    'the contents are there without scripts': async (browser) => {
      for (const {width} of [phone, desk]) {
        const page = await open(browser, {width, scheme: 'light', scripted: false});
        await visit(page, path.join(book, 'network.html'));
        const nav = page.locator('.contents nav');
        assert.strictEqual(await nav.isVisible(), false);
        await page.click('.contents summary');
        assert.ok(await nav.isVisible());
        await page.click('.contents nav a[href="layers/conv2d.html"]');
        await page.waitForURL(/layers\/conv2d\.html$/);
        await page.close();
      }
    },
    'the contents name every note': () => {
      for (const file of notes) assert.ok(html.get('index.html').includes(`<li><a href="${file}"`), file);
    },
    'a mark is followed to the evidence and back': async (browser) => {
      const page = await open(browser);
      await visit(page, path.join(book, 'activations/sigmoid.html'));
      await page.click('#line-28 a.mark, .formula a.mark >> nth=0');
      await page.waitForURL(/evidence\/activations\/sigmoid\.html#line-\d+$/);
      assert.match(await page.locator('section:target').textContent(), /\d+ digits|exact|certified/);
      await page.click('section:target a');
      await page.waitForURL(/book\/activations\/sigmoid\.html#line-\d+$/);
      await page.close();
    },
    'the way on visits every note once, but for the appendix': () => {
      const seen = [];
      for (let file = 'index.html'; file && seen.length <= notes.length;) {
        seen.push(file);
        const [link] = html.get(file).match(/<a [^>]*rel="?next[^>]*>/) ?? [];
        file = link && path.posix.join(path.posix.dirname(file), link.match(/href="([^"]*)"/)[1]);
      }
      const appendix = ['equivalent-mutants.html'];
      assert.deepStrictEqual(seen.sort(), notes.filter((file) => !appendix.includes(file)));
    },
    'search finds a note with the keys': async (browser) => {
      const page = await open(browser);
      await visit(page, path.join(book, 'activations/tanh.html'));
      await page.keyboard.press('/');
      await page.keyboard.type('transpose output');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/why_no_WT_at_the_output\.html/);
      const finds = async (words, ...targets) => {
        await page.fill('#search', words);
        const found = await page.$$eval('#found a', (all) => all.map((a) => a.getAttribute('href').replace(/^(\.\.\/)+|#.*/g, '')));
        for (const target of targets) assert.ok(found.includes(target), `${words}: ${found}`);
      };
      await finds('dAL', 'the_question.html', 'output_layer.html');
      await finds('dA[L] follow', 'the_question.html');
      await finds('explore', 'explore.html');
      await finds('W.T', 'the_question.html', 'why_no_WT_at_the_output.html', 'worked_example.html');
      await finds('np.dot', 'the_question.html');
      await page.fill('#search', 'no such thing anywhere');
      assert.strictEqual((await page.locator('#found').textContent()).trim(), 'Nothing found.');
      await page.close();
    },
  };
};

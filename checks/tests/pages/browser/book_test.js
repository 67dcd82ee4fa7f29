// SPDX-License-Identifier: MIT
'use strict';
// Every page of the book: it loads from disk without a complaint, its links lead somewhere, its marks to evidence.

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const {phone, desk, open, moveTo, visit, defects} = require('./browser.js');

module.exports = ({book, folder}) => {
  fs.mkdirSync(folder, {recursive: true});
  const pages = fs.readdirSync(book, {recursive: true}).map(String).filter((file) => file.endsWith('.html')).sort();
  const notes = pages.filter((file) => !/^(code|evidence|report)\//.test(file));
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
          for (const place of /^(code|evidence)\//.test(file) && file !== 'evidence/network.html' ? [phone] : [desk, phone]) {
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
      await page.fill('#search', 'no such thing anywhere');
      assert.strictEqual((await page.locator('#found').textContent()).trim(), 'Nothing found.');
      await page.close();
    },
  };
};

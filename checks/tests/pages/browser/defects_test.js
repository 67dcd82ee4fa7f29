// SPDX-License-Identifier: MIT
'use strict';
// The judge of pages must find each defect of a page that is made of nothing else, and none in a good one.

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const {open, visit, defects} = require('./browser.js');

const good = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Good</title></head>' +
  '<body><h1>Good</h1><p>A formula <math><mi>x</mi></math>, and <code>\\frac</code> as code.</p></body></html>';
const bad = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p id="a">\\frac{1}{2}</p><p id="a" style="color:#999">pale</p>' +
  '<input><a href="#a"></a><svg role="img"></svg><div style="width:3000px">wide</div><img src="missing.png" alt="">' +
  '<main><div style="width:90px;height:20px;overflow:auto">one<br>two</div><p tabindex="0">stop</p>' +
  '<div class="wide" style="width:90px;overflow:auto hidden;white-space:nowrap">a line that is wider than its box</div>' +
  '<div class="formula"><div class="scroll" style="width:90px;overflow:auto hidden;white-space:nowrap" tabindex="0"><span class="katex-html">' +
  '<span class="base" style="display:inline-block;width:80px">a =</span><span class="base" style="display:inline-block;width:80px">b</span></span></div></div>' +
  '<svg role="img" viewBox="0 0 900 90" width="300"><title>plot</title><text style="font-size:20px">small</text></svg></main>' +
  '<style>::placeholder{color:#aaa}</style><input placeholder="pale" style="background:#fff"><script src="http://127.0.0.1:9/x.js"></script><script>missing()</script></body></html>';

module.exports = ({folder}) => {
  fs.mkdirSync(folder, {recursive: true});
  const judged = async (browser, name, html) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, html);
    const page = await open(browser);
    await visit(page, file);
    const found = [...page.problems, ...await defects(page)];
    await page.close();
    return found;
  };
  return {
    'a good page has no defect': async (browser) => {
      assert.deepStrictEqual(await judged(browser, 'good.html', good), []);
    },
    'every defect of a bad page is found': async (browser) => {
      const all = (await judged(browser, 'bad.html', bad)).join('\n');
      for (const defect of ['no title', 'no language', 'wider than', 'not one h1', 'id twice: a', 'no label', 'no name', 'a plot without a title',
                            'raw LaTeX', 'contrast', 'scrolls up and down', 'a tab stop that scrolls nothing', 'no tab stop to scroll with', 'a formula is cut',
                            'text of 6.7 px in a plot', 'a pale placeholder', 'not loaded', 'request: http', 'script: missing is not defined'])
        assert.ok(all.includes(defect), `${defect} not among\n${all}`);
    },
  };
};

// SPDX-License-Identifier: MIT
'use strict';
// A browser that reports everything a page does wrong. Exit status 77 where there is none to test with.

const fs = require('fs');
const {pathToFileURL} = require('url');

// The shell without windows needs half the time of the browser with them.
const executable = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`)
  .find((file) => fs.existsSync(file));

function playwright() {
  try {
    return require('playwright-core');
  } catch {
    console.log('skipped: playwright-core is missing; run npm ci in checks/tests/pages/browser');
    process.exit(77);
  }
}

async function launch() {
  const {chromium} = playwright();
  if (!executable) {
    console.log('skipped: there is no chromium; apt-get install chromium-headless-shell');
    process.exit(77);
  }
  // With scroll bars, as a reader has them: one that is stray must be seen.
  return chromium.launch({executablePath: executable, ignoreDefaultArgs: ['--hide-scrollbars'], args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
    '--no-first-run', '--disable-smooth-scrolling', '--disable-background-networking', '--disable-component-update', '--disable-sync']});
}

const phone = {width: 390, scheme: 'dark'};
const tablet = {width: 820, scheme: 'light'};
const desk = {width: 1280, scheme: 'light'};

// A page whose console errors, failures and requests beyond the disk are collected in page.problems.
async function open(browser, {width, scheme, scripted = true} = desk) {
  const page = await browser.newPage({viewport: {width, height: 900}, colorScheme: scheme, javaScriptEnabled: scripted});
  page.problems = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.problems.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => page.problems.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => page.problems.push(`not loaded: ${request.url()}`));
  page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || page.problems.push(`request: ${request.url()}`));
  return page;
}

async function moveTo(page, {width, scheme}) {
  await page.setViewportSize({width, height: 900});
  await page.emulateMedia({colorScheme: scheme});
}

const visit = (page, file) => page.goto(pathToFileURL(file.split('#')[0]).href + (file.includes('#') ? '#' + file.split('#')[1] : ''));

// What is wrong with the page as it stands: no part of it needs knowledge of what the page is about.
const defects = (page) => page.evaluate(async () => {
  const found = [];
  await document.fonts.ready;
  // Twice, since what follows a change of size is told after the first.
  for (const _ of [1, 2]) await new Promise((next) => requestAnimationFrame(next));
  const shown = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && element.getClientRects().length > 0;
  if (!document.title) found.push('no title');
  if (!document.documentElement.lang) found.push('no language');
  if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than the window: ${document.documentElement.scrollWidth} > ${innerWidth}`);
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) found.push(`id twice: ${id}`);
  for (const input of document.querySelectorAll('input, select, textarea')) if (!input.labels.length) found.push(`no label: ${input.outerHTML}`);
  for (const link of document.querySelectorAll('a')) if (!link.textContent.trim() && !link.ariaLabel) found.push(`no name: ${link.outerHTML}`);
  for (const svg of document.querySelectorAll('svg[role=img]')) if (!svg.querySelector('title')?.textContent) found.push('a plot without a title');
  for (const math of document.querySelectorAll('math'))
    if (shown(math.parentElement) && !math.closest('.katex-mathml') && math.getBoundingClientRect().width === 0) found.push('a formula without a size');
  for (const error of document.querySelectorAll('.katex-error')) found.push(`not drawn: ${error.textContent}`);

  // Lists that are longer than the window are meant to scroll; lines of formulas, tables and code only sideways.
  for (const element of document.querySelectorAll('main *')) {
    const style = getComputedStyle(element);
    if (/auto|scroll/.test(style.overflowY) && shown(element) && element.scrollHeight > element.clientHeight)
      found.push(`scrolls up and down: ${element.tagName} ${element.className}`);
    if (element.tabIndex === 0 && element.matches('[tabindex]:not([data-plot], [data-map])') && shown(element) && element.scrollWidth <= element.clientWidth)
      found.push(`a tab stop that scrolls nothing: ${element.tagName} ${element.className}`);
    if (/auto|scroll/.test(style.overflowX) && shown(element) && element.scrollWidth > element.clientWidth && element.tabIndex !== 0)
      found.push(`no tab stop to scroll with: ${element.tagName} ${element.className}`);
  }
  // A formula breaks into lines before it scrolls, as far as it has places to break at.
  for (const formula of document.querySelectorAll('.formula > .scroll')) {
    const widest = Math.max(...[...formula.querySelectorAll('.katex-html > .base')].map((base) => base.offsetWidth));
    if (formula.scrollWidth > formula.clientWidth && widest < formula.clientWidth)
      found.push(`a formula is cut: ${formula.textContent.slice(0, 40)}`);
  }
  for (const svg of document.querySelectorAll('main svg[role=img]')) {
    if (!shown(svg) || !svg.viewBox.baseVal) continue;
    const shrunk = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    for (const text of svg.querySelectorAll('text'))
      if (parseFloat(getComputedStyle(text).fontSize) * shrunk < 12) found.push(`text of ${(parseFloat(getComputedStyle(text).fontSize) * shrunk).toFixed(1)} px in a plot`);
  }
  for (const input of document.querySelectorAll('[placeholder]')) {
    const [ink, paper] = [getComputedStyle(input, '::placeholder').color, getComputedStyle(input).backgroundColor];
    if (contrastOf(ink, paper) < 4.5) found.push(`a pale placeholder: ${input.placeholder}`);
  }

  function contrastOf(one, other) {
    const [a, b] = [one, other].map((color) => luminance(channels(color))).sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }
  function channels(color) {
    return color.match(/[\d.]+/g).map(Number);
  }
  function luminance([r, g, b]) {
    return [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  }
  const backgrounds = new Map();
  const background = (element) => {
    if (!element) return [255, 255, 255];
    if (!backgrounds.has(element)) {
      const color = channels(getComputedStyle(element).backgroundColor);
      backgrounds.set(element, color[3] === undefined || color[3] > 0 ? color : background(element.parentElement));
    }
    return backgrounds.get(element);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (!text || element.closest('script, style, annotation, .katex-mathml') || !shown(element)) continue;
    if (!element.closest('code, pre') && /\\[a-zA-Z]{2,}|\$`|`\$|\\tag|[_^]\{/.test(text)) found.push(`raw LaTeX: ${text.slice(0, 60)}`);
    const style = getComputedStyle(element);
    const [a, b] = [luminance(channels(element.closest('svg') ? style.fill : style.color)), luminance(background(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return [...new Set(found)];
});

// Runs named tests in one browser, all at once; every failure is said, and makes the exit status 1.
async function run(tests) {
  const browser = await launch();
  let failures = 0;
  await Promise.all(Object.entries(tests).map(async ([name, test]) => {
    try {
      await test(browser);
      console.log(`passed: ${name}`);
    } catch (error) {
      ++failures;
      console.log(`FAILED: ${name}\n  ${String(error.stack ?? error).replaceAll('\n', '\n  ')}`);
    }
  }));
  await browser.close();
  process.exit(failures ? 1 : 0);
}

module.exports = {phone, tablet, desk, open, moveTo, visit, defects, run};

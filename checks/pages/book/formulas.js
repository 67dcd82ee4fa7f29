// SPDX-License-Identifier: MIT
'use strict';
// Formulas, from what cmark-gfm makes of a note to KaTeX's HTML with MathML beside it for those who listen.

const entities = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'"};
const unescape = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity]);
const escape = (text) => text.replace(/[&<>"']/g, (c) => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'})[c]);

module.exports = (katex) => {
  // := is one sign, and KaTeX has it under another name. Its \top is a hair of a letter beside a matrix.
  const render = (tex, options) => katex.renderToString(
    tex.replaceAll(':=', '\\coloneqq ').replaceAll(/\\top\b/g, '\\mathsf{T}'), {throwOnError: true, strict: 'error', ...options});

  // What stands between the \qquad of a line: statements that may stand below each other where there is no room. One
  // inside of brackets or of an environment joins what belongs together.
  const statements = (tex) => {
    const parts = [''];
    let depth = 0;
    for (const [token] of tex.matchAll(/\\[a-zA-Z]+|\\.|[{}]|[^\\{}]+/gs)) {
      depth += ['{', '\\begin', '\\left'].includes(token) ? 1 : ['}', '\\end', '\\right'].includes(token) ? -1 : 0;
      if (token === '\\qquad' && depth === 0) parts.push('');
      else parts[parts.length - 1] += token;
    }
    return parts.map((part) => part.trim()).filter(Boolean);
  };

  // As people type it: dA^{[L]} is dAL, {W^{[2]}}^{\top} is W2.T.
  const typed = (tex) => escape(tex.replace(/\{?([A-Za-z]+)\^\{\[([^\]]*)\]\}\}?/g, '$1$2').replace(/\^\{?\\top\}?/g, '.T')
    .replace(/\\(?:mathcal|mathrm|mathbf|frac|begin|end|left|right|qquad|tag)\b/g, ' ').replace(/[\\{}&]/g, ' ').replace(/\s+/g, ' ').trim());
  const withTyped = (tex, drawn) => `<!--typed ${typed(tex)}-->${drawn}<!--drawn-->`;

  return {
    escape,
    unescape,
    display: (tex) => withTyped(tex, `<div class="statements">${statements(tex).map((one) => render(one, {displayMode: true})).join('')}</div>`),
    inline: (tex) => withTyped(tex, render(tex, {})),
    // What withTyped() made: with the typed formula for whoever searches, without it for whoever reads.
    drawn: /<!--typed (.*?)-->(.*?)<!--drawn-->/gs,
    // A side of a claim, cut out of a fence: what aligned it there has no meaning alone.
    part: (tex) => {
      const alone = tex.replace(/&/g, '').replace(/^\s*(\\\\\s*)+|(\s*\\\\)+\s*$/g, '').trim();
      try {
        return render(alone, {});
      } catch {
        return `<code>${escape(alone)}</code>`;
      }
    },
  };
};

// SPDX-License-Identifier: MIT
'use strict';
// Formulas, from what cmark-gfm makes of a note to KaTeX's HTML with MathML beside it for those who listen.

const entities = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'"};
const unescape = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity]);
const escape = (text) => text.replace(/[&<>"']/g, (c) => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'})[c]);

module.exports = (katex) => {
  const render = (tex, options) =>
    katex.renderToString(tex.replaceAll(':=', '\\coloneqq '), {throwOnError: true, strict: 'error', ...options});

  return {
    escape,
    unescape,
    display: (tex) => render(tex, {displayMode: true}),
    inline: (tex) => render(tex, {}),
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

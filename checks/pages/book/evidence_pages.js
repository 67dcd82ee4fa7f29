// SPDX-License-Identifier: MIT
'use strict';
// For every note a page that says of each relation how it was decided: the verdict, the points tried and the digits.

const path = require('path');

module.exports = ({notes, evidence, formulas}) => notes.filter((note) => (evidence[note.name] ?? []).some((f) => f.claims?.length)).map((note) => {
  const page = `evidence/${note.page}`;
  const back = path.posix.relative(path.posix.dirname(page), note.page);
  const fences = evidence[note.name].filter((fence) => fence.claims?.length).sort((a, b) => a.line - b.line);
  // "n_{1} = 3" in words of the engine.
  const indexed = (detail) => formulas.escape(detail).replace(/_\{([^}]*)\}/g, '<sub>$1</sub>').replace(/\^\{([^}]*)\}/g, '<sup>$1</sup>');
  // What was proved so that both sides have values, or what of it is not seen.
  const sides = (claim) => {
    if (claim.not_seen) return `<div class="scroll quiet">not exact: it is not seen that ${formulas.part(claim.not_seen)}</div>`;
    if (claim.reservation) return `<div class="quiet">not exact: ${formulas.escape(claim.reservation)}</div>`;
    const all = claim.side_conditions.map(formulas.part).concat(claim.more_side_conditions ? [`${claim.more_side_conditions} more`] : []);
    return all.length ? `<div class="scroll quiet">on the domain ${all.join(', ')}</div>` : '';
  };
  const row = (claim) => `<tr><td><div class="scroll">${formulas.part(claim.left)} ${formulas.inline(claim.relation)} ${formulas.part(claim.right)}` +
    (claim.conditions.length ? ` <span class="quiet">where ${claim.conditions.map(formulas.part).join(', ')}</span>` : '') + '</div>' +
    (claim.failure ? `<pre>${formulas.escape(claim.failure)}</pre>` : '') +
    `</td><td class="${claim.green ? 'good' : 'bad'}">${claim.green ? '✓' : '✗'} ${claim.status}</td><td>${indexed(claim.detail)}${sides(claim)}</td></tr>`;
  const section = (fence) => `<section id="line-${fence.line}"><h2>${fence.tag ? formulas.escape(fence.tag) : 'Line ' + fence.line}</h2>` +
    `<p><a href="${back}#line-${fence.line}">In the note, line ${fence.line}</a>; its test is <code>notes/${note.name}/${formulas.escape(fence.name)}</code>.</p>` +
    '<table class="evidence"><thead><tr><th scope="col">relation</th><th scope="col">verdict</th><th scope="col">how</th></tr></thead>' +
    `<tbody>${fence.claims.map(row).join('\n')}</tbody></table></section>`;
  const claims = fences.flatMap((fence) => fence.claims);
  return {
    page,
    title: `Evidence: ${note.title}`,
    html: `<h1>Evidence: ${formulas.escape(note.title)}</h1><p><a href="${back}">Back to the note</a>. ` +
      `${claims.filter((claim) => claim.green).length} of its ${claims.length} relations hold; what the verdicts mean is said in ` +
      `<a href="${path.posix.relative(path.posix.dirname(page), 'what_is_proved.html')}">what is proved</a>.</p>` + fences.map(section).join('\n'),
  };
});

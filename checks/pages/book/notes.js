// SPDX-License-Identifier: MIT
'use strict';
// The notes: their order, and each as HTML with its formulas drawn, its links led to pages of the book, and a mark at
// every formula that leads to its evidence.

const {execFileSync} = require('child_process');
const fs = require('fs');
const path = require('path');

const slug = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-');
const pageOf = (name) => name.replace(/(^|\/)README$/, '$1index') + '.html';

// In the order in which README.md links to them from its numbered list on, a folder's README among them; then the cases
// that it forgets, and last what is no step of the way.
function orderedNotes(folder) {
  const all = fs.readdirSync(folder, {recursive: true}).map(String).filter((file) => file.endsWith('.md'))
    .map((file) => file.replaceAll(path.sep, '/').slice(0, -3)).sort();
  const readme = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
  const way = readme.slice(readme.search(/^1\. /m)).split(/^## /m)[0];
  const linked = [...way.matchAll(/\]\(([^)#]+)\.md\)/g)].map((match) => match[1]);
  const onTheWay = new Set(['README', ...linked, ...all.filter((name) => name.includes('/'))]);
  return [...onTheWay, ...all.filter((name) => !onTheWay.has(name))].map((name) => ({name, onTheWay: onTheWay.has(name)}));
}

function markOf(fence, evidencePage) {
  if (fence.not_checked)
    return `<span class="mark prose" title="${fence.not_checked.replace(/"/g, '&quot;')}">not checked</span>`;
  const count = fence.claims.length;
  if (count === 0) return '<span class="mark definition" title="a definition: it claims nothing">definition</span>';
  const good = fence.claims.every((claim) => claim.green);
  const statuses = [...new Set(fence.claims.map((claim) => claim.status))].join(', ');
  const said = `${good ? '✓' : '✗'} ${statuses}`;
  return `<a class="mark ${good ? 'good' : 'bad'}" href="${evidencePage}#line-${fence.line}" ` +
    `aria-label="evidence: ${count} ${count === 1 ? 'relation' : 'relations'}, ${statuses}">${said}</a>`;
}

module.exports = ({folder, root, evidence, formulas, files, pictures}) => {
  const link = (name, target) => {
    if (/^[a-z]+:/.test(target) || target.startsWith('#')) return target;
    const [file, anchor] = target.split('#');
    const from = path.posix.dirname(name);
    const inNotes = path.posix.normalize(path.posix.join(from, file));
    const suffix = anchor ? '#' + anchor : '';
    const relative = (page) => path.posix.relative(from, page) || path.posix.basename(page);
    if (inNotes.endsWith('.md') && !inNotes.startsWith('..')) return relative(pageOf(inNotes.slice(0, -3))) + suffix;
    const inRoot = path.posix.relative(root, path.posix.join(folder, inNotes));
    files.add(inRoot);
    return relative(`code/${inRoot}.html`) + suffix;
  };

  const read = ({name, onTheWay}) => {
    const file = path.join(folder, name + '.md');
    let html = execFileSync('cmark-gfm', ['-e', 'table', '-e', 'autolink', '--github-pre-lang', '--sourcepos', file],
      {encoding: 'utf8', maxBuffer: 1 << 26});
    const fences = new Map((evidence[name] ?? []).map((fence) => [fence.line, fence]));
    const upToRoot = path.posix.relative(path.posix.dirname(name), '.') || '.';
    const evidencePage = `${upToRoot}/evidence/${pageOf(name)}`;
    html = html.replace(/<pre data-sourcepos="(\d+):[^"]*" lang="math"><code>(.*?)<\/code><\/pre>/gs, (_, line, tex) => {
      // The checker counts from the first line of the formula, cmark-gfm from the fence.
      const at = [Number(line), Number(line) + 1].find((one) => fences.has(one));
      // KaTeX would lay a name over the end of a formula that is too wide for both.
      const name = tex.match(/\\tag\{([^}]*)\}/)?.[1];
      const drawn = formulas.display(formulas.unescape(tex.replace(/\\tag\{[^}]*\}/, '')));
      const tag = name === undefined ? '' : `<span class="tag">(${name})</span>`;
      const mark = at === undefined ? '' : markOf(fences.get(at), evidencePage);
      return `<div class="formula" id="line-${at ?? line}"><div class="scroll">${drawn}</div><div class="beside">${tag}${mark}</div></div>`;
    });
    // A comma or a stop stays with the formula before it; a long one may break inside.
    html = html.replace(/\$<code>([^<]*)<\/code>\$([.,;:)’]*)/g, (_, tex, signs) => {
      const drawn = formulas.inline(formulas.unescape(tex));
      return signs && tex.length < 40 ? `<span class="unbroken">${drawn}${signs}</span>` : drawn + signs;
    });
    html = html.replace(/<(h[1-6]) data-sourcepos="[^"]*">(.*?)<\/\1>/gs, (_, tag, inner) => {
      const id = slug(formulas.unescape(inner.replace(/<math.*?<\/math>/gs, '').replace(/<[^>]*>/g, '')));
      const anchor = tag === 'h1' ? '' : ` <a class="anchor" href="#${id}" aria-label="link to this section">#</a>`;
      return `<${tag} id="${id}">${inner}${anchor}</${tag}>`;
    });
    html = html.replace(/<table[^>]*>/g, '<div class="scroll"><table>').replace(/<\/table>/g, '</table></div>');
    html = html.replace(/ data-sourcepos="[^"]*"/g, '').replace(/<!-- raw HTML omitted -->\n?/g, '');
    // A long name in a table may break where its parts meet.
    html = html.replace(/<td>[^<]*<\/td>/g, (cell) => cell.replace(/[/_](?!td>)/g, '$&<wbr>'));
    html = html.replace(/href="([^"]*)"/g, (whole, target) =>
      target.startsWith('#') || target.includes('evidence/') ? whole : `href="${link(name, target)}"`);
    // Pictures lie in the book where they lie in the notes.
    const from = path.posix.dirname(name);
    for (const [, target] of html.matchAll(/<img src="([^":]*)"/g)) pictures.add(path.posix.join(from, target));
    const title = fs.readFileSync(file, 'utf8').match(/^# (.*)$/m)?.[1] ?? name;
    return {name, onTheWay, page: pageOf(name), title: title.replace(/[$`]/g, ''), html};
  };

  return orderedNotes(folder).map(read);
};

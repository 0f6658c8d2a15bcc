import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { expect, test } from 'vitest';
import { DIST, readPages } from '../support/site.ts';

/** The site in a language that nobody speaks: what can still be read was not taken from content/i18n. */

const ROOT = new URL('../../', import.meta.url).pathname;
const SPOKEN = ['ariaLabel', 'title', 'alt', 'placeholder'];
/** Code is the same in every language, and pictures and pipelines are drawn from content and data. */
const SAME = new Set(['script', 'style', 'code', 'pre', 'kbd', 'samp', 'template', 'textarea', 'svg']);
const NAMING = new Set([
  'button',
  'label',
  'legend',
  'summary',
  'th',
  'caption',
  'dt',
  'h2',
  'h3',
  'h4',
  'option',
  'nav',
]);
const WORD = /[A-Za-z]{3,}/;
const FOREIGN = /[ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑ]/;

const pages = readPages();
const known = plain([...contentTexts(), ...dataTexts(), ...wordsOfTheData()].join(' \n '));

// Four hundred pages are parsed.
test('what names, heads or labels something comes from content, from the data, or from the catalogue', {
  timeout: 120_000,
}, () => {
  const left = new Map<string, string>();
  for (const { path, html } of pages)
    for (const run of new Set(namesOf(bodyOf(html)).flatMap(readable)))
      if (!left.has(run) && !isKnown(run)) left.set(run, path);
  expect([...left].map(([run, path]) => `/${path}: ${run}`)).toEqual([]);
});

test('every page speaks it', { timeout: 120_000 }, () => {
  const silent = pages.filter(({ html }) => textsOf(bodyOf(html)).filter((text) => FOREIGN.test(text)).length < 20);
  expect(pages.length).toBeGreaterThan(300);
  expect(silent.map(({ path }) => path)).toEqual([]);
});

const bodyOf = (html: string) => fromHtml(html.slice(html.indexOf('<body')), { fragment: true });

/** Texts and spoken attributes of the elements that name, head or label something. */
function namesOf(node: Nodes): string[] {
  if (node.type !== 'root' && node.type !== 'element') return [];
  if (node.type === 'element' && SAME.has(node.tagName)) return [];
  if (node.type === 'root' || !NAMING.has(node.tagName)) return [...spokenOf(node), ...node.children.flatMap(namesOf)];
  return textsOf(node);
}

/** Texts and spoken attributes of a page or an element. */
function textsOf(node: Nodes): string[] {
  if (node.type === 'text') return [node.value];
  if (node.type !== 'root' && node.type !== 'element') return [];
  if (node.type === 'element' && SAME.has(node.tagName)) return [];
  return [...spokenOf(node), ...node.children.flatMap(textsOf)];
}

const spokenOf = (node: Nodes): string[] =>
  node.type === 'element'
    ? SPOKEN.flatMap((name) => (node.properties[name] ? [String(node.properties[name])] : []))
    : [];

/** The parts of a text that somebody can read: what stands between words of the language that nobody speaks. */
const readable = (text: string): string[] =>
  plain(text)
    .split(/[^\x20-\x7e]+/)
    .map((run) => run.trim())
    .filter((run) => WORD.test(run));

/** Whether a run, or else each of its parts between names, figures and signs, is content or data, or two of these. */
const isKnown = (run: string): boolean =>
  known.includes(run) ||
  run.split(/\S*[\d/#_<>-]\S*|[,;:.()"!?]+/).every((part) => !WORD.test(part) || isTwo(part.trim()));

const isTwo = (part: string): boolean =>
  known.includes(part) ||
  part
    .split(' ')
    .some((_, at, words) => known.includes(words.slice(0, at).join(' ')) && known.includes(words.slice(at).join(' ')));

/** With plain quotes, without marks of Markdown, single spaces. */
function plain(text: string): string {
  return text.replace(/[’‘]/g, "'").replace(/[“”]/g, '"').replace(/[`*]/g, '').replace(/\s+/g, ' ');
}

function contentTexts(): string[] {
  const files = globSync('content/**/*.{yaml,yml,md,mdx,json,txt}', { cwd: ROOT });
  return files
    .filter((file) => !file.startsWith('content/i18n/en/'))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'));
}

/** What the site publishes as data, and what the labs printed. */
function dataTexts(): string[] {
  return globSync('{status/v1/**/*.json,contribute/*.json,*.json}', { cwd: DIST }).map((file) =>
    readFileSync(join(DIST, file), 'utf8'),
  );
}

/** The sentences of the data themselves are made on the ground floor, and published in English; the frame brings its own words. */
function wordsOfTheData(): string[] {
  const floors = globSync(
    'src/{status,pipeline,runbook,lab,learn,onboard,world,glossary,cheat-sheet,handbook,editing,sim,practice,sources}/**/*.ts',
    { cwd: ROOT },
  );
  const frame = globSync(
    'node_modules/{@astrojs/starlight/dist/translations,@expressive-code/plugin-frames/dist}/*.js',
    {
      cwd: ROOT,
    },
  );
  return [...floors, ...frame].map((file) => readFileSync(join(ROOT, file), 'utf8'));
}

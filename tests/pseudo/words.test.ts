import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { expect, test } from 'vitest';
import { DIST, readPages } from '../support/site.ts';

/** The site in a language that nobody speaks: what can still be read was not taken from content/i18n. */

const ROOT = new URL('../../', import.meta.url).pathname;
const SPOKEN = ['ariaLabel', 'title', 'alt', 'placeholder'];
/** Code and drawings are the same in every language; what a browser without script shows is parsed as text. */
const SAME = new Set(['script', 'style', 'code', 'pre', 'kbd', 'samp', 'template', 'textarea']);
const WORD = /[A-Za-z]{3,}/;

const pages = readPages();
const known = plain([...contentTexts(), ...dataTexts(), ...wordsOfTheData()].join(' \n '));

test('the words of every page come from content, from the data, or from the catalogue', () => {
  const left = new Map<string, string>();
  for (const { path, html } of pages)
    for (const run of new Set(textsOf(fromHtml(html)).flatMap(readable)))
      if (!left.has(run) && !isKnown(run)) left.set(run, path);
  expect([...left].map(([run, path]) => `/${path}: ${run}`)).toEqual([]);
});

test('headings, buttons and heads of tables of what is made from data speak it', () => {
  const board = pages.find(({ path }) => path === 'status/');
  const heads = textsOf(fromHtml(board?.html ?? '', {})).filter((text) => /[ȧḗīǿŭ]/.test(text));
  expect(heads.length).toBeGreaterThan(40);
});

/** Texts and spoken attributes of a page. */
function textsOf(node: Nodes): string[] {
  if (node.type === 'text') return [node.value];
  if (node.type !== 'root' && node.type !== 'element') return [];
  if (node.type === 'element' && SAME.has(node.tagName)) return [];
  const spoken =
    node.type === 'element'
      ? SPOKEN.flatMap((name) => (node.properties[name] ? [String(node.properties[name])] : []))
      : [];
  return [...spoken, ...node.children.flatMap(textsOf)];
}

/** The parts of a text that somebody can read: what stands between words of the language that nobody speaks. */
const readable = (text: string): string[] =>
  plain(text)
    .split(/[^\x20-\x7e]+/)
    .map((run) => run.trim())
    .filter((run) => WORD.test(run));

/** Whether a run, or else each of its parts between figures and signs, is content or data. */
const isKnown = (run: string): boolean =>
  known.includes(run) || run.split(/[\d,;:.()"'!?/]+/).every((part) => !WORD.test(part) || known.includes(part.trim()));

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

/** The sentences of the data themselves are made on the ground floor, and published in English; Starlight brings its own words. */
function wordsOfTheData(): string[] {
  const floors = globSync(
    'src/{status,pipeline,runbook,lab,learn,onboard,world,glossary,cheat-sheet,handbook,editing,sim,practice,sources}/**/*.ts',
    { cwd: ROOT },
  );
  const starlight = globSync('node_modules/@astrojs/starlight/dist/translations/{index,en}*.js', { cwd: ROOT });
  return [...floors, ...starlight].map((file) => readFileSync(join(ROOT, file), 'utf8'));
}

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PageData } from '#components/runbook/data.ts';
import { readRunbooks } from '#host/runbooks.ts';
import { commandsOf } from '#runbook/catalog.ts';
import { attributes, fileOf, gzipped, inlineScripts, loaded, type Page, read, readPages } from '../support/site.ts';

const { reviews, runbooks, variables } = await readRunbooks(process.cwd());
const pages = new Map(readPages().map((page) => [page.path, page]));
const each = test.each(runbooks.map((runbook) => [runbook.id, runbook] as const));
const KIB = 1_024;

function pageOf(id: string): Page {
  const page = pages.get(`runbooks/${id}/`);
  if (!page) throw new Error(`/runbooks/${id}/ is not built.`);
  return page;
}

function dataOf(id: string): PageData {
  const script = /<script[^>]* id="runbook-data"[^>]*>([^<]*)<\/script>/.exec(pageOf(id).html)?.[1];
  return JSON.parse(script ?? 'null');
}

/** What a reader sees: no scripts, no attributes. */
const seen = (html: string): string => html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '');

test('there are runbooks, and each is in the list', () => {
  expect(runbooks.length).toBeGreaterThan(0);
  const hrefs = attributes(pages.get('runbooks/')?.html ?? '', 'href');
  expect(runbooks.filter(({ id }) => !hrefs.some((href) => href.endsWith(`/runbooks/${id}/`)))).toEqual([]);
});

each('each step of %s has an address of its own, and no id is given twice', (id, { steps }) => {
  const ids = attributes(pageOf(id).html, 'id');
  expect(ids).toEqual(expect.arrayContaining(steps.map((step) => `step-${step.id}`)));
  expect(ids.filter((one, at) => ids.indexOf(one) !== at)).toEqual([]);
});

each('no variable of %s stands open, and every one is marked', (id, runbook) => {
  const { html } = pageOf(id);
  expect(seen(html).match(/\{\{[a-z][a-z0-9-]*\}\}/g)).toBeNull();
  const marked = new Set(attributes(html, 'data-var'));
  expect([...marked].filter((name) => !runbook.variables.includes(name))).toEqual([]);
  expect(runbook.variables.filter((name) => !marked.has(name))).toEqual([]);
});

each('what %s lets a reader copy is its commands as they are written, and nothing that they print', (id, runbook) => {
  const { commands } = dataOf(id);
  const written = runbook.steps.flatMap((step) =>
    commandsOf(step).map(({ part, text }) => [`${step.id}.${part}`, text] as const),
  );
  const copied = Object.entries(commands).filter(([key]) => !key.startsWith('export.'));
  expect(copied.map(([key, { text }]) => [key, text])).toEqual(written);
  const buttons = attributes(pageOf(id).html, 'data-copies').filter((key) => key !== 'all');
  expect(buttons.toSorted()).toEqual(Object.keys(commands).toSorted());
});

each('each free text of %s has its line for the shell', (id, runbook) => {
  const free = runbook.variables.filter((name) => ['text', 'url'].includes(variables[name]?.type ?? ''));
  const lines = Object.keys(dataOf(id).commands).filter((key) => key.startsWith('export.'));
  expect(lines).toEqual(free.map((name) => `export.${name}`));
});

each('%s says who ran it, who read it and whether its text has changed, and promises nothing', (id, { status }) => {
  const text = seen(pageOf(id).html);
  for (const what of ['Text changed', 'Commands last run', 'Reviewed by a person']) expect(text).toContain(what);
  expect(text.includes('Draft: never executed.')).toBe(status === 'draft');
});

each('the script of %s is one that bash can read, and says that its values are examples', (id) => {
  const file = fileOf(`runbooks/${id}.sh`);
  if (!file) throw new Error(`/runbooks/${id}.sh is not built.`);
  const { status, stderr } = spawnSync('bash', ['-n', file], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [first, second, third] = readFileSync(file, 'utf8').split('\n');
  expect([first, second]).toEqual(['#!/usr/bin/env bash', '']);
  expect(third).toContain('The values are examples.');
});

each('the files of %s say what is known of its commands, and that nobody has confirmed them', (id, { status }) => {
  for (const kind of ['sh', 'md']) {
    const [head = ''] =
      readFileSync(fileOf(`runbooks/${id}.${kind}`) ?? '', 'utf8').match(/.*State of its commands.*/) ?? [];
    expect(head.includes('draft, never executed')).toBe(status === 'draft');
    const isReviewed = reviews.some(({ runbook }) => runbook === id);
    expect(head.includes('Not yet confirmed on Fedora’s cluster.')).toBe(!isReviewed);
  }
});

each('%s as Markdown says that its values are examples, and leaves none open', (id) => {
  const text = readFileSync(fileOf(`runbooks/${id}.md`) ?? '', 'utf8');
  expect(text.split('\n').slice(0, 4).join('\n')).toContain('The values are examples.');
  expect(text.match(/\{\{[a-z][a-z0-9-]*\}\}/g)).toBeNull();
});

test('the page of a runbook is at most 24 KiB, its script at most 8 KiB', () => {
  const weights = runbooks.map(({ id }) => {
    const page = pageOf(id);
    const file = loaded(page).scripts.find((src) => /Runbook\.astro/.test(src));
    const own = inlineScripts(page.html).find((text) => text.includes('runbook-data') && text.includes('clipboard'));
    return { id, html: gzipped(page.html), script: gzipped(own ?? (file ? read(file) : '')) };
  });
  const heaviest = weights.toSorted((a, b) => b.html - a.html)[0];
  console.log(`heaviest runbook: ${heaviest?.id}, HTML ${heaviest?.html} B gzip, its script ${heaviest?.script} B`);
  expect(weights.filter(({ script }) => script === 0 || script > 8 * KIB)).toEqual([]);
  expect(weights.filter(({ html }) => html > 24 * KIB)).toEqual([]);
});

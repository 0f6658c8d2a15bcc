import { expect, test } from 'vitest';
import { parseSnapshot } from '#status/parse.ts';
import { attributes, BASE, fileOf, gzipped, inlineScripts, loaded, read, readPages } from '../support/site.ts';

const pages = readPages().filter(({ path }) => /^pipelines\/[^/]+\/$/.test(path) && path !== 'pipelines/tasks/');
const each = test.each(pages.map((page) => [page.path, page] as const));
const KIB = 1_024;

test('there is a page for each walkthrough', () => {
  expect(pages.length).toBeGreaterThanOrEqual(7);
});

each('no id of %s is given twice', (_, { html }) => {
  const ids = attributes(html, 'id');
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

each('picture and list of %s name the same', (_, { html }) => {
  const boxes = new Set(attributes(html, 'data-node'));
  const items = attributes(html, 'id').filter((id) => id.startsWith('task-'));
  expect([...boxes]).toEqual(items);
});

each('each key of a picture of %s leads to a box', (_, { html }) => {
  const boxes = new Set(attributes(html, 'data-node'));
  const keys = attributes(html, 'data-keys').flatMap((text) => text.split(' ').filter(Boolean));
  expect(keys.filter((key) => !boxes.has(key))).toEqual([]);
});

each('%s says that it is practice, unless it is real or drawn from documents', (_, { html }) => {
  const { mode } = parseSnapshot(read(`${BASE}status/v1/snapshot.json`), 'snapshot.json');
  const isDrawn = html.includes('data-node="') && !html.includes('No file holds this path');
  expect(html.includes('Practice pipeline, not Fedora')).toBe(mode === 'sample' && isDrawn);
});

each('%s says what it comes from', (_, { html }) => {
  expect(html).toMatch(/Read from |drawn from the recorded build|Not seen: |No file holds this path/);
  expect(html).toContain('id="sources"');
});

test('a pipeline of which a version was seen has a history', () => {
  const { pipelines } = parseSnapshot(read(`${BASE}status/v1/snapshot.json`), 'snapshot.json');
  for (const { id, versions } of pipelines)
    expect(fileOf(`pipelines/${id}/history/`) !== null, id).toBe(versions.length > 0);
});

test('a walkthrough weighs at most 80 KiB, its script at most 4 KiB', () => {
  const page = pages.find(({ path }) => path.includes('upstream-multi-platform'));
  if (!page) throw new Error('There is no page of the pipeline of sixteen tasks.');
  const own = inlineScripts(page.html).find((text) => text.includes('sw-pipeline'));
  const file = loaded(page)
    .scripts.map(read)
    .find((text) => text.includes('sw-pipeline'));
  const script = gzipped(own ?? file ?? '');
  const html = gzipped(page.html);
  console.log(`walkthrough of sixteen tasks: HTML ${html} B gzip, its script ${script} B`);
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThanOrEqual(4 * KIB);
  expect(html).toBeLessThanOrEqual(80 * KIB);
});

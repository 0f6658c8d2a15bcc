import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { codeOf, sourceOf } from '#editing/source.ts';

test.each([
  ['runbooks/stale-image', 'content/runbooks/stale-image.yaml'],
  ['labs/retest', 'content/labs/retest.yaml'],
  ['pipelines/life-of-a-change', 'content/pipelines/life-of-a-change.yaml'],
  ['pipelines/coreos/history', 'content/pipelines/coreos.yaml'],
  ['glossary', 'content/glossary.yaml'],
  ['handbook/reference/objects/snapshot', 'content/objects.yaml'],
  ['handbook/reference/states', 'content/codes.yaml'],
  ['status/images/development/standard/rawhide', 'content/status/targets.yaml'],
  ['status/images/development/standard/rawhide/packages', 'content/status/targets.yaml'],
])('the words of %s are in %s', (page, file) => {
  expect(sourceOf(page)).toBe(file);
  expect(existsSync(file)).toBe(true);
});

test.each(['runbooks', 'labs/differences', 'pipelines/tasks', 'status', 'offline', 'runbooks/../../etc/passwd', ''])(
  'the words of %j are in no file of content',
  (page) => {
    expect(sourceOf(page)).toBeNull();
  },
);

test('every page of code that has one address is found as a file', () => {
  const pages = globSync('src/pages/**/[!_]*.astro').filter((file) => !file.includes('['));
  expect(pages.length).toBeGreaterThan(10);
  for (const file of pages) {
    const id = file.replace(/^src\/pages\//, '').replace(/(\/index)?\.astro$/, '');
    expect(
      codeOf(id).some((path) => existsSync(path)),
      basename(file),
    ).toBe(true);
  }
});

import { expect, test } from 'vitest';
import { pagesOf } from '#editing/addresses.ts';

test.each([
  ['content/docs/index.mdx', ['']],
  ['content/docs/404.md', ['404.html']],
  ['content/docs/start/index.md', ['start/']],
  ['content/docs/handbook/evidence.md', ['handbook/evidence/']],
  ['content/runbooks/stale-image.yaml', ['runbooks/stale-image/']],
  ['content/pipelines/coreos.yaml', ['pipelines/coreos/']],
  ['content/pipelines/tasks/init.yaml', ['pipelines/tasks/']],
  ['content/glossary.yaml', ['glossary/']],
  ['src/pages/status/index.astro', ['status/']],
  ['src/pages/start/onboard.astro', ['start/onboard/']],
])('%s makes %j', (file, pages) => {
  expect(pagesOf(file)).toEqual(pages);
});

test.each([
  'content/docs/_template.md',
  'content/docs/handbook/_draft.md',
  'content/runbooks/README.md',
  'content/runbooks/template.yaml.txt',
  'content/worlds/duty.yaml',
  'src/pages/runbooks/[id].astro',
  'src/pages/_titles.ts',
  'src/pages/status/images/[channel]/_Page.astro',
  'constructor',
  'content/constructor/a.yaml',
])('%s makes no page of its own', (file) => {
  expect(pagesOf(file)).toEqual([]);
});

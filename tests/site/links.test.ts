import { expect, test } from 'vitest';
import { brokenLinks } from '#editing/links.ts';
import { readRunbooks } from '#host/runbooks.ts';
import { valuesTaken } from '#host/site-links.ts';
import { attributes, BASE, fileOf, readPages } from '../support/site.ts';

const ORIGIN = 'http://site.invalid';
const pages = readPages();
const broken = Map.groupBy(
  brokenLinks({
    base: BASE,
    pages,
    has: (path) => fileOf(path) !== null,
    unfit: valuesTaken(await readRunbooks(process.cwd())),
  }),
  ({ page }) => page,
);

test.each(pages.map(({ path }) => [path || 'the front page', path] as const))(
  'every link of %s leads somewhere',
  (_, path) => {
    expect((broken.get(path) ?? []).map(({ address, why }) => `${address} ${why}`)).toEqual([]);
  },
);

test('what a lab leads to is called by its title, not by its address', () => {
  const labs = pages.filter(({ path }) => path.startsWith('labs/'));
  const names = labs.flatMap(({ html }) => {
    const [list = ''] = /<ul class="lab-next"[\s\S]*?<\/ul>/.exec(html) ?? [];
    return [...list.matchAll(/<a [^>]*>([^<]+)<\/a>/g)].map(([, name = '']) => name);
  });
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !/^[A-Z]/.test(name))).toEqual([]);
});

test('every page can be reached from the front page', () => {
  const known = new Map(pages.map((page) => [page.path, page]));
  const reached = new Set(['']);
  for (const path of reached) {
    const page = known.get(path);
    for (const href of page ? attributes(page.html, 'href') : []) {
      const url = new URL(href, `${ORIGIN}${BASE}${path}`);
      if (url.origin === ORIGIN) reached.add(url.pathname.slice(BASE.length));
    }
  }
  const isMoved = (path: string) => /<title>Moved: /.test(known.get(path)?.html ?? '');
  expect([...known.keys()].filter((path) => !reached.has(path) && !isMoved(path))).toEqual(['404.html']);
});

import { expect, test } from 'vitest';
import { readRunbooks } from '#host/runbooks.ts';
import { valuesOf } from '#runbook/link.ts';
import { attributes, BASE, fileOf, type Page, readPages } from '../support/site.ts';

const ORIGIN = 'http://site.invalid';
const { runbooks, variables } = await readRunbooks(process.cwd());
const pages = readPages();
const anchors = new Map(pages.map((page) => [page.path, new Set(attributes(page.html, 'id'))]));

/** What is wrong with the addresses of a page. */
function faults(page: Page): string[] {
  // A lost page is shown at any depth: only what begins at the root is right there.
  const from = `${ORIGIN}${BASE}${page.path === '404.html' ? 'lost/at/sea/' : page.path}`;
  const addresses = new Set([...attributes(page.html, 'href'), ...attributes(page.html, 'src')]);
  return [...addresses].flatMap((address) => {
    const url = new URL(address, from);
    if (url.origin !== ORIGIN)
      return /^(https?|mailto|data):$/.test(url.protocol)
        ? []
        : [`${address}: ${url.protocol} is no address to link to`];
    if (!url.pathname.startsWith(BASE)) return [`${address} lies outside ${BASE}`];
    const path = url.pathname.slice(BASE.length);
    if (address.startsWith('#') && page.path === '404.html') return [];
    if (!fileOf(path)) return [`${address} leads nowhere`];
    if (url.hash.startsWith('#v='))
      return unfit(path, url.hash).map((name) => `${address}: "${name}" is not taken there`);
    const anchor = decodeURIComponent(url.hash.slice(1));
    return anchor && !anchors.get(path)?.has(anchor) ? [`${address}: there is no "${anchor}"`] : [];
  });
}

/** Names of the values of a link that the runbook does not ask for or cannot take. */
function unfit(path: string, fragment: string): string[] {
  const runbook = runbooks.find(({ id }) => path === `runbooks/${id}/`);
  const asked = Object.entries(variables).filter(([name]) => runbook?.variables.includes(name));
  return valuesOf(fragment, Object.fromEntries(asked)).dropped;
}

test.each(pages.map((page) => [page.path || 'the front page', page] as const))(
  'every link of %s leads somewhere',
  (_, page) => {
    expect(faults(page)).toEqual([]);
  },
);

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
  expect([...known.keys()].filter((path) => !reached.has(path))).toEqual(['404.html']);
});

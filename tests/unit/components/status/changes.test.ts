import { afterEach, expect, test, vi } from 'vitest';
import Changes from '#components/status/changes/Changes.astro';
import Compare from '#components/status/changes/Compare.astro';
import { readList } from '#components/status/changes/compare.ts';
import DeltaTable from '#components/status/changes/DeltaTable.astro';
import { Parity } from '#status/change.ts';
import type { DeltaRow } from '#status/delta-rows.ts';
import { writePackages } from '#status/packages.ts';
import { archDelta, packageList } from '../../../support/packages.ts';
import { render, spoken } from '../../../support/render.ts';
import { digest, hoursAgo, image, snapshot } from '../../../support/snapshot.ts';

const ID = 'development/standard/44';
const PROD = 'production/standard/44';

afterEach(() => vi.unstubAllGlobals());

function shown(one = image(ID), ...others: ReturnType<typeof image>[]) {
  return render(Changes, { image: one, snapshot: snapshot([one, ...others]) });
}

test('says against what, and how many packages, and marks a downgrade by word and shape', async () => {
  const previous = { since: 'previous' as const, with: null, of: digest(ID), digest: digest('b'), at: hoursAgo(30) };
  const html = await shown(
    image(ID, 'fresh', { changes: [{ ...previous, arches: [archDelta('x86_64', { upgraded: 3, downgraded: 1 })] }] }),
  );
  expect(spoken(html)).toContain('the image before tagged 20 Nov 2026 x86_64: 1 downgraded, 3 upgraded');
  expect(html).toContain('#sw-triangle-down');
  expect(html).toContain(`status/images/${ID}/changes/`);
});

test('says which list is missing, why, and how production’s can be read', async () => {
  const arches = [archDelta('x86_64', { state: 'list-missing', missing: ['there'] })];
  const parity = Parity.parse({ with: PROD, sameDigest: false, of: digest(ID), digest: digest(PROD), arches });
  const said = spoken(await shown(image(ID, 'fresh', { parity }), image(PROD)));
  expect(said).toContain('x86_64: not known: production’s list is missing: it carries no SBOM');
  expect(said).toContain('npm run snapshot -- --scan');
  expect(said).not.toContain('the same packages');
});

test('says of a first image that nothing earlier is known, and nothing at all of one that is gone', async () => {
  const said = spoken(await shown());
  expect(said).toMatch(/^What changed What the tag pointed at before .* is not known\.$/);
  expect(spoken(await shown(image(ID, 'withdrawn')))).toBe('');
});

test('folds a long table, names architectures only where they differ, and shows hostile names as text', async () => {
  const row = (name: string, change: Partial<DeltaRow> = {}): DeltaRow => ({
    ...{ kind: 'upgraded', name, from: '1-1', to: '2-1', arches: ['x86_64', 'aarch64'] },
    ...change,
  });
  const rows = Array.from({ length: 40 }, (_, index) => row(`package-${index}`));
  const long = await render(DeltaTable, { rows, of: 2, about: 'x' });
  expect(long).toMatch(/<summary[^>]*> *40 upgraded/);
  expect(long).not.toMatch(/<details[^>]* open/);
  expect(spoken(long)).not.toContain('architectures');
  const odd = [row('<b>a\u0007</b>', { kind: 'downgraded', arches: ['x86_64'] })];
  const short = await render(DeltaTable, { rows: odd, of: 2, about: 'x' });
  expect(short).toMatch(/<details[^>]* open/);
  expect(short).toContain('&lt;b&gt;a␇&lt;/b&gt;');
  expect(spoken(short)).toContain('1-1 → 2-1 x86_64');
});

test('offers a comparison only where there are two lists, hidden until a script shows it', async () => {
  const choice = (name: string) => ({ target: ID, digest: digest(name), at: hoursAgo(5), arches: ['x86_64'] });
  expect(spoken(await render(Compare, { choices: [choice('a')] }))).toContain('Not possible yet');
  const html = await render(Compare, { choices: [choice('a'), choice('b')] });
  expect(html).toMatch(/<form[^>]* hidden/);
  expect(html).toContain(`v1/packages/${digest('a').slice(7)}/x86_64.json`);
});

test.each([
  ['a published list', 200, writePackages(packageList(digest('a'), 'x86_64', 'bash-5.2-1.x86_64')), 1],
  ['a page that is not there', 404, 'gone', null],
  ['something that is no JSON', 200, '<html>', null],
  ['something that is no list', 200, '{"packages":[["bash"]]}', null],
  ['nothing', 200, 'null', null],
])('reads %s in the browser', async (_, status, body, expected) => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return new Response(body, { status });
  });
  const list = await readList('/base/status/v1/packages/', digest('a'), 'x86_64');
  expect(list?.length ?? null).toBe(expected);
  expect(asked).toEqual([`/base/status/v1/packages/${digest('a').slice(7)}/x86_64.json`]);
});

import { expect, test } from 'vitest';
import { compare } from '#sources/packages/comparison.ts';
import type { Context } from '#sources/pass.ts';
import type { Records } from '#sources/records.ts';
import type { Watched } from '#sources/registry/repository.ts';
import { Provenance } from '#status/attachment.ts';
import type { Evidence } from '#status/facets.ts';
import type { Snapshot } from '#status/model.ts';
import type { PackageList } from '#status/packages.ts';
import { Sbom, unreadArch } from '#status/sbom.ts';
import type { Target } from '#status/targets.ts';
import { evidence } from '../../../support/evidence.ts';
import { packageList, watchedRecords } from '../../../support/packages.ts';
import { digest, hoursAgo, image, NOW, signature, snapshot, target } from '../../../support/snapshot.ts';

const DEVEL = 'development/standard/45';
const PROD = 'production/standard/45';
const [now, before, prod] = [digest('now'), digest('before'), digest('prod')];
const HISTORY: Evidence['history'] = [
  { digest: now, from: hoursAgo(5), to: null },
  { digest: before, from: hoursAgo(200), to: hoursAgo(5) },
];

function watched(id: string, change: Partial<Evidence>, of: Partial<Target> = {}): Watched {
  const one = target(id, { arches: ['x86_64'], ...of });
  return { target: one, evidence: evidence(5, change, one) };
}

const devel = (change: Partial<Evidence> = {}, of: Partial<Target> = {}) =>
  watched(DEVEL, { digest: now, history: HISTORY, ...change }, { parity: PROD, ...of });
const production = (change: Partial<Evidence> = {}) =>
  watched(PROD, { digest: prod, createdAt: hoursAgo(53), history: [], ...change });

async function compared(records: Records, images: Watched[]): Promise<Evidence[]> {
  return (await compare(around(records), images)).map((one) => one.evidence);
}

/** The pass asks nothing else of its surroundings. */
function around(records: Records, previous: Snapshot | null = null): Context {
  return { records, previous, nowMs: Date.parse(NOW) } as Context;
}

const LISTS = [
  packageList(now, 'x86_64', 'bash-5.3-1.x86_64', 'curl-8.1-1.x86_64', 'new-1-1.noarch'),
  packageList(before, 'x86_64', 'bash-5.2-1.x86_64', 'curl-8.2-1.x86_64', 'old-1-1.noarch'),
  packageList(prod, 'x86_64', 'bash-5.3-1.x86_64', 'curl-8.1-1.x86_64', 'new-1-1.noarch'),
];
const figures = { added: 1, removed: 1, upgraded: 1, downgraded: 1 };
const none = { added: 0, removed: 0, upgraded: 0, downgraded: 0 };

test('tells what it takes to get from the earlier image to this one', async () => {
  const [image] = await compared(await watchedRecords(...LISTS), [devel()]);
  expect(image?.changes.map(({ since, of, digest: other }) => [since, of, other])).toEqual([
    ['previous', now, before],
    ['yesterday', now, before],
    ['week', now, before],
  ]);
  for (const { arches } of image?.changes ?? [])
    expect(arches).toEqual([{ arch: 'x86_64', state: 'differs', missing: [], ...figures }]);
});

test('compares with production: digest, age, packages, trust', async () => {
  const signed = { signature: signature('verified'), sbom: Sbom.parse({ state: 'absent', digest: null }) };
  const plain = {
    signature: signature('absent'),
    sbom: Sbom.parse({ state: 'present-unverified', digest: null }),
    provenance: Provenance.parse({ state: 'failed', digest: null }),
  };
  const [image] = await compared(await watchedRecords(...LISTS), [devel(signed), production(plain)]);
  expect(image?.parity).toEqual({
    with: PROD,
    sameDigest: false,
    of: now,
    digest: prod,
    olderByMs: -48 * 3_600_000,
    arches: [{ arch: 'x86_64', state: 'equal', missing: [], ...none }],
    trust: { here: ['signature'], there: ['SBOM'] },
  });
});

test.each([
  ['here', [prod], ['here']],
  ['there', [now], ['there']],
  ['on both sides', [], ['here', 'there']],
])('calls nothing equal where the list is missing %s', async (_, present, missing) => {
  const records = await watchedRecords(...LISTS.filter(({ image }) => present.includes(image)));
  const [image] = await compared(records, [devel(), production()]);
  expect(image?.parity?.arches).toEqual([{ arch: 'x86_64', state: 'list-missing', missing, ...none }]);
});

test('calls nothing equal where a part of a list could not be read, and still tells what differs', async () => {
  const part = (list: PackageList | undefined) => (list ? [{ ...list, unreadable: 2 }] : []);
  const [ours, older, theirs] = LISTS;
  const records = await watchedRecords(...part(ours), ...part(older), ...(theirs ? [theirs] : []));
  const [image] = await compared(records, [devel(), production()]);
  expect(image?.parity?.arches).toEqual([{ arch: 'x86_64', state: 'list-missing', missing: ['here'], ...none }]);
  expect(image?.changes[0]?.arches).toEqual([{ arch: 'x86_64', state: 'differs', missing: [], ...figures }]);
});

test('compares anew where another list has taken the place of one, on either side', async () => {
  const listed = (image: string, blob: string) => ({
    sbom: Sbom.parse({
      state: 'present-unverified',
      digest: null,
      image,
      arches: [{ ...unreadArch('x86_64'), state: 'read', digest: digest(blob) }],
    }),
  });
  const records = await watchedRecords(...LISTS);
  const images = [devel(listed(now, 'a')), production(listed(prod, 'b'))];
  const first = await compare(around(records), images);
  expect(first[0]?.evidence.parity?.arches[0]?.state).toBe('equal');
  await records.keepPackages(packageList(prod, 'x86_64', 'bash-5.3-1.x86_64'));
  const other = first.map((one) =>
    one.target.id === PROD ? { ...one, evidence: { ...one.evidence, ...listed(prod, 'c') } } : one,
  );
  const previous = snapshot(first.map(({ evidence: { id, sbom } }) => image(id, 'fresh', { sbom })));
  const second = await compare(around(records, previous), other);
  expect(second[0]?.evidence.parity?.arches[0]).toMatchObject({ state: 'differs', added: 2 });
});

test('calls images of one digest equal without any list, and leaves out an arch that is not there', async () => {
  const arches = [
    { arch: 'x86_64' as const, digest: digest('amd64'), size: 1, createdAt: null },
    { arch: 's390x' as const, digest: null, size: null, createdAt: null },
  ];
  const [image] = await compared(await watchedRecords(), [devel({ arches }), production({ digest: now })]);
  expect(image?.parity).toMatchObject({ sameDigest: true, arches: [{ arch: 'x86_64', state: 'equal' }] });
  expect(image?.parity?.arches).toHaveLength(1);
});

test('reads no list again while neither side has changed, and all anew once one has', async () => {
  const records = await watchedRecords(...LISTS);
  const [first] = await compared(records, [devel(), production()]);
  expect(records.asked.toSorted()).toEqual([now, before, prod].map((one) => `${one} x86_64`).toSorted());
  records.asked.length = 0;
  if (!first) throw new Error('no image');
  const again = await compared(records, [{ ...devel(), evidence: first }, production()]);
  expect(again[0]).toEqual(first);
  expect(records.asked).toEqual([]);
  const other = digest('other');
  await records.keepPackages(packageList(other, 'x86_64', 'bash-5.3-1.x86_64'));
  const [moved] = await compared(records, [{ ...devel(), evidence: first }, production({ digest: other })]);
  expect(records.asked).toEqual([`${now} x86_64`, `${other} x86_64`]);
  expect(moved?.parity?.arches[0]).toMatchObject({ state: 'differs', added: 2 });
  const [rebuilt] = await compared(records, [{ ...devel(), evidence: { ...first, digest: other } }, production()]);
  expect(rebuilt?.parity).toMatchObject({ of: other, arches: [{ removed: 2 }] });
  expect(rebuilt?.parity?.arches[0]).toMatchObject({ removed: 2, added: 0 });
});

test('looks again only for the list that was missing, until it is there', async () => {
  const records = await watchedRecords(...LISTS.slice(0, 1));
  const [first] = await compared(records, [devel({ history: [] }), production()]);
  if (!first) throw new Error('no image');
  records.asked.length = 0;
  await compared(records, [{ ...devel(), evidence: first }, production()]);
  expect(records.asked).toEqual([`${prod} x86_64`]);
  for (const list of LISTS) await records.keepPackages(list);
  const [found] = await compared(records, [{ ...devel(), evidence: first }, production()]);
  expect(found?.parity?.arches[0]?.state).toBe('equal');
});

test('counts a damaged list as missing', async () => {
  const records = await watchedRecords(...LISTS);
  await records.write(`packages/${prod.slice(7)}/x86_64.json`, '{"schema":1,"packages":[["bash"');
  const [image] = await compared(records, [devel(), production()]);
  expect(image?.parity?.arches[0]).toMatchObject({ state: 'list-missing', missing: ['there'] });
});

test('holds an image against the release before', async () => {
  const images = [devel(), watched('development/standard/44', { digest: before, history: [] })];
  const [image] = await compared(await watchedRecords(...LISTS), images);
  expect(image?.changes.at(-1)).toMatchObject({ since: 'release', with: 'development/standard/44', digest: before });
  expect(image?.changes.at(-1)?.arches[0]).toMatchObject(figures);
});

test('says nothing of an image that is gone, and leaves parity open where the counterpart is', async () => {
  const [gone] = await compared(await watchedRecords(...LISTS), [devel({ digest: null }), production()]);
  expect(gone).toMatchObject({ changes: [], parity: null });
  const [alone] = await compared(await watchedRecords(...LISTS), [devel(), production({ digest: null })]);
  expect(alone?.parity).toMatchObject({ sameDigest: null, digest: null, arches: [], trust: null, olderByMs: null });
});

test('has one list of each side at a time in memory, however many targets there are', async () => {
  const records = await watchedRecords();
  let held = 0;
  let most = 0;
  const counting: Records = {
    ...records,
    packages: async (image, arch) => {
      held += 1;
      most = Math.max(most, held);
      await Promise.resolve();
      held -= 1;
      return records.packages(image, arch);
    },
  };
  const many = Array.from({ length: 50 }, (_, index) => watched(`development/standard/${index}`, { history: HISTORY }));
  await compared(counting, many);
  expect(most).toBe(1);
});

import { expect, test } from 'vitest';
import {
  API,
  ask,
  HOUR_MS,
  hash,
  NOW_MS,
  REPOSITORY,
  type RepositoryPage,
  tagsOf,
  worldOf,
  worldWith,
} from './world.ts';

const LIST = `${API}/repository?namespace=fedora&public=true&last_modified=true`;
const NOW_S = NOW_MS / 1_000;
const HOUR_S = HOUR_MS / 1_000;

test('lists the public repositories of a namespace with the start of their newest tag', async () => {
  const world = worldOf([
    { repository: 'fedora/b', tags: { '45': ['-5h'], '44': ['-9h'] } },
    { repository: 'fedora/empty', tags: {} },
    { repository: 'fedora/hidden', private: true, tags: { '45': ['-1h'] } },
    { repository: 'other/c', tags: { '45': ['-1h'] } },
    { repository: 'fedora/app', kind: 'application', tags: {} },
  ]);
  const { body } = await ask<RepositoryPage>(world, LIST);
  expect(body.repositories.map(({ namespace, name, last_modified }) => [namespace, name, last_modified])).toEqual([
    ['fedora', 'b', NOW_S - 5 * HOUR_S],
    ['fedora', 'empty', null],
  ]);
  expect(body).not.toHaveProperty('next_page');
});

test('lists nothing for an anonymous reader who does not ask for the public ones', async () => {
  const { body } = await ask<RepositoryPage>(worldWith(['-5h']), `${API}/repository?namespace=fedora`);
  expect(body.repositories).toEqual([]);
});

test('refuses a list of everything', async () => {
  expect(await ask(worldWith(['-5h']), `${API}/repository`)).toMatchObject({
    status: 400,
    body: { error_type: 'invalid_request', status: 400, type: `${API}/error/invalid_request` },
  });
});

test('gives a hundred repositories a page, and page one again for a token that it cannot read', async () => {
  const names = Array.from({ length: 230 }, (_, index) => `v${index}`);
  const world = worldOf([{ repository: 'fedora/{variant}', variant: names, tags: {} }]);
  const seen: string[] = [];
  let next: string | undefined = '';
  const sizes: number[] = [];
  while (next !== undefined) {
    const { body }: { body: RepositoryPage } = await ask<RepositoryPage>(world, `${LIST}&next_page=${next}`);
    seen.push(...body.repositories.map(({ name }) => name));
    sizes.push(body.repositories.length);
    next = body.next_page;
  }
  expect(sizes).toEqual([100, 100, 30]);
  expect(new Set(seen).size).toBe(230);
  const { body } = await ask<RepositoryPage>(world, `${LIST}&next_page=%00nonsense`);
  expect(body.repositories[0]?.name).toBe('v0');
});

test('a deletion does not raise the date of the newest change, a signature does', async () => {
  const world = worldOf([
    { repository: 'fedora/a', tags: { '45': { pushes: ['-5h'], deleted: '-1h' }, '44': ['-9h'] } },
    { repository: 'fedora/b', tags: { '45': [{ at: '-5h', attach: ['signature'] }] } },
  ]);
  const { body } = await ask<RepositoryPage>(world, LIST);
  expect(body.repositories.map((one) => one.last_modified)).toEqual([NOW_S - 9 * HOUR_S, NOW_S - 5 * HOUR_S + 60]);
});

test('lists tags newest first, dead ones with their end, in the spelling that Quay has for dates', async () => {
  const { tags } = await tagsOf(worldWith(['-5h', '-29h']));
  const [alive, dead] = tags;
  expect(alive).toMatchObject({
    name: '45',
    start_ts: NOW_S - 5 * HOUR_S,
    last_modified: 'Fri, 20 Nov 2026 09:07:00 -0000',
  });
  expect(alive).not.toHaveProperty('end_ts');
  expect(alive).not.toHaveProperty('expiration');
  expect(dead).toMatchObject({ end_ts: NOW_S - 5 * HOUR_S, expiration: 'Fri, 20 Nov 2026 09:07:00 -0000' });
  expect(dead?.manifest_digest).not.toBe(alive?.manifest_digest);
});

test('lists no dead tag when only living ones are asked for, nor one older than the time machine', async () => {
  const world = worldWith(['-5h', '-29h', '-20d']);
  expect((await tagsOf(world, '?onlyActiveTags=true')).tags).toHaveLength(1);
  expect((await tagsOf(worldWith(['-16d', '-20d']))).tags).toHaveLength(1);
  expect((await tagsOf(worldWith(['-16d', '-20d'], {}, { quay: { timeMachine: '30d' } }))).tags).toHaveLength(2);
});

test('an expiry to come is named on a tag that still stands', async () => {
  const { tags } = await tagsOf(worldWith([{ at: '-5h', expires: '+5d' }]), '?onlyActiveTags=true');
  expect(tags[0]?.end_ts).toBe(NOW_S + 120 * HOUR_S);
});

test('a tag that returns to an earlier image says so', async () => {
  const world = worldOf([
    {
      repository: REPOSITORY,
      tags: {
        '45': ['-29h', '-5h', { at: '-1h', copy: `${REPOSITORY}:old` }],
        old: [{ at: '-28h', copy: `${REPOSITORY}:45` }],
      },
    },
  ]);
  const { tags } = await tagsOf(world, '?specificTag=45');
  expect(tags.map(({ reversion }) => reversion)).toEqual([true, false, false]);
  expect(tags[0]?.manifest_digest).toBe(tags[2]?.manifest_digest);
});

test('pages of tags hold at most a hundred, fifty when nothing is said', async () => {
  const world = worldWith([{ at: '-5h', every: '1h', count: 150 }]);
  const first = await tagsOf(world, '?limit=500');
  expect([first.tags.length, first.has_additional, first.page]).toEqual([100, true, 1]);
  expect((await tagsOf(world)).tags).toHaveLength(50);
  const second = await tagsOf(world, '?limit=100&page=2');
  expect([second.tags.length, second.has_additional, second.page]).toEqual([50, false, 2]);
});

test('filters tags by part and by whole, and refuses other filters', async () => {
  const world = worldOf([{ repository: REPOSITORY, tags: { '45': ['-5h'], '45-x': ['-5h'], latest: ['-5h'] } }]);
  const names = async (query: string) => (await tagsOf(world, query)).tags.map(({ name }) => name);
  expect(await names('?filter_tag_name=like:45')).toEqual(['45', '45-x']);
  expect(await names('?filter_tag_name=eq:45')).toEqual(['45']);
  expect(await names('?specificTag=latest')).toEqual(['latest']);
  expect((await ask(world, `${API}/repository/${REPOSITORY}/tag/?filter_tag_name=re:45`)).status).toBe(400);
});

test('signature, attestation and SBOM are tags of their own, found by the digest', async () => {
  const world = worldWith([{ at: '-5h', attach: ['signature', 'provenance', 'sbom'] }]);
  const digest = (await tagsOf(world, '?specificTag=45')).tags[0]?.manifest_digest ?? '';
  const { tags } = await tagsOf(world, `?filter_tag_name=like:${digest.replace(':', '-')}`);
  expect(tags.map(({ name }) => name.slice(-5))).toEqual(
    [`${digest.slice(-1)}.att`, `${digest.slice(-1)}.sbom`, `${digest.slice(-1)}.sig`].map((end) => end.slice(-5)),
  );
  expect(tags.every(({ is_manifest_list, size }) => !is_manifest_list && (size ?? 0) > 0)).toBe(true);
});

test('the size of an index is null and that of a plain manifest the sum of its layers', async () => {
  const [index] = (await tagsOf(worldWith([{ at: '-5h', sizeMB: 100 }]))).tags;
  expect(index).toMatchObject({ is_manifest_list: true, size: null });
  const [plain] = (await tagsOf(worldWith([{ at: '-5h', sizeMB: 100, single: 'x86_64' }]))).tags;
  expect(plain?.is_manifest_list).toBe(false);
  expect(plain?.size).toBeGreaterThan(95_000_000);
});

test('says which arches it holds, unless the world is of a Quay that does not', async () => {
  const push = [{ at: '-5h', sparse: ['s390x'] }];
  const [tag] = (await tagsOf(worldWith(push))).tags;
  expect(tag).toMatchObject({ is_sparse: true, child_manifest_count: 4, present_child_count: 3 });
  expect(Object.values(tag?.child_manifests_presence ?? {})).toEqual([true, true, true, false]);
  const [silent] = (await tagsOf(worldWith(push, {}, { quay: { sparseFields: false } }))).tags;
  expect(silent).not.toHaveProperty('is_sparse');
});

test.each([
  ['missing', {}, 'fedora/nothing'],
  ['private', { private: true }, REPOSITORY],
  ['private since an hour', { private: '-1h' }, REPOSITORY],
  ['removed', { removed: '-1h' }, REPOSITORY],
])('answers 401 for a repository that is %s', async (_, more, name) => {
  const world = worldWith(['-5h'], more);
  for (const path of ['', '/tag/'])
    expect(await ask(world, `${API}/repository/${name}${path}`)).toMatchObject({
      status: 401,
      body: { error_type: 'invalid_token' },
    });
});

test('answers 404 for an unknown digest in a readable repository, and the manifest for a known one', async () => {
  const world = worldWith(['-5h']);
  const digest = (await tagsOf(world)).tags[0]?.manifest_digest;
  expect((await ask(world, `${API}/repository/${REPOSITORY}/manifest/sha256:${'0'.repeat(64)}`)).status).toBe(404);
  const { body } = await ask<{ manifest_data: string; is_manifest_list: boolean }>(
    world,
    `${API}/repository/${REPOSITORY}/manifest/${digest}`,
  );
  expect(body.is_manifest_list).toBe(true);
  expect(await hash(body.manifest_data)).toBe(digest);
});

test('the detail of a repository maps its living tags to digests', async () => {
  const { body } = await ask<{ tags: Record<string, { manifest_digest: string }> }>(
    worldWith(['-5h', '-29h']),
    `${API}/repository/${REPOSITORY}`,
  );
  expect(Object.keys(body.tags)).toEqual(['45']);
  expect(body.tags['45']?.manifest_digest).toMatch(/^sha256:/);
});

test('a browser has to say that it is a script', async () => {
  const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
  expect((await ask(worldWith(['-5h']), LIST, agent)).status).toBe(400);
  expect((await ask(worldWith(['-5h']), LIST, { ...agent, 'x-requested-with': 'XMLHttpRequest' })).status).toBe(200);
});

test('lets pages of other origins read, unless the world says otherwise', async () => {
  expect((await ask(worldWith(['-5h']), LIST)).headers.get('access-control-allow-origin')).toBe('*');
  expect(
    (await ask(worldWith(['-5h'], {}, { quay: { cors: false } }), LIST)).headers.has('access-control-allow-origin'),
  ).toBe(false);
});

import { expect, test } from 'vitest';
import { memoryShelf, records } from '#sources/records.ts';
import type { Blocker } from '#status/blocker.ts';
import { Snapshot } from '#status/model.ts';
import { forgeWorld } from '../../../support/forges.ts';
import { collectWorld, smallWorld, snapshotOf } from '../../../support/world.ts';

const HOUR_MS = 3_600_000;
const one = ({ source, role, number, state }: Blocker) => `${source} ${role} ${number} ${state}`;
const sourceOf = (snapshot: Snapshot, id: string) => snapshot.sources.find((source) => source.id === id);
const toForges = (requests: readonly string[]) => requests.filter((url) => /api\.github\.com|gitlab\.com/.test(url));
const ALL = [
  'github blocker 7 open',
  'github query 8 open',
  'github pipeline 10 open',
  'github release null published',
  'gitlab blocker 83 closed',
  'gitlab renovate 1 open',
];

test('tells what people wrote down, what the forges say of it, and when', async () => {
  const snapshot = await snapshotOf(forgeWorld());
  expect(() => Snapshot.parse(snapshot)).not.toThrow();
  expect(snapshot.blockers.map(one)).toEqual(ALL);
  expect(snapshot.blockers[0]).toMatchObject({
    title: 'Sample: broken',
    blocks: ['CoreOS'],
    since: '2026-10-01',
    why: 'It is broken.',
    assignees: ['ann'],
    checkedAt: snapshot.generatedAt,
  });
  expect(snapshot.blockers.find(({ role }) => role === 'renovate')).toMatchObject({
    kind: 'change',
    release: '45',
    pipeline: 'running',
  });
  // The address is the one that people know, not the one that the forge would give.
  expect(snapshot.blockers.find(({ number }) => number === 83)?.url).toContain('/-/work_items/83');
  expect([sourceOf(snapshot, 'github')?.state, sourceOf(snapshot, 'gitlab')?.state]).toEqual(['ok', 'ok']);
});

test('without a list of blockers nobody is asked', async () => {
  const { collected, requests } = await collectWorld(smallWorld());
  expect(toForges(requests)).toEqual([]);
  expect(collected.hasAnswer && sourceOf(collected.snapshot, 'github')?.state).toBe('skipped');
});

test('the checks on GitHub are asked for with a token only', async () => {
  const asked = await collectWorld(forgeWorld());
  expect(asked.requests.filter((url) => url.includes('check-runs'))).toEqual([]);
  expect(asked.collected.hasAnswer && asked.collected.snapshot.blockers[2]).toMatchObject({ pipeline: 'unasked' });
});

test('a list is asked for hourly, and then only whether it has changed', async () => {
  const world = forgeWorld();
  const shelf = records(memoryShelf());
  const first = await collectWorld(world, { records: shelf });
  const previous = first.collected.hasAnswer ? first.collected.snapshot : null;
  const half = await collectWorld(world, { records: shelf, previous, afterMs: HOUR_MS / 2 });
  expect(toForges(half.requests)).toEqual([]);
  expect(half.collected.hasAnswer && half.collected.snapshot.blockers.map(one)).toEqual(ALL);
  const later = await collectWorld(world, { records: shelf, previous, afterMs: HOUR_MS });
  expect(toForges(later.requests)).toHaveLength(toForges(first.requests).length);
  const bytes = later.collected.hasAnswer ? sourceOf(later.collected.snapshot, 'github')?.bytes : null;
  expect(bytes).toBe(0);
  expect(later.collected.hasAnswer && later.collected.snapshot.blockers.map(one)).toEqual(ALL);
});

test('what was known stays when a forge fails, with the moment when it was told', async () => {
  const shelf = records(memoryShelf());
  const good = await snapshotOf(forgeWorld(), { records: shelf });
  const down = forgeWorld({ more: 'faults:\n  - { source: github, kind: 401 }\n  - { source: gitlab, kind: 500 }\n' });
  for (const kept of [shelf, records(memoryShelf())]) {
    const after = await snapshotOf(down, { records: kept, previous: good, afterMs: 2 * HOUR_MS });
    expect(after.blockers.map(one)).toEqual(ALL);
    expect(new Set(after.blockers.map(({ checkedAt }) => checkedAt))).toEqual(new Set([good.generatedAt]));
    expect(sourceOf(after, 'github')?.state).toBe('failed');
    expect(after.problems.filter(({ source }) => source === 'github').map(({ kind }) => kind)).toEqual(['denied']);
    expect(after.images.map(({ verdict }) => verdict.state)).toEqual(good.images.map(({ verdict }) => verdict.state));
  }
});

test('what a forge never told of is there, and its state is unknown', async () => {
  const snapshot = await snapshotOf(forgeWorld({ more: 'faults:\n  - { source: github, kind: 404 }\n' }));
  expect(snapshot.blockers.map(one)).toEqual(['github blocker 7 unknown', ...ALL.slice(4)]);
  expect(snapshot.blockers[0]).toMatchObject({ title: '', why: 'It is broken.', checkedAt: null });
});

test('with the limit used up, the rest waits for the next refresh, and the problem says what a token would add', async () => {
  const world = forgeWorld();
  if (world.forges) world.forges.anonymousPerHour = 0;
  const { collected, requests } = await collectWorld(world);
  if (!collected.hasAnswer) throw new Error('the other sources have answered');
  const problems = collected.snapshot.problems.filter(({ source }) => source === 'github');
  expect(problems.map(({ kind }) => kind)).toEqual(['rate-limited']);
  expect(problems[0]?.message).toContain('without a token');
  expect(toForges(requests).filter((url) => url.includes('api.github.com'))).toHaveLength(4);
});

test('a wrong token is found out with the first questions, and nothing is written where nothing is known', async () => {
  const list = Array.from({ length: 12 }, (_, n) => `"https://github.com/up/r${n}"`).join(', ');
  const memory = memoryShelf();
  const { collected, requests } = await collectWorld(forgeWorld({ watch: `    releases: [${list}]` }), {
    env: { GITHUB_TOKEN: 'wrong-token' },
    records: records(memory),
  });
  expect(toForges(requests)).toHaveLength(4);
  expect(collected.hasAnswer && collected.snapshot.problems.map(({ kind }) => kind)).toEqual(['denied']);
  expect([...memory.texts.keys()].filter((name) => name.startsWith('forges/'))).toEqual([]);
});

test('GitHub is asked no more than twenty things in an hour without a token, the longest unasked first', async () => {
  const list = Array.from({ length: 30 }, (_, n) => `"https://github.com/up/r${n}"`).join(', ');
  const repositories = Array.from({ length: 30 }, (_, n) => `    up/r${n}: { releases: [{ tag: v${n}, at: -1d }] }`);
  const world = forgeWorld({ watch: `    releases: [${list}]`, github: repositories.join('\n') });
  const shelf = records(memoryShelf());
  let previous: Snapshot | null = null;
  const asked: number[] = [];
  for (const afterMs of [0, HOUR_MS / 2, HOUR_MS]) {
    const { collected, requests } = await collectWorld(world, { records: shelf, previous, afterMs });
    previous = collected.hasAnswer ? collected.snapshot : null;
    asked.push(toForges(requests).length);
  }
  expect(asked).toEqual([20, 0, 20]);
  expect(previous?.blockers).toHaveLength(30);
});

test('questions that fail wait like the answered ones, starve nobody, and stay a problem until then', async () => {
  const dead = Array.from(
    { length: 20 },
    (_, n) =>
      `      - { url: "https://github.com/up/gone/issues/${n + 1}", blocks: [x], since: 2026-10-01, why: It is gone. }`,
  );
  const world = forgeWorld({
    watch: `    blockers:\n${dead.join('\n')}\n    releases: ["https://github.com/up/stream"]`,
  });
  const shelf = records(memoryShelf());
  let previous: Snapshot | null = null;
  const asked: number[] = [];
  const kinds: unknown[] = [];
  for (const afterMs of [0, HOUR_MS / 2, HOUR_MS]) {
    const { collected, requests } = await collectWorld(world, { records: shelf, previous, afterMs });
    previous = collected.hasAnswer ? collected.snapshot : null;
    asked.push(toForges(requests).length);
    kinds.push(previous?.problems.filter(({ source }) => source === 'github').map(({ kind }) => kind));
  }
  expect(asked).toEqual([20, 0, 20]);
  expect(kinds).toEqual([['not-found'], ['not-found'], ['not-found']]);
  expect(previous?.blockers.map(one)).toContain('github release null published');
});

test('a refused connection is no reason to wait', async () => {
  const shelf = records(memoryShelf());
  const down = forgeWorld({ more: 'faults:\n  - { source: github, kind: refuse }\n' });
  const before = await snapshotOf(down, { records: shelf });
  expect(before.problems.map(({ source, kind }) => `${source} ${kind}`)).toContain('github unreachable');
  const after = await snapshotOf(forgeWorld(), { records: shelf, previous: before, afterMs: 60_000 });
  expect(after.blockers.map(one)).toEqual(ALL);
  expect(after.problems).toEqual([]);
});

test('each list that is longer than what is read of it is a problem, also while it is not asked', async () => {
  const many = Array.from({ length: 301 }, (_, n) => `{ number: ${n + 1}, title: "Sample ${n}", created: -1h }`).join();
  const lists = ['github.com/up/long', 'github.com/up/longer', 'gitlab.com/fe/long'];
  const world = forgeWorld({
    watch: `    queries: [${lists.map((list) => `{ project: "https://${list}", labels: [] }`).join()}]`,
    github: `    up/long: { issues: [${many}] }\n    up/longer: { issues: [${many}] }`,
    gitlab: `    fe/long: { issues: [${many}] }`,
  });
  const shelf = records(memoryShelf());
  const first = await snapshotOf(world, { records: shelf });
  const half = await snapshotOf(world, { records: shelf, previous: first, afterMs: HOUR_MS / 2 });
  for (const { problems } of [first, half]) {
    expect(problems.map(({ kind }) => kind)).toEqual(['too-large', 'too-large', 'too-large']);
    for (const project of ['issues of up/long ', 'issues of up/longer ', 'issues of fe/long '])
      expect(problems.filter(({ message }) => message.includes(`only the 300 ${project}`))).toHaveLength(1);
  }
});

test('a forge that is not to be asked keeps what is known', async () => {
  const previous = await snapshotOf(forgeWorld());
  const { collected, requests } = await collectWorld(forgeWorld(), { previous, only: new Set(['gitlab'] as const) });
  expect(requests.filter((url) => url.includes('api.github.com'))).toEqual([]);
  expect(collected.hasAnswer && collected.snapshot.blockers.map(one)).toEqual(ALL);
});

test('a damaged record is as none, and one that is no longer wanted is forgotten', async () => {
  const memory = memoryShelf();
  await memory.write('forges/github-etags.json', '{"x":{"askedAt":"never"}}');
  const snapshot = await snapshotOf(forgeWorld(), { records: records(memory) });
  expect(snapshot.blockers.map(one)).toEqual(ALL);
  expect(memory.texts.get('forges/github-etags.json')).toContain('up/stream thing'.replace('thing', 'issue 7'));
  const less = forgeWorld({ watch: '    releases: ["https://github.com/up/stream"]' });
  await snapshotOf(less, { records: records(memory), afterMs: HOUR_MS });
  expect(memory.texts.get('forges/github-etags.json')).not.toContain('issue 7');
});

test('no token is in the snapshot, the records or a problem', async () => {
  const memory = memoryShelf();
  const world = forgeWorld({ more: 'faults:\n  - { source: gitlab, path: work, kind: 500 }\n' });
  const snapshot = await snapshotOf(world, {
    records: records(memory),
    env: { GITHUB_TOKEN: 'right-token', GITLAB_TOKEN: 'wrong-token' },
  });
  expect(snapshot.problems.find(({ source }) => source === 'gitlab')?.message).toContain(
    'its token is wrong or has expired',
  );
  expect(snapshot.blockers[2]).toMatchObject({ role: 'pipeline', pipeline: 'failed' });
  expect(JSON.stringify([snapshot, ...memory.texts])).not.toMatch(/right-token|wrong-token/);
});

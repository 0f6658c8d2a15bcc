import { expect, test } from 'vitest';
import { isBotName } from '#sources/forges/forge.ts';
import { memoryShelf, records } from '#sources/records.ts';
import { newcomersName, parseNewcomersRecord } from '#status/newcomer.ts';
import { forgeWorld } from '../../../support/forges.ts';
import { collectWorld } from '../../../support/world.ts';

const HOUR_MS = 3_600_000;
const NEWCOMERS = `  newcomers:
    schema: 1
    projects:
      - { project: "https://github.com/up/stream", label: bug, about: Sample., source: "https://github.com/up/stream/issues/7" }
      - { project: "https://gitlab.com/fe/dora/new", about: Sample. }
`;
const GITLAB = `    fe/dora/new:
      issues:
        - { number: 1, title: "Sample: a task", created: -9d }
        - { number: 2, title: "Sample: dependencies", author: project_7_bot_1, created: -2d }
        - { number: 3, title: "Sample: done", created: -9d, closed: -1d }
`;
const world = (more: string = NEWCOMERS) => forgeWorld({ gitlab: GITLAB, more });
const toForges = (requests: readonly string[]) => requests.filter((url) => /api\.github\.com|gitlab\.com/.test(url));

async function told(shelf: ReturnType<typeof memoryShelf>, source: 'github' | 'gitlab') {
  return parseNewcomersRecord(await shelf.read(newcomersName(source)))?.projects ?? null;
}

test('keeps the open issues of each forge, without those of programs and without changes', async () => {
  const shelf = memoryShelf();
  const { collected } = await collectWorld(world(), { records: records(shelf) });
  const now = collected.hasAnswer ? collected.snapshot.generatedAt : '';
  expect(await told(shelf, 'github')).toEqual([
    expect.objectContaining({ project: 'up/stream', label: 'bug', askedAt: now, failed: null, bots: 0 }),
  ]);
  expect((await told(shelf, 'github'))?.[0]?.issues.map(({ number }) => number)).toEqual([7, 8]);
  expect(await told(shelf, 'gitlab')).toMatchObject([{ label: null, bots: 1, issues: [{ number: 1, assignees: [] }] }]);
});

test('what the blockers ask for too is asked once, and the blockers stay as they were', async () => {
  const plain = await collectWorld(forgeWorld({ gitlab: GITLAB }));
  const both = await collectWorld(world());
  const more = toForges(both.requests).filter((url) => !toForges(plain.requests).includes(url));
  expect(more).toEqual([expect.stringContaining('fe%2Fdora%2Fnew/issues')]);
  const blockers = [plain, both].map(({ collected }) => (collected.hasAnswer ? collected.snapshot.blockers : []));
  expect(blockers[1]).toEqual(blockers[0]);
  expect(blockers[0]?.[0]).not.toHaveProperty('isBot');
});

test('within the hour nobody is asked again, and the record stays', async () => {
  const shelf = memoryShelf();
  const first = await collectWorld(world(), { records: records(shelf) });
  const before = await told(shelf, 'github');
  const previous = first.collected.hasAnswer ? first.collected.snapshot : null;
  const half = await collectWorld(world(), { records: records(shelf), previous, afterMs: HOUR_MS / 2 });
  expect(toForges(half.requests)).toEqual([]);
  expect(await told(shelf, 'github')).toEqual(before);
});

test('a project that is not there says why, and names the file in which it stands', async () => {
  const shelf = memoryShelf();
  const gone = NEWCOMERS.replace('fe/dora/new', 'fe/dora/gone');
  const { collected } = await collectWorld(world(gone), { records: records(shelf) });
  expect(await told(shelf, 'gitlab')).toMatchObject([
    { askedAt: null, issues: [], failed: { why: expect.stringContaining('named in content/newcomers.yaml') } },
  ]);
  expect(collected.hasAnswer && collected.snapshot.problems.map(({ source }) => source)).toContain('gitlab');
});

test('without a list for newcomers nothing is kept for them', async () => {
  const shelf = memoryShelf();
  await collectWorld(forgeWorld(), { records: records(shelf) });
  expect(await told(shelf, 'github')).toBeNull();
});

test('with a list for newcomers alone, the blockers that are known stay', async () => {
  const first = await collectWorld(world());
  const previous = first.collected.hasAnswer ? first.collected.snapshot : null;
  const { collected } = await collectWorld(world(), { blockers: null, previous });
  expect(collected.hasAnswer && collected.snapshot.blockers).toEqual(previous?.blockers);
});

test.each([
  ['renovate[bot]', true],
  ['project_7_bot_1', true],
  ['konflux-forge-bot', true],
  ['talbot', false],
  ['botany', false],
  [undefined, false],
])('the name %s belongs to a program: %s', (name, isBot) => {
  expect(isBotName(name)).toBe(isBot);
});

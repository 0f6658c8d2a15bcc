import { expect, test } from 'vitest';
import { Blocker } from '#status/blocker.ts';
import type { Snapshot } from '#status/model.ts';
import { blockersView } from '#status/text/blocker.ts';
import { hoursAgo, NOW, snapshot } from '../../support/snapshot.ts';

/** A blocker that is open, and was opened two days before NOW. */
function blocker(change: Partial<Blocker> = {}): Blocker {
  const number = change.number === undefined ? 7 : change.number;
  return Blocker.parse({
    source: 'github',
    project: 'up/stream',
    kind: 'issue',
    role: 'blocker',
    number,
    title: 'Broken',
    url: `https://github.com/up/stream/issues/${number}`,
    state: 'open',
    pipeline: null,
    labels: [],
    assignees: [],
    createdAt: hoursAgo(48),
    updatedAt: hoursAgo(1),
    blocks: ['CoreOS'],
    since: '2026-10-01',
    why: 'It is broken.',
    release: null,
    checkedAt: NOW,
    ...change,
  });
}

function view(blockers: Blocker[], change: Partial<Snapshot> = {}) {
  return blockersView({ ...snapshot([]), blockers, ...change });
}

test('groups by project what stands in the way, the longest in the way first', () => {
  const { projects, counts } = view([
    blocker({ number: 1, role: 'query', since: null, blocks: [], createdAt: hoursAgo(900) }),
    blocker({ number: 2, since: '2026-10-05' }),
    blocker({ number: 3, project: 'other/one', since: '2026-02-05' }),
    blocker({ number: 4, state: 'closed' }),
  ]);
  expect(projects.map(({ project, rows }) => [project, rows.map(({ name }) => name)])).toEqual([
    ['other/one', ['other/one#3']],
    ['up/stream', ['up/stream#2', 'up/stream#1']],
  ]);
  expect(counts.standing).toBe(2);
});

test('says whom it blocks, since when, its age and who has it; what is not known is not guessed', () => {
  const [first, second, third] =
    view([
      blocker({ number: 1, assignees: ['ann', 'bo'] }),
      blocker({ number: 2, since: '2026-10-02' }),
      blocker({ number: 3, since: '2026-10-03', state: 'unknown', title: '', createdAt: null }),
    ]).projects[0]?.rows ?? [];
  expect(first).toMatchObject({ blocks: 'CoreOS', since: '1 Oct 2026', age: '48 h', assignees: 'ann, bo' });
  expect(second?.assignees).toBe('unassigned');
  expect(third).toMatchObject({ title: 'up/stream#3', age: 'not known', assignees: 'not known' });
  expect(third?.state).toMatchObject({ word: 'not known', bucket: 'no-signal' });
});

test.each([
  ['success', 'passed', 'ok'],
  ['failed', 'failed', 'bad'],
  ['running', 'running', 'none'],
  ['canceled', 'cancelled', 'attention'],
  ['none', 'none ran', 'none'],
  ['unasked', 'not asked', 'no-signal'],
  [null, 'not known', 'no-signal'],
] as const)('a pipeline that is %s is called %s', (pipeline, word, bucket) => {
  const change = blocker({ kind: 'change', role: 'renovate', pipeline });
  expect(view([change]).changes[0]?.rows[0]?.pipeline).toMatchObject({ word, bucket });
});

test('lists changes by release in the order of the board, and what is for none at the end', () => {
  const change = (number: number, release: string | null) =>
    blocker({ source: 'gitlab', kind: 'change', role: 'renovate', number, release });
  const releases = ['rawhide', '45', '44'].map(
    (id) => ({ id, name: `Fedora ${id}`, state: 'supported', eolAt: null }) as const,
  );
  const { changes } = view([change(1, null), change(2, '44'), change(3, 'rawhide'), change(4, '39')], {
    releases: [...releases],
  });
  expect(changes.map(({ title, rows }) => [title, rows[0]?.name])).toEqual([
    ['Fedora rawhide', 'up/stream!3'],
    ['Fedora 44', 'up/stream!2'],
    ['Fedora 39', 'up/stream!4'],
    ['For no release in particular', 'up/stream!1'],
  ]);
});

test('what was closed is listed apart, with the day', () => {
  const { closed, projects } = view([
    blocker({ state: 'closed', closedAt: hoursAgo(72) }),
    blocker({ number: 8, state: 'merged' }),
  ]);
  expect(projects).toEqual([]);
  expect(closed.map((row) => row.closed)).toEqual(['closed since 18 Nov 2026', 'merged, the day is not known']);
});

test.each([
  ['ok', NOW, []],
  ['failed', NOW, ['GitHub did not answer. What is shown was told on 21 Nov 2026, 14:07 UTC.']],
  ['partial', NOW, ['GitHub answered in part. What is shown was told on 21 Nov 2026, 14:07 UTC.']],
  ['failed', null, ['GitHub did not answer. What is listed of it is only what people wrote down.']],
  ['skipped', null, ['GitHub was not asked. What is listed of it is only what people wrote down.']],
] as const)('a forge that is %s and last answered at %s', (state, lastGoodAt, texts) => {
  const blank = { checkedAt: null, requests: 0, problems: 0, bytes: 0, lastFailureAt: null };
  const sources: Snapshot['sources'] = [
    { ...blank, id: 'github', state, lastGoodAt },
    { ...blank, id: 'gitlab', state: 'ok', lastGoodAt: NOW },
  ];
  expect(view([blocker()], { sources }).notes.map(({ text }) => text)).toEqual(texts);
});

test('foreign text is made visible, only http is a link, and the sample has none', () => {
  const hostile = blocker({ title: 'a\u202Eb<script>', assignees: ['\u0007x'] });
  const row = view([hostile]).projects[0]?.rows[0];
  expect(row?.title).toBe('a⟨U+202E⟩b<script>');
  expect(row?.assignees).toBe('␇x');
  expect(row?.url).toBe('https://github.com/up/stream/issues/7');
  expect(view([hostile], { mode: 'sample' }).projects[0]?.rows[0]?.url).toBeNull();
});

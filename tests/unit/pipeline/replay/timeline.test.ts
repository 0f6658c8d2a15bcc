import { expect, test } from 'vitest';
import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { at, recording, recordedTask as task } from '../../../support/recording.ts';

const events = (tasks: RecordedTask[], more: Partial<Recording> = {}) =>
  timelineOf(recording(tasks, more)).events.map(({ number, atMs, kind, row }) =>
    `${number} ${atMs / 1_000} ${kind} ${row ?? ''}`.trim(),
  );

test('events stand in time order: the run begins first, ends come before begins, the run ends last', () => {
  const tasks = [
    task('b', 10, 30, { after: ['a'] }),
    task('a', 0, 10),
    task('at-once', 10, 10, { after: ['a'] }),
    task('c', 10, 30, { after: ['a'], status: 'Failed' }),
  ];
  expect(events(tasks, { finishedAt: at(30) })).toEqual([
    '1 0 run-begins',
    '2 0 begins a',
    '3 10 ends a',
    '4 10 begins at-once',
    '5 10 ends at-once',
    '6 10 begins b',
    '7 10 begins c',
    '8 30 ends b',
    '9 30 fails c',
    '10 30 run-ends',
  ]);
});

test('a task could begin when the last leg before it had ended, the first ones when the run did', () => {
  const leg = (platform: string, to: number) => task('build', 20, to, { after: ['init'], platform });
  const { rows } = timelineOf(
    recording([
      task('index', 130, 140, { after: ['build', 'init'] }),
      ...[leg('linux/x86_64', 60), leg('linux/arm64', 109)],
      task('init', 5, 15),
      task('lost', 150, 160, { after: ['nowhere'] }),
    ]),
  );
  expect(rows.map(({ id, readyMs, fromMs }) => [id, readyMs, fromMs])).toEqual([
    ['init', 0, 5_000],
    ['build-linux-x86_64', 15_000, 20_000],
    ['build-linux-arm64', 15_000, 20_000],
    ['index', 109_000, 130_000],
    ['lost', null, 150_000],
  ]);
});

const legOf = (name: string, platform: string, to: number) => task(name, 20, to, { after: ['init'], platform });
const INDEX = task('index', 1_100, 1_110, { after: ['build'] });

test.each<[string, RecordedTask[], Record<string, string>, number | null]>([
  ['all legs are there', [legOf('build', 'linux/amd64', 60), legOf('build', 'linux/arm64', 90)], {}, 90_000],
  [
    'the run was to build for more',
    [legOf('build', 'linux/amd64', 60), legOf('build', 'linux-arm64', 90)],
    { 'build-platforms': 'linux/amd64, linux/arm64, linux/s390x' },
    null,
  ],
  [
    'another task has a leg more',
    [
      ...['linux/amd64', 'linux/arm64', 'linux/s390x'].map((platform) => legOf('scan', platform, 99)),
      ...[legOf('build', 'linux/amd64', 60), legOf('build', 'linux/arm64', 90)],
    ],
    {},
    null,
  ],
])(
  'what waits for a task with legs could begin when the last had ended, if it is known: %s',
  (_, tasks, params, ready) => {
    const { rows } = timelineOf(recording([task('init', 0, 9), ...tasks, INDEX], { params }));
    expect(rows.find(({ id }) => id === 'index')?.readyMs).toBe(ready);
  },
);

test('where nobody knows what waited for what, no task is said to have waited', () => {
  const { rows } = timelineOf(recording([task('a', 10, 20), task('b', 500, 600)]));
  expect(rows.map(({ readyMs }) => readyMs)).toEqual([null, null]);
});

test.each([
  ['Succeeded', 'succeeded'],
  ['Completed', 'succeeded'],
  ['Failed', 'failed'],
  ['TaskRunTimeout', 'failed'],
  ['TaskRunImagePullFailed', 'failed'],
  ['PodCreationFailed', 'failed'],
  ['CouldntGetTask', 'failed'],
  ['ExceededResourceQuota', 'failed'],
  ['TaskRunCancelled', 'cancelled'],
  ['TaskRunImagePullFailedCancelled', 'cancelled'],
  ['Skipped', 'skipped'],
  ['Running', 'unknown'],
  ['not Succeeded at all', 'unknown'],
  [null, 'unknown'],
] as const)('a task with the status %s is %s', (status, state) => {
  expect(timelineOf(recording([task('a', 0, 1, { status })])).rows[0]?.state).toBe(state);
});

test('ids are fit for an address, unique, and depend on nothing but the order of the recording', () => {
  const tasks = [
    task('build', 9, 10, { platform: 'linux/arm64' }),
    task('build', 1, 2, { platform: 'linux-arm64' }),
    task('Build Linux arm64 2', 3, 4),
    task('"><script>', 3, 4),
    task('\u202e\u0000', 3, 4),
    task('', 3, 4),
    task('x'.repeat(200), 3, 4),
  ];
  const ids = new Map(timelineOf(recording(tasks)).rows.map(({ id, task: one }) => [one.name + one.platform, id]));
  expect([...ids.values()].sort()).toEqual(
    [
      'build-linux-arm64',
      'build-linux-arm64-2',
      'build-linux-arm64-2-2',
      'script',
      'task',
      'task-2',
      'x'.repeat(80),
    ].sort(),
  );
  expect(ids.get('buildlinux/arm64')).toBe('build-linux-arm64');
});

const FAR = '9999-12-31T00:00:00Z';
const bad = (name: string, change: Partial<RecordedTask>) => task(name, 10, 20, change);

test.each<[string, RecordedTask[], Partial<Recording>, string[]]>([
  ['no fault', [task('a', 0, 10), task('b', 10, 1_000, { after: ['a'] })], {}, []],
  [
    'an end before its begin',
    [task('a', 20, 10)],
    {},
    ['a ends 10 s before it begins: its clock ran backwards, and its end is not drawn.'],
  ],
  [
    'a run that ends before it begins',
    [task('a', 10, 20)],
    { finishedAt: at(-60) },
    ['The run ends 1 min 0 s before it begins: its clock ran backwards.'],
  ],
  ['a task before the run', [task('a', -5, 10)], {}, ['a is on record 5 s before the run began: two clocks disagree.']],
  ['a task after the run', [task('a', 5, 1_007)], {}, ['a is on record 7 s after the run ended: two clocks disagree.']],
  [
    'the year 9999',
    [bad('a', { finishedAt: FAR }), task('b', 5, 6)],
    {},
    [
      'a is said to have run on 20 Nov 2026 to 31 Dec 9999, more than 7 days from the rest: what lies there is not drawn.',
    ],
  ],
  [
    'a run in the year 9999',
    [task('a', 0, 9), task('b', 5, 6)],
    { startedAt: FAR, finishedAt: FAR },
    ['The run is said to have run on 31 Dec 9999, more than 7 days from the rest: what lies there is not drawn.'],
  ],
  [
    'tasks without times',
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => task(name, null, null)),
    {},
    ['Neither begin nor end is on record of a, b, c, d, e and 2 more.'],
  ],
  [
    'one time only',
    [task('a', 3, null), task('b', null, 9)],
    {},
    ['The begin is not on record of b.', 'The end is not on record of a.'],
  ],
  [
    'a task that did not wait',
    [task('a', 0, 30), task('b', 10, 40, { after: ['a'] })],
    {},
    ['b begins 20 s before a ends, for which it waited: two clocks disagree.'],
  ],
  [
    'a run without times',
    [task('a', 3, 5)],
    { startedAt: null, finishedAt: null },
    [
      'When the run began is not on record: time is counted from its first task.',
      'When the run ended is not on record.',
    ],
  ],
  [
    'no time at all',
    [task('a', null, null)],
    { startedAt: null, finishedAt: null },
    ['No time is on record, so nothing can be replayed.'],
  ],
  [
    'a run made after it began',
    [task('a', 3, 5)],
    { createdAt: at(2) },
    ['The run was made after it began, as the clocks say: how long it was queued is not known.'],
  ],
])('of %s it says what is wrong, and draws nothing that cannot be', (_, tasks, more, faults) => {
  const timeline = timelineOf(recording(tasks, more));
  expect(timeline.faults).toEqual(faults);
  expect(timeline.rows).toHaveLength(tasks.length);
  expect(timeline.lengthMs).toBeLessThan(8 * 86_400_000);
  for (const { fromMs, toMs, readyMs, createdMs, workMs } of timeline.rows) {
    for (const ms of [fromMs, toMs, readyMs, createdMs, workMs].filter((one) => one !== null)) {
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(timeline.lengthMs);
    }
    if (fromMs !== null && toMs !== null) expect(toMs).toBeGreaterThanOrEqual(fromMs);
    if (fromMs !== null && readyMs !== null) expect(readyMs).toBeLessThanOrEqual(fromMs);
  }
  expect(timeline.events.map(({ number }) => number)).toEqual(timeline.events.map((__, n) => n + 1));
  expect(timeline.events.every(({ atMs }) => Number.isFinite(atMs) && atMs >= 0)).toBe(true);
  expect(timeline.startedAt === null).toBe(timeline.events.length === 0);
});

test('a task without a time stays as the last row and has no event', () => {
  const { rows, events: placed } = timelineOf(recording([task('a', null, null), task('b', 1, 2)]));
  expect(rows.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(placed.filter(({ row }) => row === 'a')).toEqual([]);
});

test('the queue before the run, and the wait before the first step, are told where they are on record', () => {
  const step = { name: 'build', image: null, finishedAt: null, reason: null };
  const a = task('a', 10, 50, {
    createdAt: at(4),
    steps: [
      { ...step, startedAt: at(33) },
      { ...step, startedAt: at(40) },
    ],
  });
  const late = task('late', 10, 50, { createdAt: at(60), steps: [{ ...step, startedAt: at(9) }] });
  const { queuedMs, rows } = timelineOf(recording([a, late], { createdAt: at(-125) }));
  expect(queuedMs).toBe(125_000);
  expect(rows.map(({ createdMs, workMs }) => [createdMs, workMs])).toEqual([
    [4_000, 33_000],
    [null, null],
  ]);
  expect(timelineOf(recording([a])).queuedMs).toBeNull();
});

test('hundreds of faults are counted, not listed', () => {
  const { faults } = timelineOf(recording(Array.from({ length: 200 }, (_, n) => task(`t${n}`, 20, 10))));
  expect(faults).toHaveLength(21);
  expect(faults.at(-1)).toBe('And 180 faults more of this kind.');
});

test('two hundred tasks that all wait for one another are placed in an instant', () => {
  const names = Array.from({ length: 200 }, (_, n) => `t${n}`);
  const tasks = names.map((name, n) => task(name, n, n + 500, { after: names.slice(0, 50) }));
  const before = performance.now();
  const timeline = timelineOf(recording(tasks));
  expect(timeline.events).toHaveLength(402);
  expect(performance.now() - before).toBeLessThan(1_000);
});

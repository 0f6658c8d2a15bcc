import { expect, test } from 'vitest';
import { barsOf, groupsOf, percent, ticksOf, turnsOf } from '#components/replay/chart.ts';
import { momentOf, phaseOf, reached } from '#components/replay/moment.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { at, recording, recordedTask as task } from '../../../support/recording.ts';

const step = (second: number) => ({ name: 's', image: null, startedAt: at(second), finishedAt: null, reason: null });
const rowsOf = (...tasks: ReturnType<typeof task>[]) => timelineOf(recording(tasks)).rows;

test('a row is drawn as its wait, the time before its first step, and its work', () => {
  const [, build] = rowsOf(task('a', 0, 100), task('b', 200, 600, { after: ['a'], steps: [step(300)] }));
  expect(build && barsOf(build, 1_000_000)).toEqual([
    { kind: 'wait', from: 10, to: 20 },
    { kind: 'set-up', from: 20, to: 30 },
    { kind: 'run', from: 30, to: 60 },
  ]);
});

test('what ran for no time at all is still to be seen, within the chart', () => {
  const rows = rowsOf(task('a', 0, 0), task('b', 1_000, 1_000));
  for (const row of rows) {
    const [bar, ...others] = barsOf(row, 1_000_000);
    expect(others.filter(({ kind }) => kind === 'run').length + Number(bar?.kind === 'run')).toBe(1);
    const run = [bar, ...others].find((one) => one?.kind === 'run');
    expect((run?.to ?? 0) - (run?.from ?? 0)).toBeCloseTo(0.6);
    expect(run?.to).toBeLessThanOrEqual(100);
  }
});

test('nothing is drawn of a task without a begin', () => {
  const [row] = rowsOf(task('a', null, 50));
  expect(row && barsOf(row, 1_000_000)).toEqual([]);
});

test.each([
  [0, []],
  [45_000, ['0', '10 s', '20 s', '30 s', '40 s']],
  [60_000, ['0', '30 s', '1 min']],
  [870_000, ['0', '3 min', '6 min', '9 min', '12 min']],
  [3 * 3_600_000, ['0', '60 min', '2 h', '3 h']],
])('an axis of %i ms has the marks %s', (ms, texts) => {
  expect(ticksOf(ms).map(({ text }) => text)).toEqual(texts);
});

test('however long a run is, its axis has few marks', () => {
  for (const ms of [1_000, 61_000, 3_601_000, 7 * 86_400_000]) {
    const ticks = ticksOf(ms);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every(({ at: place }) => place >= 0 && place <= 100)).toBe(true);
  }
});

test('places stay on the axis, whatever the clocks say', () => {
  expect([percent(-5, 100), percent(500, 100), percent(5, 0)]).toEqual([0, 100, 0]);
});

test('legs of a task stand together although others begin between them', () => {
  const groups = groupsOf(rowsOf(task('a', 0, 9), task('b', 1, 9), task('a', 2, 9)));
  expect(groups.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});

test('legs stand in the order of their platforms, whichever began first', () => {
  const legs = ['linux/s390x', 'linux/amd64', 'linux/ppc64le'].map((platform, n) => task('a', n, 9, { platform }));
  const [group] = groupsOf(rowsOf(...legs));
  expect(group?.rows.map((row) => row.task.platform)).toEqual(['linux/amd64', 'linux/ppc64le', 'linux/s390x']);
});

test('a row knows the numbers of its events', () => {
  const { events } = timelineOf(recording([task('a', 5, 9), task('b', 10, null)]));
  const turns = turnsOf(events);
  expect([turns.get('a'), turns.get('b')]).toEqual([
    { from: 2, to: 3 },
    { from: 4, to: null },
  ]);
});

test.each([
  ['#t=7', 7],
  ['#t=58', 58],
  ['#t=59', null],
  ['#t=0', null],
  ['#t=-1', null],
  ['#t=7x', null],
  ['#events', null],
  ['', null],
])('the address %s is the moment %s', (hash, moment) => {
  expect(momentOf(hash, 58)).toBe(moment);
});

test.each([
  [{ from: 3, to: 9 }, 0, null],
  [{ from: 3, to: 9 }, 2, 'later'],
  [{ from: 3, to: 9 }, 3, 'now'],
  [{ from: 3, to: 9 }, 9, 'done'],
  [{ from: 3, to: null }, 50, 'now'],
  [{ from: null, to: 9 }, 5, 'later'],
  [{ from: null, to: null }, 5, null],
])('a row of %o is at event %i: %s', (turns, moment, phase) => {
  expect(phaseOf(turns, moment)).toBe(phase);
});

test('as the run went, the last event that has come is shown', () => {
  const times = [0, 0, 10, 20];
  expect([-1, 0, 9, 10, 99].map((ms) => reached(times, ms))).toEqual([0, 2, 2, 3, 4]);
});

import { expect, test } from 'vitest';
import { incidentsOf, normalise } from '#status/incident.ts';
import type { Image } from '#status/model.ts';
import { Attempt, Build, Promotion, Tests } from '#status/run.ts';
import { incidentsText, incidentText, incidentTitle } from '#status/text/run.ts';
import { attempts } from '../../support/evidence.ts';
import { hoursAgo, image, NOW } from '../../support/snapshot.ts';

const MIRROR = {
  task: 'build',
  arch: 's390x',
  arches: ['s390x'],
  reason: 'Error',
  message: 'mirror 7 of run a1b2c3d4e5f6 is gone',
  log: null,
};

/** An image whose newest attempts failed like this, before which one was good. */
function failing(id: string, failure: Record<string, unknown> | null, count = 2, change: Partial<Image> = {}): Image {
  const runs = attempts(...Array.from({ length: count }, () => 'failed' as const), 'ok');
  const broken = runs.map((run) =>
    run.outcome === 'failed' ? Attempt.parse({ ...run, failure, tasksReadAt: NOW }) : run,
  );
  return image(`development/${id}/44`, 'failing-fresh', { attempts: broken, ...change });
}

test.each([
  ['exit code 137 after 12 s', 'exit code 2 after 7 s'],
  [`pull quay.io/a/b@sha256:${'0a'.repeat(32)}`, `pull quay.io/a/b@sha256:${'1b'.repeat(32)}`],
  ['pod fedora-bootc-45-minimal-xk2f9 on s390x', 'pod fedora-bootc-44-standard-aaaaa on ppc64le'],
  ['GET https://a.example/x: 503', 'GET https://b.example/y/z: 502'],
])('"%s" is the same as "%s"', (one, other) => {
  expect(normalise(one)).toBe(normalise(other));
});

test('other words are another message', () => {
  expect(normalise('no space left on device')).not.toBe(normalise('mirror is gone'));
});

test('the same task, reason and message is one incident over all images, since the first', () => {
  const found = incidentsOf([
    failing('minimal', MIRROR),
    failing(
      'standard',
      { ...MIRROR, message: 'mirror 9 of run ffeeddccbb11 is gone', arches: ['ppc64le'], log: 'end' },
      5,
    ),
    failing('iot', { ...MIRROR, reason: 'OOMKilled' }),
    image('development/fresh/44'),
  ]);
  expect(found.map(({ struck }) => struck.map(({ id, count }) => `${id} ${count}`))).toEqual([
    ['development/standard/44 5', 'development/minimal/44 2'],
    ['development/iot/44 2'],
  ]);
  expect(found[0]).toMatchObject({
    kind: 'build',
    what: 'build',
    arches: ['ppc64le', 's390x'],
    since: hoursAgo(5),
    log: 'end',
  });
});

test('a streak in which the cause changed began where the newest cause did', () => {
  const one = failing('minimal', MIRROR, 4);
  const changed = one.attempts.map((run, index) =>
    index >= 2 && run.failure ? { ...run, failure: { ...run.failure, task: 'clone' } } : run,
  );
  const [incident] = incidentsOf([{ ...one, attempts: changed }]);
  expect(incident?.struck).toMatchObject([{ count: 2, since: hoursAgo(2), isLowerBound: false }]);
});

test('a streak without a good run before it is at least as old', () => {
  const one = failing('minimal', MIRROR);
  const [incident] = incidentsOf([{ ...one, attempts: one.attempts.slice(0, 2) }]);
  expect(incident).toMatchObject({ since: hoursAgo(2), isLowerBound: true });
  const build = Build.parse({
    checkedAt: NOW,
    current: null,
    of: null,
    failingSince: hoursAgo(90),
    isLowerBound: false,
  });
  expect(incidentsOf([{ ...one, build }])[0]).toMatchObject({ since: hoursAgo(90), isLowerBound: false });
});

test('failures that nobody could explain are not thrown together', () => {
  const generic = { ...MIRROR, task: null, reason: 'Failed', message: 'Tasks Completed: 3 (Failed: 1)' };
  expect(
    incidentsOf([failing('a', generic), failing('b', generic), failing('c', null), failing('d', null)]),
  ).toHaveLength(4);
  const telling = { ...MIRROR, task: null, reason: 'CouldntGetPipeline', message: 'no such bundle' };
  expect(incidentsOf([failing('a', telling), failing('b', telling)])).toHaveLength(1);
});

test('what is not counted, and what ended well, is no incident', () => {
  expect(incidentsOf([failing('old', MIRROR, 2, { verdict: image('x/y/z', 'eol').verdict })])).toEqual([]);
  expect(
    incidentsOf([image('development/x/44', 'fresh', { attempts: attempts('running', 'cancelled', 'ok', 'failed') })]),
  ).toEqual([]);
});

test('a test and a promotion that fail for several images are incidents too', () => {
  const row = { scenario: 'boot', source: 'konflux', isOptional: false, at: NOW, url: null, detail: null };
  const tests = Tests.parse({
    checkedAt: NOW,
    of: [
      { ...row, outcome: 'failed' },
      { ...row, scenario: 'extra', outcome: 'failed', isOptional: true },
      { ...row, scenario: 'policy', outcome: 'passed' },
    ],
  });
  const promotion = Promotion.parse({
    ...{ checkedAt: NOW, name: 'r', state: 'failed', step: 'sign', reason: 'TaskRunTimeout', attempts: 3 },
    ...{ startedAt: NOW, endedAt: NOW, digest: null, url: null },
  });
  const found = incidentsOf(['a', 'b'].map((id) => image(`development/${id}/44`, 'fresh', { tests, promotion })));
  expect(found.map(({ kind, what, struck }) => [kind, what, struck.length])).toEqual([
    ['test', 'boot', 2],
    ['promotion', 'sign', 2],
  ]);
  expect(found.map(incidentTitle)).toEqual(['Test boot fails', 'Promotion fails at sign']);
});

test('says it in words', () => {
  const [first] = incidentsOf([failing('a', MIRROR)]);
  if (!first) throw new Error('there is one');
  expect(incidentTitle(first)).toBe('build breaks on s390x: Error');
  expect(incidentText(first)).toBe('1 image, since 21 Nov 2026, 12:07 UTC');
  expect(incidentsText([first])).toBe('1 cause behind failing builds, tests and promotions of 1 image');
  expect(incidentsText([])).toBeNull();
  expect(first.id).toMatch(/^build-build-error-[a-z0-9-]+$/);
});

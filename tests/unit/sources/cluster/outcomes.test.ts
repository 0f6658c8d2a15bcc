import { expect, test } from 'vitest';
import { digestIn, promotionOf, setOf, testsOf } from '#sources/cluster/outcomes.ts';
import { buildSet, release } from '../../../support/cluster.ts';
import { digest, hoursAgo, NOW } from '../../../support/snapshot.ts';

const IMAGE = digest('image');
const urlOf = (name: string) => `https://ui.example/${name}`;
const words = { digest: IMAGE, at: NOW, urlOf };
const STATUS = 'test.appstudio.openshift.io/status';
const tested = (value: unknown) => buildSet('set', `quay.io/x@${IMAGE}`, { [STATUS]: JSON.stringify(value) });

test.each([
  ['TestPassed', 'passed'],
  ['TestWarning', 'warning'],
  ['TestFail', 'failed'],
  ['TestInvalid', 'invalid'],
  ['InProgress', 'running'],
  ['Pending', 'running'],
  ['EnvironmentProvisionError', 'unknown'],
  ['SomethingNew', 'unknown'],
])('a scenario that says %s is %s', (status, outcome) => {
  const [one] = testsOf(tested([{ scenario: 'boot', status }]), urlOf);
  expect(one).toMatchObject({ scenario: 'boot', source: 'konflux', outcome, isOptional: false, url: null });
  expect(one?.detail ?? null).toBe(outcome === 'unknown' ? status : null);
});

test('each scenario is a row with its run, its end and its words; a broken row costs no other', () => {
  const rows = testsOf(
    tested([
      { scenario: 7, status: 'TestPassed' },
      {
        ...{ scenario: 'boot', status: 'TestFail', details: 'token=abc failed', testPipelineRunName: 'boot-x1' },
        ...{ completionTime: '2026-11-21T10:00:00.123456789Z', isOptionalScenario: true },
      },
      { scenario: 'policy', status: 'TestPassed', completionTime: 'yesterday' },
    ]),
    urlOf,
  );
  expect(rows).toMatchObject([
    { scenario: 'boot', outcome: 'failed', at: '2026-11-21T10:00:00.123Z', url: urlOf('boot-x1'), isOptional: true },
    { scenario: 'policy', outcome: 'passed', at: null },
  ]);
  expect(rows[0]?.detail).not.toContain('abc');
});

test.each([['{'], ['{}'], ['null'], ['"x"']])('an annotation %s is no test', (text) => {
  expect(testsOf(buildSet('set', 'x', { [STATUS]: text }), urlOf)).toEqual([]);
});

test('nothing tested is no row', () => expect(testsOf(buildSet('set', 'x'), urlOf)).toEqual([]));

test('the set that holds the digest is the one, and a tag is no digest', () => {
  const other = buildSet('other', `quay.io/x@${digest('other')}`);
  const own = buildSet('own', `quay.io/x@${IMAGE}`);
  expect(setOf([other, own], IMAGE)).toBe(own);
  expect(setOf([other], IMAGE)).toBeNull();
  expect(digestIn('quay.io/x:latest')).toBeNull();
});

test.each([
  [['True', 'Succeeded'], 'succeeded'],
  [['True', 'Skipped'], 'skipped'],
  [['False', 'Progressing'], 'running'],
  [['False', 'Failed'], 'failed'],
  [['Unknown', 'SomethingNew'], 'unknown'],
] as const)('a promotion whose condition is %s is %s', (released, state) => {
  expect(promotionOf([release('r', 1, [...released])], words)?.state).toBe(state);
});

test('a promotion of which nothing is said is running until it has ended', () => {
  expect(promotionOf([release('r', 1, null)], words)?.state).toBe('running');
  expect(promotionOf([release('r', 1, null, { completionTime: NOW })], words)?.state).toBe('unknown');
  expect(promotionOf([], words)).toBeNull();
});

test('a failed promotion names its attempts, its last task and why', () => {
  const managedPipelineAttempts = [
    { status: 'Failed', failureReason: 'OOMKill', lastTask: 'push-snapshot', lastStep: 'push' },
    { status: 'Failed', failureReason: 'TaskRunTimeout', lastTask: 'sign-image', lastStep: 'sign' },
  ];
  const conditions = [{ type: 'ManagedPipelineProcessed', status: 'False', reason: 'Failed', message: 'gave up' }];
  const more = { managedPipelineAttempts, conditions, startTime: hoursAgo(3), completionTime: hoursAgo(1) };
  expect(promotionOf([release('r', 3, ['False', 'Failed'], more)], words)).toMatchObject({
    ...{ name: 'r', state: 'failed', step: 'sign-image, sign', attempts: 2, url: urlOf('r') },
    ...{ reason: 'TaskRunTimeout: gave up', startedAt: hoursAgo(3), endedAt: hoursAgo(1) },
  });
});

test('of one plan the newest counts, of several the one that needs a look', () => {
  const retried = [release('first', 3, ['False', 'Failed']), release('again', 1, ['True', 'Succeeded'])];
  expect(promotionOf(retried, words)).toMatchObject({ name: 'again', state: 'succeeded' });
  const other = release('other', 5, ['False', 'Progressing'], {
    plan: 'stage',
    conditions: [{ type: 'TenantPipelineProcessed', status: 'False', reason: 'Progressing', message: '' }],
  });
  expect(promotionOf([...retried, other], words)).toMatchObject({ name: 'other', step: 'TenantPipelineProcessed' });
});

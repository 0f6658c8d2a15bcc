import { expect, test } from 'vitest';
import { archOf, brokenTask, checksOf } from '#sources/cluster/failure.ts';
import { taskRun } from '../../../support/cluster.ts';
import { hoursAgo } from '../../../support/snapshot.ts';

const oom = [
  { name: 'prepare', container: 'step-prepare', terminated: { exitCode: 0, reason: 'Completed' } },
  { name: 'build', container: 'step-build', terminated: { exitCode: 137, reason: 'OOMKilled' } },
  { name: 'push', container: 'step-push', terminated: { exitCode: 1, reason: 'Error' } },
];

test.each([
  ['linux-s390x', 's390x'],
  ['linux-ppc64le', 'ppc64le'],
  ['linux-arm64', 'aarch64'],
  ['linux-d160-m4xlarge-arm64', 'aarch64'],
  ['linux-root-amd64', 'x86_64'],
  ['linux-x86-64', 'x86_64'],
  ['linux-x86_64', 'x86_64'],
  ['localhost', null],
])('platform %s is arch %s', (platform, arch) => {
  expect(archOf(taskRun('build-images', 'True', 'Succeeded', { platform }))).toBe(arch);
});

test('without the label, the parameter tells the arch', () => {
  const params = [{ name: 'PLATFORM', value: 'linux/s390x' }];
  expect(archOf(taskRun('build-images', 'False', 'Failed', { params }))).toBe('s390x');
});

test('the task that broke first is to blame, with its step, reason and every arch', () => {
  const broken = brokenTask([
    taskRun('init', 'True', 'Succeeded'),
    taskRun('build-images', 'False', 'TaskRunCancelled', { platform: 'linux-arm64', completionTime: hoursAgo(9) }),
    taskRun('build-images', 'False', 'Failed', { platform: 'linux-ppc64le', completionTime: hoursAgo(1) }),
    taskRun('build-images', 'False', 'Failed', { platform: 'linux-s390x', completionTime: hoursAgo(2), steps: oom }),
    taskRun('later', 'False', 'Failed', { completionTime: hoursAgo(0.5) }),
  ]);
  expect(broken).toMatchObject({
    failure: { task: 'build-images', arch: 's390x', arches: ['s390x', 'ppc64le'], step: 'build', reason: 'OOMKilled' },
    pod: 'build-images-pod',
    container: 'step-build',
  });
});

test('a task that never had a pod, and one that timed out, give their own reasons', () => {
  const resolved = brokenTask([taskRun('scan', 'False', 'TaskRunResolutionFailed', { podName: '' })]);
  expect(resolved).toMatchObject({ failure: { reason: 'TaskRunResolutionFailed' }, pod: null, container: null });
  const steps = [{ name: 'build', terminated: { exitCode: 1, reason: 'Error' } }];
  expect(brokenTask([taskRun('build', 'False', 'TaskRunTimeout', { steps })])).toMatchObject({
    failure: { reason: 'TaskRunTimeout' },
    container: 'step-build',
  });
  expect(brokenTask([taskRun('build', 'False', 'Failed', { steps })])?.failure.reason).toBe('Error');
  expect(brokenTask([taskRun('init', 'True', 'Succeeded')])).toBeNull();
});

const output = (result: unknown) => [{ name: 'TEST_OUTPUT', value: JSON.stringify({ result, failures: 1 }) }];

test('the worst of all checks counts, and the tasks that gave it', () => {
  const found = checksOf([
    taskRun('a', 'True', 'Succeeded', { results: output('SUCCESS') }),
    taskRun('b', 'True', 'Succeeded', { results: output('WARNING') }),
    taskRun('clair-scan', 'True', 'Succeeded', { platform: 'linux-arm64', results: output('FAILURE') }),
    taskRun('clair-scan', 'True', 'Succeeded', { platform: 'linux-s390x', taskResults: output('FAILURE') }),
    taskRun('d', 'True', 'Succeeded', { results: output('SKIPPED') }),
  ]);
  expect(found).toEqual({ checks: 'FAILURE', checkTasks: ['clair-scan'] });
});

test.each([['not JSON'], ['[]'], ['null'], ['{"result":"HACKED"}'], ['{"result":{}}']])(
  'a check that says %s says nothing',
  (value) => {
    const results = [{ name: 'TEST_OUTPUT', value }];
    expect(checksOf([taskRun('a', 'True', 'Succeeded', { results })])).toEqual({ checks: null, checkTasks: [] });
  },
);

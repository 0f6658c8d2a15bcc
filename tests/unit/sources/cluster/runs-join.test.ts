import { expect, test } from 'vitest';
import { attemptOf, buildOf, isBuild, isFinished, mergeAttempts } from '#sources/cluster/runs-join.ts';
import type { Attempt } from '#status/run.ts';
import { run } from '../../../support/cluster.ts';
import { attempts } from '../../../support/evidence.ts';
import { digest, hoursAgo, NOW } from '../../../support/snapshot.ts';

const EVENT = 'pipelinesascode.tekton.dev/event-type';
const nowMs = Date.parse(NOW);
const urlOf = (name: string) => `https://ui.example/ns/team/pipelinerun/${name}`;
const IMAGE = digest('image');

test.each([
  ['push', {}, true],
  ['Push', {}, true],
  ['incoming', {}, true],
  ['retest-all-comment', {}, true],
  ['retest-comment', { 'pipelinesascode.tekton.dev/pull-request': '7' }, false],
  ['pull_request', { 'pipelinesascode.tekton.dev/pull-request': '7' }, false],
  ['Merge_Request', {}, false],
  ['ok-to-test-comment', {}, false],
  ['push', { 'pipelines.appstudio.openshift.io/type': 'test' }, false],
])('event %s with %o: a build of the branch: %s', (event, labels, is) => {
  expect(isBuild(run('x', 1, 'True', 'Completed', { labels: { [EVENT]: event, ...labels } }))).toBe(is);
});

test.each([
  ['True', 'Succeeded', 'ok'],
  ['True', 'Completed', 'ok'],
  ['False', 'Failed', 'failed'],
  ['False', 'PipelineRunTimeout', 'failed'],
  ['False', 'CouldntGetPipeline', 'failed'],
  ['False', 'Cancelled', 'cancelled'],
  ['False', 'StoppedRunFinally', 'cancelled'],
  ['Unknown', 'Running', 'running'],
  ['Unknown', 'ResolvingPipelineRef', 'running'],
] as const)('%s with reason %s is %s', (status, reason, outcome) => {
  const made = run('x', 1, status, reason);
  expect(attemptOf(made, urlOf).outcome).toBe(outcome);
  expect(isFinished(made)).toBe(outcome !== 'running');
});

test('an attempt says what the run says, and nothing it does not', () => {
  const made = run('x-on-push-abc', 3, 'True', 'Completed', {
    annotations: { 'build.appstudio.redhat.com/commit_sha': 'c0ffee', 'chains.tekton.dev/signed': 'true' },
    results: [
      { name: 'IMAGE_DIGEST', value: `${IMAGE}\n` },
      { name: 'LIST', value: ['a'] },
    ],
  });
  expect(attemptOf(made, urlOf)).toMatchObject({
    name: 'x-on-push-abc',
    startedAt: hoursAgo(3),
    endedAt: hoursAgo(2.5),
    commit: 'c0ffee',
    digest: IMAGE,
    url: urlOf('x-on-push-abc'),
    isSigned: true,
    failure: null,
  });
  expect(attemptOf(run('y', 1, 'True', 'Completed'), () => null)).toMatchObject({
    url: null,
    digest: null,
    isSigned: null,
  });
});

test('a run of the newer model is read by its own labels', () => {
  const labels = {
    'pipelines.appstudio.openshift.io/type': '',
    'pipelines.konflux-ci.dev/type': 'build',
  };
  expect(isBuild(run('x', 1, 'True', 'Completed', { labels }))).toBe(true);
});

test('a queued run waits, and a run that broke before its tasks says why', () => {
  expect(
    attemptOf(
      run('x', 1, 'Unknown', 'PipelineRunPending', { specStatus: 'PipelineRunPending', isWaiting: true }),
      urlOf,
    ),
  ).toMatchObject({
    outcome: 'running',
    isQueued: true,
    startedAt: hoursAgo(1),
  });
  const message = 'could not resolve\n bundle with password=hunter2';
  const { failure } = attemptOf(run('x', 1, 'False', 'CouldntGetPipeline', { message }), urlOf);
  expect(failure).toMatchObject({ task: null, reason: 'CouldntGetPipeline' });
  expect(failure?.message).toMatch(/^could not resolve bundle with password=█/);
});

const made = (...names: string[]): Attempt[] =>
  attempts(...names.map(() => 'failed' as const)).map((one, index) => ({ ...one, name: names[index] ?? '' }));

test('what the cluster forgot stays, what was read of a run stays, and its signature is news', () => {
  const [old, read] = made('old', 'read');
  if (!old || !read) throw new Error('two were made');
  const failure = {
    task: 'build',
    arch: null,
    arches: [],
    step: null,
    reason: 'OOMKilled',
    message: null,
    log: 'x',
    noLog: null,
  };
  const before = [old, { ...read, failure, failedTask: 'build', tasksReadAt: NOW }];
  const today = { ...read, isSigned: false };
  const merged = mergeAttempts(before, { runs: [today], isWhole: true, nowMs });
  expect(merged.map(({ name }) => name)).toEqual(['old', 'read']);
  expect(merged[1]).toMatchObject({ failure, isSigned: false });
});

test('a running attempt that nobody knows any more is dropped after hours, and only when both were asked', () => {
  const running = attempts('running', 'ok')[0];
  if (!running) throw new Error('one was made');
  const lost = { ...running, startedAt: hoursAgo(9) };
  expect(mergeAttempts([lost], { runs: [], isWhole: true, nowMs })).toEqual([]);
  expect(mergeAttempts([lost], { runs: [], isWhole: false, nowMs })).toEqual([lost]);
  expect(mergeAttempts([running], { runs: [], isWhole: true, nowMs })).toEqual([running]);
  expect(mergeAttempts([lost], { runs: [{ ...lost, outcome: 'failed' }], isWhole: true, nowMs })[0]?.outcome).toBe(
    'failed',
  );
});

test('no more than the twenty newest are kept', () => {
  const many = attempts(...Array.from({ length: 30 }, () => 'ok' as const));
  const kept = mergeAttempts(many.slice(10), { runs: many.slice(0, 10), isWhole: true, nowMs });
  expect(kept).toEqual(many.slice(0, 20));
});

test('the run that gave the image is found by its digest and stays found', () => {
  const [newest, gave] = attempts('ok', 'ok', 'ok');
  if (!newest || !gave) throw new Error('three were made');
  const own = { ...gave, digest: IMAGE };
  const build = buildOf([newest, own], IMAGE, null);
  expect(build).toMatchObject({ current: newest, of: own, failingSince: null, isLowerBound: false });
  const before = { ...build, checkedAt: NOW, promoted: null, archivedAt: null, buildSet: null };
  expect(buildOf([newest], IMAGE, before).of).toEqual(own);
  expect(buildOf([newest], digest('next'), before).of).toBeNull();
});

test('failing since the oldest failure in a row, at least where no good run was seen', () => {
  expect(buildOf(attempts('failed', 'cancelled', 'failed', 'ok', 'failed'), null, null)).toMatchObject({
    failingSince: hoursAgo(3),
    isLowerBound: false,
  });
  const bounded = buildOf(attempts('running', 'failed', 'failed'), null, null);
  expect(bounded).toMatchObject({ failingSince: hoursAgo(3), isLowerBound: true });
  const before = { ...bounded, checkedAt: NOW, promoted: null, archivedAt: null, buildSet: null };
  const longAgo = { ...before, failingSince: hoursAgo(90), isLowerBound: false };
  expect(buildOf(attempts('failed', 'failed'), null, longAgo)).toMatchObject({
    failingSince: hoursAgo(90),
    isLowerBound: false,
  });
  expect(buildOf(attempts('ok', 'failed'), null, longAgo)).toMatchObject({ failingSince: null, isLowerBound: false });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import Failure from '#components/replay/Failure.astro';
import { adviceFor, isSeen } from '#components/replay/remedies.ts';
import { parseTaskWords } from '#pipeline/content.ts';
import type { RecordedTask } from '#pipeline/recording.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import type { TaskWords } from '#pipeline/walkthrough.ts';
import { recording, recordedTask as task } from '../../../support/recording.ts';
import { render, spoken } from '../../../support/render.ts';

const rowsOf = (...changes: Partial<RecordedTask>[]) =>
  timelineOf(
    recording(changes.map((change) => task('build-images', 0, 9, { task: 'buildah', status: 'Failed', ...change }))),
  ).rows;

const words = (of: string, ...fails: TaskWords['fails']): TaskWords => ({
  ...{ schema: 1, task: of, also: [], purpose: 'It builds.', takes: [], gives: [], fails, sources: [] },
});
const DISK = { looks: '`No space left on device`', cause: 'The disk.', cure: 'Ask for more.' };
const MEMORY = { looks: '`OOMKilled`, or exit code 137', cause: 'Memory.', cure: 'Give more.', runbook: 'memory' };

async function shown(change: Partial<RecordedTask>, props: object = {}) {
  const [first, ...others] = rowsOf(change);
  const rows = first ? [first, ...others] : [];
  const html = await render(Failure, { rows, words: words('buildah', DISK, MEMORY), runbook: () => null, ...props });
  const [open = '', folded = ''] = html.split('Other known ways');
  return { html, open: spoken(open), folded: spoken(folded) };
}

test.each([
  [
    '`OOMKilled` alone',
    { steps: [{ name: 's', image: null, startedAt: null, finishedAt: null, reason: 'OOMKilled' }] },
    true,
  ],
  ['`No space left`', { message: 'x: no space LEFT on device' }, true],
  ['a log with “Could not resolve host”', { log: 'curl: could not resolve host: x' }, true],
  ['exit code 137', { message: '"step-build" exited with code 137' }, true],
  ['exit code 13', { message: '"step-build" exited with code 137' }, false],
  ['`timed out waiting`', { message: 'it timed out' }, false],
  ['no space left, in no quotes', { message: 'no space left' }, false],
  ['`anything`', {}, false],
])('%s of %o is seen: %s', (looks, change, is) => {
  expect(isSeen(looks, rowsOf(change))).toBe(is);
});

test('the way that fits stands first and open, the others are folded, a runbook is a link only where there is one', async () => {
  const { html, open, folded } = await shown({ message: 'x: OOMKilled <b>' });
  expect(open).toContain('OOMKilled, or exit code 137 Memory. Give more.');
  expect(folded).toMatch(/in which build-images fails No space left on device The disk\./);
  expect(html).not.toMatch(/[Rr]unbook/);
  expect(html).toContain('x: OOMKilled &lt;b&gt;');
  expect(
    (
      await shown(
        { message: 'OOMKilled' },
        { runbook: (id: string) => ({ title: 'More memory', href: `/runbooks/${id}/` }) },
      )
    ).html,
  ).toMatch(/href="\/runbooks\/memory\/"[^>]*>Runbook: More memory/);
});

test('the name of a task that looks like markup is text', async () => {
  const { html, open } = await shown({ name: '<x/><b>y</b>', message: 'OOMKilled' });
  expect(open).toContain('In this pipeline the task buildah is called');
  expect(html).toContain('is called &lt;x/&gt;&lt;b&gt;y&lt;/b&gt;.');
});

test('where nothing fits, one sentence says so and where to read on', async () => {
  const without = await shown({ message: 'no answer from the registry' }, { run: 'https://ui.example/run' });
  expect(without.open).toContain('None of the known ways fits. No end of its log was kept here. Open the whole run');
  expect(without.folded).toContain('OOMKilled');
  expect((await shown({ message: 'strange', log: 'the end' })).open).toContain('Read the end of its log, above.');
  expect((await shown({}, { words: null })).open).toContain('Nobody has written yet');
});

test('what is written of another task of the pipeline is said where nothing of its own fits', async () => {
  const change = { message: 'exited with code 125: no space left on device (sample)' };
  const clone = words('git-clone', DISK, MEMORY);
  const { open } = await shown(change, { words: words('buildah', MEMORY), elsewhere: [clone, words('twin', DISK)] });
  expect(open).toMatch(/The same text is known of the task git-clone: No space left on device The disk/);
  expect(open).not.toContain('twin');
  const own = adviceFor(rowsOf(change), words('buildah', DISK), [clone]);
  expect(own).toEqual({ fitting: [{ task: 'buildah', fails: [DISK] }], others: null });
});

test.each([
  ['cannot download repomd.xml: all mirrors were tried', '/retest'],
  ['exited with code 125: no space left on device', '160 GB'],
  ['"step-build" exited with code 137', 'taskRunSpecs'],
])('what is written of the build tells what to do about: %s', (message, cure) => {
  const file = readFileSync('content/pipelines/tasks/buildah-remote-oci-ta.yaml', 'utf8');
  const [ways, ...more] = adviceFor(
    rowsOf({ message }),
    parseTaskWords(file, 'buildah-remote-oci-ta.yaml'),
    [],
  ).fitting;
  expect(more).toEqual([]);
  expect(ways?.fails.map((fail) => fail.cure)).toEqual([expect.stringContaining(cure)]);
});

import { expect, test } from 'vitest';
import { memoryShelf, records } from '#sources/records.ts';
import { Provenance } from '#status/attachment.ts';
import { Attempt } from '#status/run.ts';
import { publicRecordings } from '../../../src/pages/status/_recordings.ts';
import { recording } from '../../support/recording.ts';
import { digest, hoursAgo, image, signature } from '../../support/snapshot.ts';

const attempt = (name: string, isRecorded = true) =>
  Attempt.parse({
    ...{ name, startedAt: hoursAgo(2), endedAt: null, outcome: 'failed', failedTask: null, url: null },
    recording: isRecorded,
  });

const told = (state: 'verified' | 'present-unverified', ...attempts: Attempt[]) =>
  image('a/b/1', 'fresh', {
    digest: digest('it'),
    provenance: Provenance.parse({ ...signature(state), recording: true }),
    attempts,
    build: null,
  });

test('the build of an image and every run on record are public, each once', async () => {
  const kept = records(memoryShelf());
  await kept.keepRecording(recording([]));
  for (const run of ['failed-1', 'failed-2', 'gone'])
    await kept.keepRecording(recording([], { origin: 'cluster', run, image: null }));
  const images = [
    told('present-unverified', attempt('failed-1'), attempt('not-recorded', false), attempt('lost'), attempt('../up')),
    told('verified', attempt('failed-1'), attempt('failed-2')),
  ];
  const found = await publicRecordings(images, kept);
  expect(found.map(({ name }) => name)).toEqual([digest('it').slice(7), 'run-failed-1', 'run-failed-2']);
  expect(found[0]?.recording.isVerified).toBe(true);
});

test('what no key stands behind any more is no longer called verified', async () => {
  const kept = records(memoryShelf());
  await kept.keepRecording(recording([]));
  const [found] = await publicRecordings([told('present-unverified')], kept);
  expect(found?.recording.isVerified).toBe(false);
});

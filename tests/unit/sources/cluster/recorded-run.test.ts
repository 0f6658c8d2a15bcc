import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { transcript } from '#pipeline/replay/text.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { PipelineRun, TaskRun } from '#sources/cluster/objects.ts';
import { runRecordingOf } from '#sources/cluster/run-recording.ts';
import { attemptOf } from '#sources/cluster/runs-join.ts';

/** A real run, as the tests of Konflux's own pages keep it, where it lies beside the checkout. */

const FILE = new URL(
  '../../../../../shared/data/konflux/fixtures/konflux-ui/src/components/Commits/CommitDetails/visualization/__data__/MockCommitWorkflowData.json',
  import.meta.url,
);

const Old = z.object({
  status: z.object({
    taskRuns: z.record(
      z.string(),
      z.object({ pipelineTaskName: z.string(), status: z.looseObject({ startTime: z.string() }) }),
    ),
  }),
});

/** Its TaskRuns, which were then within the run. */
function taskRunsOf(run: unknown): TaskRun[] {
  return Object.entries(Old.parse(run).status.taskRuns).map(([name, { pipelineTaskName, status }]) =>
    TaskRun.parse({
      metadata: {
        ...{ name, uid: name, creationTimestamp: status.startTime },
        labels: { 'tekton.dev/pipelineTask': pipelineTaskName },
      },
      status,
    }),
  );
}

test('a real run is recorded with its order, its steps and what it skipped, and can be replayed', (context) => {
  if (!existsSync(FILE)) context.skip('the recordings are not beside this checkout');
  const [wire] = z
    .object({ MockBuildPipelines: z.array(z.unknown()) })
    .parse(JSON.parse(readFileSync(FILE, 'utf8'))).MockBuildPipelines;
  const run = PipelineRun.parse(wire);
  const recording = runRecordingOf({
    ...{
      attempt: attemptOf(run, () => null),
      run,
      taskRuns: taskRunsOf(wire),
      namespace: 'jephilli-tenant',
      broken: null,
    },
  });
  expect(recording).toMatchObject({
    ...{
      pipeline: 'human-resources-clkq-on-pull-request',
      outcome: 'succeeded',
      createdAt: '2023-03-27T13:44:03.000Z',
    },
  });
  const tasks = new Map(recording?.tasks.map((task) => [task.name, task]));
  expect(tasks.size).toBe(11);
  expect(tasks.get('clone-repository')?.after).toEqual(['init']);
  expect(tasks.get('show-summary')?.after).not.toEqual([]);
  expect(recording?.notRecorded.filter((line) => line.startsWith('A run of'))).toEqual([
    'A run of prefetch-dependencies, sast-snyk-check: skipped (When Expressions evaluated to false).',
  ]);
  const timeline = recording && timelineOf(recording);
  expect(timeline?.faults).toEqual([]);
  expect(timeline?.events).toHaveLength(2 * 11 + 2);
  expect(timeline?.rows.every(({ workMs, fromMs }) => workMs !== null && fromMs !== null && workMs >= fromMs)).toBe(
    true,
  );
  const said =
    timeline && recording ? transcript(timeline, recording).map(({ clock, text }) => `${clock} ${text}`) : [];
  expect(said.at(0)).toMatch(/^0:00 the run begins/);
  expect(said.at(-1)).toMatch(/ the run ends after 3 min \d+ s: it succeeded$/);
  const text = JSON.stringify(recording);
  for (const word of ['pac-gitauth', '34687113', 'jeff-phillips-18"', 'cri-o://', 'entrypoint'])
    expect(text).not.toContain(word);
});

import { Recording } from '#pipeline/recording.ts';
import { notRecorded } from '#pipeline/recording-text.ts';
import { bounded, pipelineValues, platformsOf, recorded } from './allow-list.ts';
import { type StatedRun, word } from './stated.ts';

/** The recording of a build, from what is stated of it. */

/** The recording of a run; null where the statement records no tasks. */
export function recordingOf(run: StatedRun, image: string, isVerified: boolean): Recording | null {
  if (!run.tasks) return null;
  const [first] = run.tasks;
  const label = (name: string) => word(first?.labels.get(name)) ?? word(run.labels.get(name));
  const platforms = platformsOf(run.params);
  const name = label('tekton.dev/pipelineRun');
  const pipeline = label('tekton.dev/pipeline');
  const recording = {
    schema: 1 as const,
    origin: 'attestation' as const,
    image,
    predicateType: run.predicateType,
    isVerified,
    // An inlined pipeline is named like its run.
    pipeline: pipeline === name ? label('pipelinesascode.tekton.dev/original-prname') : pipeline,
    run: name,
    namespace: first?.namespace ?? /\/ns\/([a-z0-9-]{1,63})\//.exec(run.logUrl ?? '')?.[1] ?? null,
    logUrl: run.logUrl,
    createdAt: null,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    outcome: null,
    message: null,
    params: pipelineValues(run.params),
    tasks: run.tasks.map((task) => recorded(task, platforms)),
  };
  const planned = run.planned && [...run.planned.keys()].map((one) => word(one) ?? 'unnamed');
  const missing = notRecorded(recording, { platforms, planned, unread: run.unread });
  return Recording.parse(bounded({ ...recording, notRecorded: missing }));
}

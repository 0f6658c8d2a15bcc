import { type RecordedTask, Recording } from '#pipeline/recording.ts';
import { notRecorded } from '#pipeline/recording-text.ts';
import { stateOf } from '#pipeline/replay/state.ts';
import { bounded, pipelineValues, platformsOf, recorded, textOf } from '#sources/provenance/allow-list.ts';
import { byName, instant, MANY, pinOf, Ref, refOf, type StatedTask, word } from '#sources/provenance/stated.ts';
import { isRunName } from '#sources/records.ts';
import { redactLine } from '#sources/redact.ts';
import type { Attempt } from '#status/run.ts';
import { taskOf } from './failure.ts';
import { conditionOf, type PipelineRun, type TaskRun, wordOf } from './objects.ts';

/** The recording of a finished run from its PipelineRun and TaskRuns; pure. */

export interface Finished {
  attempt: Attempt;
  /** Null where the cluster no longer told of it. */
  run: PipelineRun | null;
  taskRuns: readonly TaskRun[];
  namespace: string;
  /** The TaskRun that broke the run, with the end of its log or why there is none. */
  broken: { taskRun: string; log: string | null; noLog: string | null } | null;
}

const OUTCOMES = { ok: 'succeeded', failed: 'failed', cancelled: 'cancelled', running: null } as const;

/** The recording; null where no task is known, or the run's name is not fit for that of a record. */
export function runRecordingOf({ attempt, run, taskRuns, namespace, broken }: Finished): Recording | null {
  if (taskRuns.length === 0 || !isRunName(attempt.name)) return null;
  const inOrder = [...taskRuns].sort((a, b) => beginOf(a).localeCompare(beginOf(b)));
  const [kept, cut] = [inOrder.slice(0, MANY), inOrder.slice(MANY)];
  const planned = run?.status?.pipelineSpec ?? null;
  const params = new Map<string, unknown>(run?.spec?.params?.map(({ name, value }) => [name, value]));
  const given = platformsOf(params);
  const platforms = given.length > 0 ? given : (planned?.platforms ?? []);
  const recording = {
    schema: 1 as const,
    origin: 'cluster' as const,
    image: attempt.digest,
    predicateType: null,
    isVerified: false,
    pipeline: pipelineOf(attempt.name, run),
    run: attempt.name,
    namespace: word(namespace),
    logUrl: attempt.url,
    createdAt: instant(run?.metadata.creationTimestamp),
    startedAt: run ? instant(run.status?.startTime ?? undefined) : attempt.startedAt,
    finishedAt: attempt.endedAt,
    outcome: OUTCOMES[attempt.outcome],
    message: messageOf(run, attempt),
    params: pipelineValues(params),
    tasks: kept.map((one) => recordedTask(one, { after: planned?.after ?? null, platforms, broken })),
  };
  const tooMany = new Set(cut.map(taskOf));
  const names = planned && [...planned.after.keys()].filter((name) => !tooMany.has(name)).map(cleaned);
  const there = new Set(taskRuns.map(({ metadata }) => metadata.name));
  const missing = notRecorded(recording, {
    ...{ platforms, planned: names, unread: 0, cut: cut.length },
    run: {
      skipped: (run?.status?.skippedTasks ?? []).map(({ name, reason }) => ({
        name: cleaned(name),
        reason: reason ? cleaned(reason) : null,
      })),
      retried: [...new Set(kept.flatMap((one) => (one.status?.retriesStatus ? [taskOf(one)] : [])))],
      lost: (run?.status?.childReferences ?? []).filter(({ name }) => !there.has(name)).length,
      noLog: broken?.noLog ?? null,
    },
  });
  return Recording.parse(bounded({ ...recording, notRecorded: missing }));
}

const beginOf = ({ status, metadata }: TaskRun): string =>
  instant(status?.startTime ?? metadata.creationTimestamp) ?? '';
const cleaned = (text: string): string => redactLine(text, 200);

/** An inlined pipeline is named like its run; then Pipelines as Code knows the name of its file. */
function pipelineOf(name: string, run: PipelineRun | null): string | null {
  if (!run) return null;
  const pipeline = wordOf(run, 'tekton.dev/pipeline');
  return word(pipeline === name ? wordOf(run, 'pipelinesascode.tekton.dev/original-prname') : pipeline);
}

function messageOf(run: PipelineRun | null, { outcome, failure }: Attempt): string | null {
  if (outcome === 'ok') return null;
  const message = run ? conditionOf(run, 'Succeeded')?.message : failure?.message;
  return message ? textOf(message) || null : null;
}

interface Around {
  after: ReadonlyMap<string, string[]> | null;
  platforms: readonly string[];
  broken: Finished['broken'];
}

function recordedTask(one: TaskRun, { after, platforms, broken }: Around): RecordedTask {
  const condition = conditionOf(one, 'Succeeded');
  const isBroken = broken?.taskRun === one.metadata.name;
  const message = condition?.status === 'False' ? condition.message : null;
  return {
    ...recorded(stated(one, after), platforms),
    createdAt: instant(one.metadata.creationTimestamp),
    message: message ? textOf(message) || null : null,
    log: (isBroken && broken.log) || null,
  };
}

/** A TaskRun in the form in which statements tell of tasks. */
function stated(one: TaskRun, after: Around['after']): StatedTask {
  const { metadata, spec, status } = one;
  const name = taskOf(one);
  const results = [...(status?.taskResults ?? []), ...(status?.results ?? [])];
  return {
    name,
    after: (after?.get(name) ?? []).map(cleaned),
    status: statusOf(one),
    startedAt: instant(status?.startTime ?? undefined),
    finishedAt: instant(status?.completionTime ?? undefined),
    ...referenceOf(one),
    namespace: metadata.namespace ?? null,
    params: byName(spec?.params ?? []),
    results: byName(results),
    labels: new Map(Object.entries(metadata.labels ?? {})),
    steps: (status?.steps ?? []).map(({ name: step, container, imageID, terminated }) => {
      const pin = pinOf(imageID);
      return {
        name: word(step ?? container),
        image: pin && word(`${pin.image}@${pin.digest}`),
        startedAt: instant(terminated?.startedAt ?? undefined),
        finishedAt: instant(terminated?.finishedAt ?? undefined),
        reason: terminated?.reason ? cleaned(terminated.reason) : null,
      };
    }),
  };
}

/** Bundle and name of the task, with a resolver or as they were named before there were any. */
function referenceOf({ spec, metadata }: TaskRun): Pick<StatedTask, 'bundle' | 'task'> {
  const ref = spec?.taskRef;
  const { bundle, task } = refOf(Ref.parse({ name: ref?.name ?? undefined, params: ref?.params ?? [] }));
  const old = pinOf(ref?.bundle);
  return {
    bundle: word(bundle ?? (old && `${old.image}@${old.digest}`)),
    task: task ?? word(metadata.labels?.['tekton.dev/task']),
  };
}

/** Tekton's reason, where it says the same as the condition's status; of others it is said what the status says. */
function statusOf(one: TaskRun): string | null {
  const { status, reason } = conditionOf(one, 'Succeeded') ?? {};
  const said = reason ? redactLine(reason, 150) : '';
  const state = stateOf(said);
  if (status === 'True') return state === 'succeeded' ? said : 'Succeeded';
  if (status === 'False') {
    if (state === 'failed' || state === 'cancelled' || state === 'skipped') return said;
    return said ? `Failed: ${said}` : 'Failed';
  }
  return said || null;
}

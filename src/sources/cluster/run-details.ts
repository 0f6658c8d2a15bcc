import type { Records } from '#sources/records.ts';
import { redactTail } from '#sources/redact.ts';
import type { Attempt, Failure } from '#status/run.ts';
import { iso } from '#status/time.ts';
import type { Asker } from './ask.ts';
import { newestOf } from './ask.ts';
import { type Broken, brokenTask, checksOf } from './failure.ts';
import { type PipelineRun, TaskRun } from './objects.ts';
import { runRecordingOf } from './run-recording.ts';

/** What is read of a run once it has ended, at once and once only: the cluster forgets it in 80 minutes. */

const LOG_BYTES = 2_048;
const LOG_AGE_MS = 24 * 3_600_000;
const FAILURES = 5;

export interface Reader {
  asker: Asker;
  namespace: string;
  target: string;
  nowMs: number;
  /** What was told today of the runs. */
  runs: readonly PipelineRun[];
  records: Pick<Records, 'keepRecording'>;
}

/** The attempts with what the tasks of the newest of them say, each with its recording kept; `digest` is that of the image. */
export async function readTasks(
  reader: Reader,
  attempts: readonly Attempt[],
  digest: string | null,
): Promise<Attempt[]> {
  const ended = attempts.filter(({ outcome }) => outcome === 'ok' || outcome === 'failed');
  const lastGood = ended.findIndex(({ outcome }) => outcome === 'ok');
  const wanted = new Set([
    ...(lastGood === -1 ? ended : ended.slice(0, lastGood)).slice(0, FAILURES),
    ...ended.slice(0, 1),
    ...ended.filter((one) => digest !== null && one.digest === digest),
  ]);
  return Promise.all(
    attempts.map((one) => (wanted.has(one) && one.tasksReadAt === null ? readTask(reader, one) : one)),
  );
}

async function readTask(reader: Reader, attempt: Attempt): Promise<Attempt> {
  const { asker, namespace, target, nowMs } = reader;
  const place = { namespace, kind: 'taskruns' } as const;
  const query = { labelSelector: `tekton.dev/pipelineRun=${attempt.name}` };
  const found = await newestOf(asker, place, target, (client) => client.list(namespace, 'taskruns', TaskRun, query));
  if (!found) return attempt;
  const broken = attempt.outcome === 'failed' ? brokenTask(found) : null;
  const told = broken && (await readLog(reader, attempt, broken));
  const recording = runRecordingOf({
    ...{ attempt, namespace, taskRuns: found },
    run: reader.runs.find(({ metadata }) => metadata.name === attempt.name) ?? null,
    broken: broken && told && { taskRun: broken.taskRun, log: told.log, noLog: told.noLog },
  });
  if (recording) await reader.records.keepRecording(recording);
  return {
    ...attempt,
    ...checksOf(found),
    failedTask: broken?.failure.task ?? null,
    failure: broken ? { ...broken.failure, ...told } : attempt.failure,
    recording: recording !== null,
    tasksReadAt: iso(nowMs),
  };
}

/** The end of the log of the step that broke; of old runs none is asked for. */
async function readLog(
  { asker, namespace, target, nowMs }: Reader,
  { endedAt }: Attempt,
  { pod, container }: Broken,
): Promise<Pick<Failure, 'log' | 'noLog'>> {
  const none = (noLog: string) => ({ log: null, noLog });
  if (!pod || !container) return none('the task broke before any of its steps ran');
  if (!endedAt || nowMs - Date.parse(endedAt) > LOG_AGE_MS) return none('it broke more than a day before we looked');
  const place = { namespace, kind: 'pods' } as const;
  let isSure = true;
  for (const client of [asker.live, asker.archive]) {
    const log = await asker.ask(client, place, target, async (one) => (await one.log(namespace, pod, container)) ?? '');
    if (log?.trim()) return { log: redactTail(log, LOG_BYTES), noLog: null };
    if (client && log === null) isSure = false;
  }
  return none(isSure ? 'neither the cluster nor its archive had it any more' : 'it could not be read');
}

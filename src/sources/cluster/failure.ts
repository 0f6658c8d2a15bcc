import { jsonOf } from '#sources/provenance/signature.ts';
import { trimmed } from '#sources/provenance/stated.ts';
import { redactLine } from '#sources/redact.ts';
import type { Arch } from '#status/arch.ts';
import { type Attempt, CHECKS, Failure } from '#status/run.ts';
import { conditionOf, type TaskRun, wordOf } from './objects.ts';

/** What the task runs of a pipeline run say: which task broke, on which arch and why, and what its checks found; pure. */

const TASK = ['tekton.dev/pipelineTask', 'tekton.dev/task'];
const PLATFORM = 'build.appstudio.redhat.com/target-platform';
const PLATFORM_PARAMETERS = ['PLATFORM', 'platform', 'image-platform', 'image-arch'];
const ARCH_ENDS: readonly (readonly [RegExp, Arch])[] = [
  [/(x86[-_]64|amd64)$/, 'x86_64'],
  [/(arm64|aarch64)$/, 'aarch64'],
  [/ppc64le$/, 'ppc64le'],
  [/s390x$/, 's390x'],
];
// What befell a task because another one broke.
const COLLATERAL = new Set(['TaskRunCancelled', 'TaskRunImagePullFailedCancelled']);
// These say no more than that something went wrong.
const VAGUE = new Set(['', 'Error', 'Completed', 'Failed']);

export interface Broken {
  failure: Failure;
  /** Name of its TaskRun. */
  taskRun: string;
  /** Where its log lies. */
  pod: string | null;
  container: string | null;
}

/** The task that broke first; null where none did. */
export function brokenTask(taskRuns: readonly TaskRun[]): Broken | null {
  const failed = taskRuns
    .filter((one) => conditionOf(one, 'Succeeded')?.status === 'False' && !COLLATERAL.has(reasonOf(one)))
    .sort((a, b) => endOf(a).localeCompare(endOf(b)));
  const [first] = failed;
  if (!first) return null;
  const task = taskOf(first);
  const arches = failed.filter((one) => taskOf(one) === task).flatMap((one) => archOf(one) ?? []);
  const step = first.status?.steps?.find(({ terminated }) => terminated && isBad(terminated));
  const told = [step?.terminated?.reason ?? '', reasonOf(first)];
  const message = conditionOf(first, 'Succeeded')?.message;
  return {
    failure: Failure.parse({
      task,
      arch: archOf(first),
      arches: [...new Set(arches)],
      step: step?.name ? redactLine(step.name, 200) : null,
      reason: redactLine(told.find((reason) => !VAGUE.has(reason)) ?? told.find(Boolean) ?? '', 200) || null,
      message: message ? redactLine(message) : null,
      log: null,
    }),
    taskRun: first.metadata.name,
    pod: first.status?.podName || null,
    container: step ? (step.container ?? (step.name ? `step-${step.name}` : null)) : null,
  };
}

const reasonOf = (one: TaskRun): string => conditionOf(one, 'Succeeded')?.reason ?? '';
const endOf = ({ status, metadata }: TaskRun): string => status?.completionTime ?? metadata.creationTimestamp;
/** Name of its task in the pipeline. */
export const taskOf = (one: TaskRun): string => redactLine(wordOf(one, ...TASK) ?? one.metadata.name, 200);
const isBad = ({ exitCode, reason }: { exitCode?: number | null | undefined; reason?: string | null | undefined }) =>
  (exitCode ?? 0) !== 0 || reason === 'OOMKilled';

/** The arch that a task ran for; null for one that is the same for all, or where nothing names it. */
export function archOf(one: TaskRun): Arch | null {
  const named = one.spec?.params?.find(({ name }) => PLATFORM_PARAMETERS.includes(name))?.value;
  const platform = wordOf(one, PLATFORM) ?? (typeof named === 'string' ? named : '');
  return ARCH_ENDS.find(([end]) => end.test(platform))?.[1] ?? null;
}

/** The worst TEST_OUTPUT of all tasks, and which tasks gave it. A run can succeed while this is FAILURE. */
export function checksOf(taskRuns: readonly TaskRun[]): Pick<Attempt, 'checks' | 'checkTasks'> {
  const found = taskRuns.flatMap((one) => {
    const results = [...(one.status?.results ?? []), ...(one.status?.taskResults ?? [])];
    return results.flatMap(({ name, value }) => {
      const word = name === 'TEST_OUTPUT' ? wordIn(value) : null;
      return word ? [{ word, task: taskOf(one) }] : [];
    });
  });
  const checks = CHECKS.findLast((word) => found.some((one) => one.word === word)) ?? null;
  const tasks = found.filter(({ word }) => word === checks).map(({ task }) => task);
  return { checks, checkTasks: [...new Set(tasks)].slice(0, 20) };
}

function wordIn(output: string): (typeof CHECKS)[number] | null {
  const value = jsonOf(new TextEncoder().encode(trimmed(output)));
  const result = value && typeof value === 'object' && 'result' in value ? value.result : null;
  return CHECKS.find((word) => word === result) ?? null;
}

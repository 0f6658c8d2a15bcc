import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { ApiError, Failure } from '../kubectl/failure.ts';
import { goText, keysOf } from '../kubectl/go.ts';
import type { Session } from '../kubectl/session.ts';
import { elastic } from '../kubectl/table.ts';
import { ageOf, byStart, durationOf, goDuration, stateOf } from './words.ts';

/** `tkn pipelinerun describe`. */

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export async function describeRun(session: Session, name: string): Promise<number> {
  const { io, namespace } = session;
  const root = `/apis/tekton.dev/v1/namespaces/${namespace}`;
  const run = await session.json('GET', `${root}/pipelineruns/${name}`).catch((error: unknown) => {
    throw error instanceof ApiError ? new Failure(`failed to find pipelinerun "${name}"`) : error;
  });
  const children = listOf(fieldOf(run['status'], 'childReferences')).filter(
    (one) => fieldOf(one, 'kind') === 'TaskRun',
  );
  const tasks: Fields[] = [];
  for (const child of children)
    tasks.push(
      await session.json('GET', `${root}/taskruns/${textOf(fieldOf(child, 'name'))}`).catch((error: unknown) => {
        throw error instanceof ApiError ? new Failure('failed to find get taskruns of the pipelineruns') : error;
      }),
    );
  const taskOf = new Map(
    children.map((one) => [textOf(fieldOf(one, 'name')), textOf(fieldOf(one, 'pipelineTaskName'))]),
  );
  const parts = [
    head(run),
    ...status(run, tasks, io.now()),
    ...timeouts(run),
    ...valued('Params', listOf(fieldOf(run['spec'], 'params'))),
    ...valued('Results', listOf(fieldOf(run['status'], 'results'))),
    ...taskRuns(tasks.toSorted(byStart), taskOf, io.now()),
    ...skipped(listOf(fieldOf(run['status'], 'skippedTasks'))),
  ];
  io.out(
    elastic(
      parts
        .join('\n\n')
        .split('\n')
        .map((line) => line.split('\t')),
      3,
    ),
  );
  return 0;
}

function head({ metadata, spec }: Fields): string {
  const [pipeline, account] = [
    textOf(fieldOf(fieldOf(spec, 'pipelineRef'), 'name')),
    textOf(fieldOf(fieldOf(spec, 'taskRunTemplate'), 'serviceAccountName')),
  ];
  const notes = { ...fieldsOf(fieldOf(metadata, 'annotations')) };
  delete notes[LAST_APPLIED];
  const rows = (title: string, fields: Fields) =>
    Object.keys(fields).length === 0
      ? []
      : [`${title}:`, ...keysOf(fields).map((key) => ` ${key}=${textOf(fields[key])}`)];
  return [
    `Name:\t${textOf(fieldOf(metadata, 'name'))}`,
    `Namespace:\t${textOf(fieldOf(metadata, 'namespace'))}`,
    ...(pipeline === '' ? [] : [`Pipeline Ref:\t${pipeline}`]),
    ...(account === '' ? [] : [`Service Account:\t${account}`]),
    ...rows('Labels', fieldsOf(fieldOf(metadata, 'labels'))),
    ...rows('Annotations', notes),
  ].join('\n');
}

function status({ status: own }: Fields, tasks: readonly Fields[], nowMs: number): string[] {
  const [start, end] = [fieldOf(own, 'startTime'), fieldOf(own, 'completionTime')];
  const row = `${ageOf(start, nowMs)}\t${durationOf(start, end)}\t${stateOf(own)}`;
  const [first] = listOf(fieldOf(own, 'conditions'));
  const failed = tasks
    .filter((task) => fieldOf(listOf(fieldOf(task['status'], 'conditions'))[0], 'status') === 'False')
    .map((task) => textOf(fieldOf(task['metadata'], 'name')))
    .toSorted();
  // tkn calls them cancelled, whatever ended them.
  const names = failed.length === 0 ? '' : `\nTaskRun(s) cancelled: ${failed.join(', ')}`;
  const message = fieldOf(first, 'status') === 'False' ? `${textOf(fieldOf(first, 'message'))}${names}` : '';
  return [`Status\n\nSTARTED\tDURATION\tSTATUS\n${row}`, ...(message === '' ? [] : [`Message\n\n${message}`])];
}

function timeouts({ spec }: Fields): string[] {
  const own = fieldOf(spec, 'timeouts');
  if (own === undefined) return [];
  const rows = ['pipeline', 'tasks', 'finally'].flatMap((name) => {
    const text = textOf(fieldOf(own, name));
    return text === '' ? [] : [`\n ${name.charAt(0).toUpperCase()}${name.slice(1)}:\t${goDuration(secondsOf(text))}`];
  });
  return [`Timeouts${rows.join('')}`];
}

const SECONDS: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 };

const secondsOf = (text: string): number =>
  [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, number, unit = 's']) => sum + Number(number) * (SECONDS[unit] ?? 0),
    0,
  );

function valued(title: string, rows: readonly unknown[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.map((row) => ` ${textOf(fieldOf(row, 'name'))}\t${goText(fieldOf(row, 'value'))}`);
  return [`${title}\n\n NAME\tVALUE\n${lines.join('\n')}`];
}

function taskRuns(tasks: readonly Fields[], taskOf: ReadonlyMap<string, string>, nowMs: number): string[] {
  if (tasks.length === 0) return [];
  const lines = tasks.map(({ metadata, status: own }) => {
    const name = textOf(fieldOf(metadata, 'name'));
    const [start, end] = [fieldOf(own, 'startTime'), fieldOf(own, 'completionTime')];
    return ` ${name}\t${taskOf.get(name) ?? ''}\t${ageOf(start, nowMs)}\t${durationOf(start, end)}\t${stateOf(own)}`;
  });
  return [`Taskruns\n\n NAME\tTASK NAME\tSTARTED\tDURATION\tSTATUS\n${lines.join('\n')}`];
}

const skipped = (tasks: readonly unknown[]): string[] =>
  tasks.length === 0
    ? []
    : [`Skipped Tasks\n\n NAME\n${tasks.map((one) => ` ${textOf(fieldOf(one, 'name'))}`).join('\n')}`];

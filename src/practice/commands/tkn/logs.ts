import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { ApiError, Failure } from '../kubectl/failure.ts';
import type { Session } from '../kubectl/session.ts';
import { byStart } from './words.ts';

/** `tkn pipelinerun logs` and `tkn taskrun logs`: the steps of each task, one after the other. */

export const LOGS = {
  values: ['task t', 'step s'],
  switches: ['last L', 'all a', 'follow f', 'no-color C', 'prefixing'],
};

const STEP = 'step-';

/** Every task of a run in the order in which they began, and at the end why it failed. */
export async function logsOfRun(session: Session, name: string): Promise<number> {
  const { args, io, namespace } = session;
  const run = await found(session, 'pipelineruns', name, `failed to get pipelinerun "${name}"`);
  const list = await session.json('GET', `/apis/tekton.dev/v1/namespaces/${namespace}/taskruns`, {
    query: { labelSelector: `tekton.dev/pipelineRun=${name}` },
  });
  const wanted = args.all('task').flatMap((one) => one.split(','));
  const tasks = listOf(list['items'])
    .map(fieldsOf)
    .toSorted(byStart)
    .reverse()
    .filter((one) => wanted.length === 0 || wanted.includes(taskOf(one)));
  for (const task of tasks) await logsOfTask(session, task, (step) => `[${taskOf(task)} : ${step}] `);
  const failure = failureOf(run);
  if (failure !== null) io.err(`${failure}\n`);
  return 0;
}

/** The steps of one TaskRun. */
export async function logsOfTaskRun(session: Session, name: string): Promise<number> {
  const task = await found(session, 'taskruns', name, `failed to get taskrun "${name}"`);
  await logsOfTask(session, task, (step) => `[${step}] `);
  return 0;
}

async function logsOfTask(session: Session, task: Fields, prefix: (step: string) => string): Promise<void> {
  const { args, io, namespace } = session;
  const pod = textOf(fieldOf(task['status'], 'podName'));
  const failure = failureOf(task);
  if (failure !== null) io.err(`task ${taskOf(task)} has failed: ${failure}\n`);
  if (pod === '') {
    io.err(`pod for taskrun ${textOf(fieldOf(task['metadata'], 'name'))} not available yet\n`);
    return;
  }
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}`;
  const { spec } = await session.json('GET', path);
  const containers = [
    ...(args.has('all') ? listOf(fieldOf(spec, 'initContainers')) : []),
    ...listOf(fieldOf(spec, 'containers')),
  ];
  const wanted = args.all('step').flatMap((one) => one.split(','));
  const isPrefixed = args.one('prefixing') !== 'false';
  for (const container of containers.map((one) => textOf(fieldOf(one, 'name')))) {
    const step = container.startsWith(STEP) ? container.slice(STEP.length) : container;
    if (wanted.length > 0 && !wanted.includes(step)) continue;
    const text = await (await session.call('GET', `${path}/log`, { query: { container } })).text();
    io.out(`${isPrefixed ? text.replace(/^(?=.|\n)/gm, prefix(step)) : text}\n`);
  }
}

async function found(session: Session, plural: string, name: string, words: string): Promise<Fields> {
  const path = `/apis/tekton.dev/v1/namespaces/${session.namespace}/${plural}/${name}`;
  return session.json('GET', path).catch((error: unknown) => {
    throw error instanceof ApiError ? new Failure(`${words}: ${error.message}`) : error;
  });
}

const taskOf = ({ metadata }: Fields): string =>
  textOf(fieldOf(fieldOf(metadata, 'labels'), 'tekton.dev/pipelineTask'));

/** Why it failed; null where it has not. */
function failureOf({ status }: Fields): string | null {
  const [condition] = listOf(fieldOf(status, 'conditions'));
  return fieldOf(condition, 'status') === 'False' ? textOf(fieldOf(condition, 'message')) : null;
}

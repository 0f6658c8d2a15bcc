import { type Client, type CommandIo, NotSimulated } from '#practice/command.ts';
import { fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { Failure } from '../kubectl/failure.ts';
import { goJson } from '../kubectl/go.ts';
import { openSession, outputOf, type Session } from '../kubectl/session.ts';
import { elastic } from '../kubectl/table.ts';
import { yaml } from '../kubectl/yaml-print.ts';
import { describeRun } from './describe.ts';
import { LOGS, logsOfRun, logsOfTaskRun } from './logs.ts';
import { ageOf, byStart, durationOf, stateOf } from './words.ts';

/** tkn, as far as its source says what it prints: no real one is at hand to hold it against. */

interface Kind {
  plural: 'pipelineruns' | 'taskruns';
  title: 'PipelineRuns' | 'TaskRuns';
}

const KINDS: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(
    ['pipelinerun', 'pr', 'pipelineruns'].map((word) => [
      word,
      { plural: 'pipelineruns', title: 'PipelineRuns' } as const,
    ]),
  ),
  ...Object.fromEntries(
    ['taskrun', 'tr', 'taskruns'].map((word) => [word, { plural: 'taskruns', title: 'TaskRuns' } as const]),
  ),
};

const LIST = {
  values: ['limit', 'label', 'output o'],
  switches: ['reverse', 'all-namespaces A', 'no-headers', 'no-color C'],
};
const DESCRIBE = { values: ['output o'], switches: ['last L', 'no-color C'] };

async function run([word = '', verb = '', ...rest]: string[], io: CommandIo): Promise<number> {
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  const what = ['tkn', word, verb].filter(Boolean).join(' ');
  if (!kind) throw new NotSimulated(what, 'What it can do: tkn --help.');
  if (verb === 'list' || verb === 'ls') return list(await openSession(io, what, rest, LIST), kind);
  if ((verb === 'describe' || verb === 'desc') && kind.plural === 'pipelineruns')
    return described(await openSession(io, what, rest, DESCRIBE));
  if (verb === 'logs') return logs(await openSession(io, what, rest, LOGS), kind);
  throw new NotSimulated(what, INSTEAD[verb] ?? 'What it can do: tkn --help.');
}

const INSTEAD: Readonly<Record<string, string>> = {
  cancel: 'Use kubectl patch pipelinerun NAME --type=merge -p \'{"spec":{"status":"Cancelled"}}\'.',
  delete: 'Use kubectl delete pipelinerun NAME.',
  describe: 'Use kubectl describe taskrun NAME.',
  desc: 'Use kubectl describe taskrun NAME.',
  start: 'A merge request, or an annotation of the Component, starts a run.',
};

async function logs(session: Session, kind: Kind): Promise<number> {
  const [given] = session.args.words;
  if (given === undefined && !session.args.has('last'))
    throw new NotSimulated(`${session.what} without a name: it would ask which one`);
  const name = given ?? (await newest(session, kind));
  if (name === null) {
    session.io.out(`No ${kind.title} found\n`);
    return 0;
  }
  return kind.plural === 'pipelineruns' ? logsOfRun(session, name) : logsOfTaskRun(session, name);
}

/** Name of the run that was begun last; null where there is none. */
async function newest(session: Session, kind: Kind): Promise<string | null> {
  const { runs } = await runsOf(session, kind, undefined);
  const [first] = runs.toSorted(byStart);
  return first ? textOf(fieldOf(first['metadata'], 'name')) : null;
}

async function runsOf(session: Session, { plural, title }: Kind, labelSelector: string | undefined) {
  const place = session.args.has('all-namespaces') ? '' : `/namespaces/${session.namespace}`;
  try {
    const list = await session.json('GET', `/apis/tekton.dev/v1${place}/${plural}`, { query: { labelSelector } });
    return { list, runs: listOf(list['items']).map(fieldsOf) };
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'NotSimulated') throw error;
    throw new Failure(`failed to list ${title} from namespace ${session.namespace}: ${error.message}`);
  }
}

async function list(session: Session, kind: Kind): Promise<number> {
  const { args, io } = session;
  const { form } = outputOf(session, ['name', 'json', 'yaml']);
  const [of] = args.words;
  const label = args.one('label');
  const owner = kind.plural === 'pipelineruns' ? 'pipeline' : 'task';
  if (of !== undefined && label !== undefined)
    throw new Failure(`specifying a ${owner === 'task' ? 'Task' : 'Pipeline'} and labels are not compatible`);
  const limit = Number(args.one('limit') ?? 0);
  if (limit < 0) throw new Failure(`limit was ${limit} but must be a positive number`);
  const { list: whole, runs } = await runsOf(session, kind, of === undefined ? label : `tekton.dev/${owner}=${of}`);
  const isAll = args.has('all-namespaces');
  const ordered = isAll ? runs : runs.toSorted(byStart);
  const cut = limit === 0 ? ordered : ordered.slice(0, limit);
  const shown = args.has('reverse') ? cut.toReversed() : cut;
  if (form === 'name')
    io.out(
      shown
        .map(({ metadata }) => `${kind.plural.slice(0, -1)}.tekton.dev/${textOf(fieldOf(metadata, 'name'))}\n`)
        .join(''),
    );
  else if (form !== '') {
    const value = { ...whole, items: shown };
    io.out(form === 'json' ? `${goJson(value, '    ')}\n` : yaml(value));
  } else if (shown.length === 0) io.out(`No ${kind.title} found\n`);
  else {
    const head = [...(isAll ? ['NAMESPACE'] : []), 'NAME', 'STARTED', 'DURATION', 'STATUS'];
    const rows = shown.map(({ metadata, status }) => [
      ...(isAll ? [textOf(fieldOf(metadata, 'namespace'))] : []),
      textOf(fieldOf(metadata, 'name')),
      ageOf(fieldOf(status, 'startTime'), io.now()),
      durationOf(fieldOf(status, 'startTime'), fieldOf(status, 'completionTime')),
      stateOf(status),
    ]);
    io.out(elastic([...(args.has('no-headers') ? [] : [head]), ...rows], 3));
  }
  return 0;
}

async function described(session: Session): Promise<number> {
  const { args, io, namespace } = session;
  const { form } = outputOf(session, ['json', 'yaml']);
  let [name] = args.words;
  if (name === undefined) {
    if (!args.has('last')) throw new NotSimulated(`${session.what} without a name: it would ask which one`);
    const kind = KINDS['pipelinerun'];
    const last = kind ? await newest(session, kind) : null;
    if (last === null) {
      io.out(`No PipelineRuns present in namespace ${namespace}\n`);
      return 0;
    }
    name = last;
  }
  if (form === '') return describeRun(session, name);
  const object = await session.json('GET', `/apis/tekton.dev/v1/namespaces/${namespace}/pipelineruns/${name}`);
  io.out(form === 'json' ? `${goJson(object, '    ')}\n` : yaml(object));
  return 0;
}

export const tkn: Client = {
  name: 'tkn',
  command: async (argv, io) => {
    try {
      return await run(argv, io);
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'NotSimulated' || io.signal?.aborted) throw error;
      io.err(`Error: ${error.message}\n`);
      return 1;
    }
  },
  can: [
    'pipelinerun list, taskrun list: --label, --limit, --reverse, --all-namespaces, --no-headers, --output yaml, json, name',
    'pipelinerun describe NAME, or --last',
    'pipelinerun logs NAME, taskrun logs NAME, or --last: -t TASK, -s STEP, -a, -f',
  ],
  differs: [
    { what: 'Conformance', instead: 'Written from the source of tkn, and not held against a real one.' },
    { what: 'start, cancel, delete', instead: 'Not simulated: each says what to use in its place.' },
    {
      what: 'logs',
      instead: 'The tasks stand in the order in which they began. --follow prints what is there, and ends.',
    },
    { what: 'Colours and signs', instead: 'None, as when the real one writes into a file.' },
  ],
};

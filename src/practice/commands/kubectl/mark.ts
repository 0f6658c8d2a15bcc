import { type Fields, fieldsOf, textOf } from '#sim/kube/value.ts';
import { Failure } from './failure.ts';
import { eachChosen, FIND, type Found } from './find.ts';
import { goJson } from './go.ts';
import { dryOf, printDone } from './print.ts';
import { pathOf } from './resources.ts';
import type { Session } from './session.ts';

/** `kubectl label` and `kubectl annotate`. */

export const MARK = {
  values: [...FIND.values, 'output o', 'field-manager'],
  switches: [...FIND.switches, 'overwrite', 'all', 'list', 'dry-run'],
};

interface Marks {
  set: ReadonlyMap<string, string>;
  gone: readonly string[];
}

export const label = (session: Session): Promise<number> => mark(session, 'label');
export const annotate = (session: Session): Promise<number> => mark(session, 'annotation');

async function mark(session: Session, what: 'label' | 'annotation'): Promise<number> {
  const { args, io } = session;
  const at = args.words.findIndex((word, nth) => nth > 0 && isPair(word));
  const from = args.words.findIndex(isPair);
  const start = at < 0 ? from : Math.min(at, from < 0 ? at : from);
  const words = start < 0 ? args.words : args.words.slice(0, start);
  const pairs = start < 0 ? [] : args.words.slice(start);
  const odd = pairs.find((word) => !isPair(word));
  if (odd !== undefined) throw new Failure(`all resources must be specified before ${what} changes: ${odd}`);
  const marks = read(pairs, what);
  if (words.length === 0 && args.all('filename').length === 0)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (pairs.length === 0 && !args.has('list')) throw new Failure(`at least one ${what} update is required`);
  const work = async (one: Found) => {
    if (args.has('list')) {
      const own = fieldsOf(fieldsOf(one.object['metadata'])[`${what}s`]);
      for (const name of Object.keys(own).toSorted()) io.out(`${name}=${textOf(own[name])}\n`);
      return;
    }
    await marked(session, one, what, marks);
  };
  await eachChosen(session, work, words);
  return 0;
}

const isPair = (word: string): boolean => word.includes('=') || (word.endsWith('-') && word !== '-');

function read(pairs: readonly string[], what: string): Marks {
  const set = new Map<string, string>();
  const gone: string[] = [];
  for (const pair of pairs) {
    const [, name, value] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) gone.push(pair.slice(0, -1));
    else if (what === 'label' && (value ?? '').includes('=')) throw new Failure(`invalid label spec: ${pair}`);
    else if (name === '') throw new Failure(`invalid ${what} format: ${pair}`);
    else {
      if (what === 'label' && !/^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/.test(value ?? ''))
        throw new Failure(
          `invalid label value: "${pair}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
        );
      set.set(name, value ?? '');
    }
  }
  const both = gone.filter((name) => set.has(name));
  if (both.length > 0)
    throw new Failure(
      what === 'label'
        ? 'can not both modify and remove a label in the same command'
        : `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  return { set, gone };
}

async function marked(
  session: Session,
  found: Found,
  what: 'label' | 'annotation',
  { set, gone }: Marks,
): Promise<void> {
  const { io, args } = session;
  const { resource, namespace, name, object } = found;
  const before = fieldsOf(fieldsOf(object['metadata'])[`${what}s`]);
  const own = new Map(Object.entries(before));
  const clash = [...set].filter(([key, value]) => own.has(key) && own.get(key) !== value);
  if (what === 'label') for (const key of gone) if (!own.has(key)) io.out(`label "${key}" not found.\n`);
  if (clash.length > 0 && !args.has('overwrite')) {
    const faults = clash.map(([key]) =>
      what === 'label'
        ? `'${key}' already has a value (${textOf(own.get(key))}), and --overwrite is false`
        : `--overwrite is false but found the following declared annotation(s): '${key}' already has a value (${textOf(own.get(key))})`,
    );
    throw new Failure(faults.join('\n'));
  }
  const added = [...set].filter(([key, value]) => own.get(key) !== value);
  const removed = gone.filter((key) => own.has(key));
  const patch = { metadata: { [`${what}s`]: Object.fromEntries([...added, ...removed.map((key) => [key, null])]) } };
  const kept = [...own].filter(([key]) => !gone.includes(key));
  const after: Fields = Object.fromEntries([...kept, ...set]);
  const isChanged = added.length + removed.length > 0;
  const { isDry, isClient } = dryOf(session);
  const query = {
    fieldManager: `kubectl-${what === 'label' ? 'label' : 'annotate'}`,
    dryRun: isDry ? 'All' : undefined,
  };
  const stored =
    isChanged && !isClient
      ? await session.json('PATCH', pathOf(resource, namespace, name), {
          query,
          body: patch,
          type: 'application/merge-patch+json',
        })
      : object;
  printDone(
    session,
    { ...found, object: stored },
    what === 'annotation' ? 'annotated' : labelledAs(before, after, args.has('overwrite')),
  );
}

function labelledAs(before: Fields, after: Fields, isOverwritten: boolean): string {
  const [old, now] = [goJson(before), goJson(after)];
  if (old === now) return 'not labeled';
  // The real client goes by the length of what it sends.
  return !isOverwritten && now.length < old.length ? 'unlabeled' : 'labeled';
}

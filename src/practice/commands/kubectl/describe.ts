import { NotSimulated } from '#practice/command.ts';
import { duration } from '#sim/kube/table.ts';
import { type Fields, fieldOf, fieldsOf, isFields, listOf, textOf } from '#sim/kube/value.ts';
import { ApiError, each, Failure } from './failure.ts';
import { FIND, type Found, foundOf, get, pages, targetsOf } from './find.ts';
import { goText, keysOf } from './go.ts';
import type { Session } from './session.ts';
import { elastic } from './table.ts';

/** `kubectl describe` of custom resources. */

export const DESCRIBE = { values: [...FIND.values, 'chunk-size'], switches: [...FIND.switches, 'show-events'] };

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const MAX_ANNOTATION = 140;
const SKIPPED = ['managedFields', 'name', 'namespace', 'labels', 'annotations'].map((name) => `.metadata.${name}`);

export async function describe(session: Session): Promise<number> {
  const { io, args, namespace } = session;
  if (args.words.length === 0 && args.all('filename').length === 0)
    throw new Failure(
      `You must specify the type of resource to describe. Use "${session.what.split(' ')[0]} api-resources" for a complete list of supported resources.`,
    );
  const { items, lists } = await targetsOf(session);
  const found: Found[] = [];
  let fault: unknown;
  const list = async (resource: Found['resource']) =>
    (await pages(session, resource, 'application/json'))
      .flatMap((page) => listOf(page['items']))
      .map((object) => foundOf(resource, object));
  try {
    if (items) await each(items, async (item) => void found.push({ ...item, object: await get(session, item) }));
    else await each(lists, async (resource) => void found.push(...(await list(resource))));
  } catch (error) {
    fault = error;
    const [only] = items ?? [];
    // Without an object of that name, all whose names begin so are meant.
    if (only && args.words.length === 2 && error instanceof ApiError && error.reason === 'NotFound') {
      const alike = (await list(only.resource)).filter(({ name }) => name.startsWith(only.name));
      for (const one of alike) io.out(`${await described(session, one)}\n`);
      if (alike.length > 0) return 0;
    }
  }
  const texts = await Promise.all(found.map((one) => described(session, one)));
  io.out(texts.join('\n\n'));
  if (found.length === 0 && fault === undefined)
    io.err(args.has('all-namespaces') ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`);
  if (fault !== undefined) throw fault;
  return 0;
}

async function described(session: Session, { resource, name, namespace, object }: Found): Promise<string> {
  const { group, plural } = resource;
  if (group === '' || group.endsWith('.k8s.io') || ['apps', 'batch'].includes(group))
    throw new NotSimulated(`kubectl describe of ${plural}, of custom resources alone`);
  const whole = {
    ...object,
    apiVersion: textOf(object['apiVersion']) || `${group}/${resource.version}`,
    kind: textOf(object['kind']) || resource.kind,
  };
  const metadata = fieldsOf(object['metadata']);
  const lines: string[] = [`Name:\t${name}`, `Namespace:\t${namespace}`];
  lines.push(...labelled('Labels', fieldsOf(metadata['labels'])));
  lines.push(...annotated(fieldsOf(metadata['annotations'])));
  lines.push(...content(whole, 0, ''));
  if (session.args.one('show-events') !== 'false')
    lines.push(...(await events(session, namespace, name, textOf(metadata['uid']))));
  return elastic(
    lines.map((line) => line.split('\t')),
    2,
  );
}

function labelled(title: string, labels: Fields): string[] {
  const names = keysOf(labels);
  if (names.length === 0) return [`${title}:\t<none>`];
  return names.map((name, at) => `${at === 0 ? `${title}:` : ''}\t${name}=${textOf(labels[name])}`);
}

function annotated(annotations: Fields): string[] {
  const names = keysOf(annotations).filter((name) => name !== LAST_APPLIED);
  if (names.length === 0) return ['Annotations:\t<none>'];
  return names.flatMap((name, at) => {
    const head = at === 0 ? 'Annotations:\t' : '\t';
    const value = textOf(annotations[name]).replace(/\n$/, '');
    if (value.length + name.length + 2 <= MAX_ANNOTATION && !value.includes('\n')) return [`${head}${name}: ${value}`];
    return [`${head}${name}:`, ...value.split('\n').map((line) => `\t  ${shortened(line)}`)];
  });
}

const shortened = (line: string): string =>
  line.length > MAX_ANNOTATION - 2 ? `${line.slice(0, MAX_ANNOTATION - 2)}...` : line;

/** Text with line ends is several lines, as it is for the real client. */
function content(fields: Fields, level: number, path: string): string[] {
  const pad = '  '.repeat(level);
  return keysOf(fields).flatMap((name) => {
    const value = fields[name];
    const here = `${path}.${name}`;
    if (SKIPPED.includes(here)) return [];
    const label = `${pad}${labelFor(name)}:`;
    if (isFields(value)) return [label, ...content(value, level + 1, here)];
    if (!Array.isArray(value)) return `${label}\t${goText(value)}`.split('\n');
    return [
      label,
      ...value.flatMap((item: unknown) =>
        isFields(item) ? content(item, level + 1, here) : `${pad}  ${goText(item)}`.split('\n'),
      ),
    ];
  });
}

const ACRONYMS = ['API', 'URL', 'UID', 'OSB', 'GUID'];

/** `creationTimestamp` as `Creation Timestamp`. */
function labelFor(name: string): string {
  if (/[^\p{L}-]/u.test(name)) return name;
  const words = name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|-+/gu) ?? [name];
  return words
    .map((word) =>
      ACRONYMS.includes(word.toUpperCase())
        ? word.toUpperCase()
        : `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`,
    )
    .join(' ');
}

async function events(session: Session, namespace: string, name: string, uid: string): Promise<string[]> {
  const all = await session.resources();
  if (!all.some(({ group, plural }) => group === '' && plural === 'events')) return ['Events:\t<none>'];
  const fieldSelector = `involvedObject.name=${name},involvedObject.namespace=${namespace},involvedObject.uid=${uid}`;
  const list = await session
    .json('GET', `/api/v1/namespaces/${namespace}/events`, { query: { fieldSelector } })
    .catch(() => null);
  const items = list === null ? [] : listOf(list['items']);
  if (items.length === 0) return ['Events:\t<none>'];
  const rows = items.map((event) => {
    const at = Date.parse(textOf(fieldOf(event, 'lastTimestamp')) || textOf(fieldOf(event, 'eventTime')));
    const age = duration(Math.floor((session.io.now() - at) / 1_000));
    const source = textOf(fieldOf(fieldOf(event, 'source'), 'component'));
    return `  ${textOf(fieldOf(event, 'type'))}\t${textOf(fieldOf(event, 'reason'))}\t${age}\t${source}\t${textOf(fieldOf(event, 'message')).trim()}`;
  });
  return ['Events:', '  Type\tReason\tAge\tFrom\tMessage', '  ----\t------\t----\t----\t-------', ...rows];
}

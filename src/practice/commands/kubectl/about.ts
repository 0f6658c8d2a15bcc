import { type Fields, fieldOf, listOf, textOf } from '#sim/kube/value.ts';
import { Failure } from './failure.ts';
import { apiVersionOf, isCalled, type Resource, resourceNamed } from './resources.ts';
import { outputOf, type Session } from './session.ts';
import { aligned } from './table.ts';

/** What the cluster and the client are: `api-resources`, `explain`, `version`. */

export const API_RESOURCES = {
  values: ['api-group', 'output o', 'sort-by', 'verbs'],
  switches: ['namespaced', 'no-headers', 'cached'],
};

export async function apiResources(session: Session): Promise<number> {
  const { args, io } = session;
  const { form } = outputOf(session, ['name', 'wide']);
  if (args.words.length > 0)
    throw new Failure(
      `unexpected arguments: [${args.words.join(' ')}]\nSee 'kubectl api-resources -h' for help and examples`,
    );
  const group = args.one('api-group');
  const namespaced = args.one('namespaced');
  const verbs = args.one('verbs')?.split(',') ?? [];
  const all = await session.resources();
  const preferred = all.filter(
    (one) => all.find(({ group: of, plural }) => of === one.group && plural === one.plural) === one,
  );
  const key = (one: Resource) => ({ name: one.plural, kind: one.kind })[args.one('sort-by') ?? ''] ?? one.group;
  const rows = preferred
    .filter((one) => group === undefined || one.group === group)
    .filter((one) => namespaced === undefined || one.isNamespaced === (namespaced !== 'false'))
    .filter((one) => verbs.every((verb) => one.verbs.includes(verb)))
    .toSorted((a, b) => order(key(a), key(b)) || order(a.plural, b.plural));
  if (form === 'name') {
    for (const one of rows) io.out(`${one.plural}${one.group === '' ? '' : `.${one.group}`}\n`);
    return 0;
  }
  const wide = form === 'wide';
  const head = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
  const lines = rows.map((one) => [
    ...[one.plural, one.shortNames.join(','), apiVersionOf(one), String(one.isNamespaced), one.kind],
    ...(wide ? [one.verbs.join(','), ''] : []),
  ]);
  io.out(aligned([...(args.has('no-headers') ? [] : [head]), ...lines]));
  return 0;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const EXPLAIN = { values: ['api-version'], switches: ['recursive'] };

export async function explain(session: Session): Promise<number> {
  const { args, io } = session;
  const [word, ...more] = args.words;
  if (word === undefined)
    throw new Failure(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  if (more.length > 0)
    throw new Failure(`We accept only this format: explain RESOURCE\nSee 'kubectl explain -h' for help and examples`);
  const all = await session.resources();
  if (!all.some((one) => isCalled(one, word.split('.')[0] ?? ''))) {
    io.err(`the server doesn't have a resource type "${word.split('.')[0] ?? ''}"\n`);
    return 1;
  }
  const { resource, path } = asked(all, word);
  const version = args.one('api-version');
  const chosen =
    version === undefined ? resource : all.find((one) => one.kind === resource.kind && apiVersionOf(one) === version);
  if (!chosen) throw new Failure(`couldn't find resource for "${version}, Kind=${resource.kind}"`);
  const { group, kind } = chosen;
  const root = group === '' ? `api/${chosen.version}` : `apis/${group}/${chosen.version}`;
  const document = await session.json('GET', `/openapi/v3/${root}`);
  const schemas = fieldOf(document['components'], 'schemas');
  const schema = Object.values(typeof schemas === 'object' && schemas !== null ? schemas : {}).find((one) =>
    listOf(fieldOf(one, 'x-kubernetes-group-version-kind')).some((gvk) => fieldOf(gvk, 'kind') === kind),
  );
  io.out(`${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${chosen.version}\n\n`);
  io.out(`${explained(schema, path, args.has('recursive'))}\n`);
  return 0;
}

/** The resource, which may hold dots, and the path of a field behind it. */
function asked(all: readonly Resource[], word: string): { resource: Resource; path: string[] } {
  const parts = word.split('.');
  for (let length = parts.length; length > 1; length--) {
    const name = parts.slice(0, length).join('.');
    const found = all.find(
      ({ plural, singular, group }) => group !== '' && [`${plural}.${group}`, `${singular}.${group}`].includes(name),
    );
    if (found) return { resource: found, path: parts.slice(length) };
  }
  return { resource: resourceNamed(all, parts[0] ?? ''), path: parts.slice(1) };
}

function explained(schema: unknown, path: readonly string[], isRecursive: boolean): string {
  let [at, head] = [schema, ''];
  for (const [nth, name] of path.entries()) {
    const inner = fieldOf(fieldOf(unwrapped(at), 'properties'), name);
    if (inner === undefined) throw new Failure(`field "${path.at(-1) ?? ''}" does not exist`);
    at = inner;
    if (nth === path.length - 1) {
      const values = listOf(fieldOf(inner, 'enum')).map((value) => `\n    ${value === '' ? '""' : String(value)}`);
      head = `FIELD: ${name} <${typeOf(inner)}>\n${values.length === 0 ? '' : `ENUM:${values.join('')}`}\n\n`;
    }
  }
  const fields = fieldList(at, 1, isRecursive);
  const about = wrapped(descriptions(at).join('') || '<empty>', 76, '    ');
  return `${head}DESCRIPTION:\n${about}\n${fields === '' ? '' : `FIELDS:\n${fields}`}`;
}

/** What a list or a map is of. */
function unwrapped(schema: unknown): unknown {
  if (fieldOf(schema, 'properties') !== undefined) return schema;
  const inner = fieldOf(schema, 'items') ?? fieldOf(schema, 'additionalProperties');
  return typeof inner === 'object' && inner !== null ? unwrapped(inner) : schema;
}

const innersOf = (schema: unknown): unknown[] =>
  [fieldOf(schema, 'items'), fieldOf(schema, 'additionalProperties')].filter(
    (one) => typeof one === 'object' && one !== null,
  );

const descriptions = (schema: unknown): string[] => {
  const own = textOf(fieldOf(schema, 'description'));
  return [...(own === '' ? [] : [`${own}\n`]), ...innersOf(schema).flatMap(descriptions)];
};

function typeOf(schema: unknown): string {
  const [items, values] = [fieldOf(schema, 'items'), fieldOf(schema, 'additionalProperties')];
  if (items !== undefined) return `[]${typeOf(items)}`;
  if (typeof values === 'object' && values !== null) return `map[string]${typeOf(values)}`;
  const type = textOf(fieldOf(schema, 'type'));
  return type === 'object' || type === '' ? 'Object' : type;
}

const MAX_ENUM = 4;

function fieldList(schema: unknown, level: number, isRecursive: boolean): string {
  const properties = fieldOf(schema, 'properties');
  const own: Fields = typeof properties === 'object' && properties !== null ? { ...properties } : {};
  const required = listOf(fieldOf(schema, 'required'));
  const pad = '  '.repeat(level);
  const rows = Object.keys(own)
    .toSorted()
    .map((name) => {
      const inner = own[name];
      const values = listOf(fieldOf(inner, 'enum')).map((value) => (value === '' ? '""' : String(value)));
      const shown = values.length > MAX_ENUM ? [...values.slice(0, MAX_ENUM), '....'] : values;
      const line = `${pad}${name}\t<${typeOf(inner)}>${required.includes(name) ? ' -required-' : ''}`;
      const kinds = shown.length === 0 ? '' : `\n${pad}enum: ${shown.join(', ')}`;
      if (isRecursive) return `${line}${kinds}\n${fieldList(inner, level + 1, true)}`;
      const about = wrapped(textOf(fieldOf(inner, 'description')) || '<no description>', 78 - 2 * level, `${pad}  `);
      return `${line}${kinds}\n${about}\n\n`;
    });
  return [...rows, ...innersOf(schema).map((inner) => fieldList(inner, level, isRecursive))].join('');
}

/** Lines of so many characters, broken at spaces. */
function wrapped(text: string, width: number, pad: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const made: string[] = [];
      let row = '';
      for (const word of line.split(' ')) {
        if (row !== '' && row.length + 1 + word.length > width) {
          made.push(row);
          row = word;
        } else row = row === '' ? word : `${row} ${word}`;
      }
      return [...made, row];
    })
    .map((line) => `${pad}${line}`)
    .join('\n');
}

export const VERSION = { values: ['output o'], switches: ['client'] };

/** The client whose output is simulated. */
const CLIENT = 'v1.35.2';
const KUSTOMIZE = 'v5.7.1';

export async function version(session: Session): Promise<number> {
  const { args, io } = session;
  outputOf(session, []);
  io.out(`Client Version: ${CLIENT}\nKustomize Version: ${KUSTOMIZE}\n`);
  if (args.has('client')) return 0;
  const server = await session.json('GET', '/version');
  io.out(`Server Version: ${textOf(server['gitVersion'])}\n`);
  const [, own = ''] = CLIENT.split('.');
  if (Math.abs(Number(own) - Number.parseInt(textOf(server['minor']), 10)) > 1)
    io.err(
      `Warning: version difference between client (1.${own}) and server (${textOf(server['major'])}.${textOf(server['minor'])}) exceeds the supported minor version skew of +/-1\n`,
    );
  return 0;
}

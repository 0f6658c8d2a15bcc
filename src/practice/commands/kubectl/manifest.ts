import { NotSimulated } from '#practice/command.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { each, Failure } from './failure.ts';
import type { Found } from './find.ts';
import { goJson } from './go.ts';
import { apiVersionOf } from './resources.ts';
import type { Session } from './session.ts';
import { readYaml } from './yaml-read.ts';

/** Objects that files describe. */

export interface Manifest extends Found {
  /** The file, or STDIN. */
  source: string;
}

/** An object, or why its kind or namespace is none: the others are gone through all the same. */
type Entry = Manifest | { fault: Failure };

/** Every object of every -f, in their order; rejects where one is none. */
export async function readManifests(session: Session): Promise<Manifest[]> {
  return (await entries(session, false)).map((entry) => {
    if ('fault' in entry) throw entry.fault;
    return entry;
  });
}

/** Does something with every object that files describe, and tells at the end what went wrong. */
export async function eachManifest(session: Session, work: (manifest: Manifest) => Promise<void>): Promise<void> {
  await each(await entries(session, true), async (entry) => {
    if ('fault' in entry) throw entry.fault;
    await work(entry);
  });
}

async function entries(session: Session, isChecked: boolean): Promise<Entry[]> {
  const { args, io } = session;
  if (args.has('recursive')) throw new NotSimulated(`the flag --recursive of ${session.what}`);
  const read: Entry[] = [];
  for (const path of args.all('filename')) {
    if (/^https?:/.test(path)) throw new NotSimulated('a URL behind -f');
    for (const file of path === '-' ? ['-'] : await filesOf(session, path)) {
      const source = file === '-' ? 'STDIN' : file;
      const text = file === '-' ? await io.stdin() : new TextDecoder().decode(await io.files.read(file));
      const values = readYaml(text, `error parsing ${source}`);
      for (const value of values) read.push(...(await manifestsOf(session, value, source, isChecked)));
    }
  }
  if (read.length === 0) throw new Failure(`no objects passed to ${session.what.split(' ')[1] ?? ''}`);
  return read;
}

async function filesOf({ io }: Session, path: string): Promise<string[]> {
  if (!(await io.files.exists(path))) throw new Failure(`the path "${path}" does not exist`);
  const entries = await io.files.list(path);
  if (entries === null) return [path];
  const files = entries.filter(({ name, isFolder }) => !isFolder && /\.(json|ya?ml)$/.test(name));
  if (files.length === 0)
    throw new Failure(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`);
  return files.map(({ name }) => `${path.replace(/\/$/, '')}/${name}`);
}

async function manifestsOf(session: Session, value: unknown, source: string, isChecked: boolean): Promise<Entry[]> {
  const [version, kind] = [textOf(fieldOf(value, 'apiVersion')), textOf(fieldOf(value, 'kind'))];
  const isObject = typeof value === 'object' && !Array.isArray(value);
  const missing = [version === '' ? 'apiVersion not set' : '', kind === '' ? 'kind not set' : ''].filter(Boolean);
  if (missing.length > 0 && isChecked && session.args.one('validate') !== 'false') {
    const list = missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
    const what = isObject ? list : 'invalid object to validate';
    throw new Failure(
      `error validating "${source}": error validating data: ${what}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  }
  if (kind === '') throw new Failure(`unable to decode "${source}": Object 'Kind' is missing in '${goJson(value)}'`);
  if (version === '')
    throw new Failure(`unable to decode "${source}": Object 'apiVersion' is missing in '${goJson(value)}'`);
  if (/List$/.test(kind) && Array.isArray(fieldOf(value, 'items'))) {
    const inner = await Promise.all(
      listOf(fieldOf(value, 'items')).map((one) => manifestsOf(session, one, source, isChecked)),
    );
    return inner.flat();
  }
  return [await manifestOf(session, fieldsOf(value), source, version, kind)];
}

async function manifestOf(
  session: Session,
  given: Fields,
  source: string,
  version: string,
  kind: string,
): Promise<Entry> {
  const object: Fields = { ...given, metadata: { ...fieldsOf(given['metadata']) } };
  const metadata = fieldsOf(object['metadata']);
  const [name, own] = [textOf(metadata['name']), textOf(metadata['namespace'])];
  const all = await session.resources();
  const resource = all.find((one) => one.kind === kind && apiVersionOf(one) === version);
  if (!resource)
    return {
      fault: new Failure(
        `resource mapping not found for name: "${name}" namespace: "${own}" from "${source}": no matches for kind "${kind}" in version "${version}"\nensure CRDs are installed first`,
      ),
    };
  if (!resource.isNamespaced) return { resource, name, namespace: '', object, source };
  const place = session.args.one('namespace');
  if (own !== '' && place && own !== place)
    return {
      fault: new Failure(
        `the namespace from the provided object "${own}" does not match the namespace "${place}". You must pass '--namespace=${own}' to perform this operation.`,
      ),
    };
  const namespace = own || session.namespace;
  metadata['namespace'] = namespace;
  return { resource, name, namespace, object, source };
}

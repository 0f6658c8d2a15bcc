import { type Fields, fieldOf, listOf, textOf } from '#sim/kube/value.ts';
import { ApiError, each, Failure, within } from './failure.ts';
import { readManifests } from './manifest.ts';
import { pathOf, type Resource, resourceNamed } from './resources.ts';
import type { Session } from './session.ts';

/** What a command line points at: objects by name, lists of a kind, or what files describe. */

export interface Item {
  resource: Resource;
  namespace: string;
  name: string;
  /** The file that describes it. */
  source?: string;
}

/** An object as it is, with where it was found. */
export interface Found extends Item {
  object: Fields;
}

export type Targets = { items: Item[]; lists: null } | { items: null; lists: Resource[] };

export const FIND = {
  values: ['filename f', 'selector l', 'field-selector'],
  switches: ['all-namespaces A', 'recursive R'],
};

/** Reads TYPE, TYPE NAME…, TYPE/NAME… and files. */
export async function targetsOf(session: Session, words: readonly string[] = session.args.words): Promise<Targets> {
  const { args, namespace } = session;
  if (args.all('filename').length > 0) {
    if (words.length > 0)
      throw new Failure(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    return { items: await readManifests(session), lists: null };
  }
  if (words.length === 0)
    throw new Failure(
      "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
    );
  const all = await session.resources();
  if (words.some((word) => word.includes('/'))) {
    const lone = words.find((word) => !word.includes('/'));
    if (lone !== undefined)
      throw new Failure(
        `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'`,
      );
    return { items: words.map((word) => itemOf(session, all, word)), lists: null };
  }
  const [types = '', ...names] = words;
  const resources = types
    .split(',')
    .filter(Boolean)
    .map((word) => resourceNamed(all, word));
  if (names.length === 0) return { items: null, lists: resources };
  if (args.one('selector')) throw new Failure('name cannot be provided when a selector is specified');
  if (args.has('all-namespaces')) throw new Failure('a resource cannot be retrieved by name across all namespaces');
  return {
    items: resources.flatMap((resource) =>
      names.map((name) => ({ resource, name, namespace: placeOf(resource, namespace) })),
    ),
    lists: null,
  };
}

function itemOf({ args, namespace }: Session, all: readonly Resource[], word: string): Item {
  const [type = '', name = '', ...more] = word.split('/');
  if (more.length > 0) throw new Failure('arguments in resource/name form may not have more than one slash');
  if (type === '' || name === '')
    throw new Failure(`arguments in resource/name form must have a single resource and name`);
  const resource = resourceNamed(all, type);
  if (args.has('all-namespaces')) throw new Failure('a resource cannot be retrieved by name across all namespaces');
  return { resource, name, namespace: placeOf(resource, namespace) };
}

const placeOf = (resource: Resource, namespace: string): string => (resource.isNamespaced ? namespace : '');

export const get = (session: Session, { resource, namespace, name }: Item): Promise<Fields> =>
  session.json('GET', pathOf(resource, namespace, name));

/** All pages of a list in the form that is accepted. */
export async function pages(session: Session, resource: Resource, accept: string, more = {}): Promise<Fields[]> {
  const { args, namespace } = session;
  const place = args.has('all-namespaces') ? '' : namespace;
  const read: Fields[] = [];
  let next: string | undefined;
  do {
    const query = {
      ...{ limit: '500', continue: next, ...more },
      ...{ labelSelector: args.one('selector'), fieldSelector: args.one('field-selector') },
    };
    const page = await session.json('GET', pathOf(resource, place), { accept, query }).catch((error: unknown) => {
      throw isWrong(error) ? within(unfound(resource, query.labelSelector, query.fieldSelector), error) : error;
    });
    read.push(page);
    next = textOf(fieldOf(page['metadata'], 'continue')) || undefined;
  } while (next !== undefined);
  return read;
}

const isWrong = (error: unknown): boolean =>
  error instanceof ApiError && (error.reason === 'BadRequest' || error.reason === 'NotFound');

function unfound({ group, version, plural }: Resource, labels = '', fields = ''): string {
  const what = `"${group === '' ? '' : `${group}/`}${version}, Resource=${plural}"`;
  if (labels === '' && fields === '') return `Unable to list ${what}`;
  return `Unable to find ${what} that match label selector "${labels}", field selector "${fields}"`;
}

/** Does something with every object: named, in files, or all of a kind where a selector or --all says so. */
export async function eachChosen(
  session: Session,
  work: (found: Found) => Promise<void>,
  words: readonly string[] = session.args.words,
): Promise<void> {
  const { args } = session;
  const { items, lists } = await targetsOf(session, words);
  if (items) {
    await each(items, async (item) => work({ ...item, object: await get(session, item) }));
    return;
  }
  if (!args.one('selector') && !args.one('field-selector') && !args.has('all'))
    throw new Failure('resource(s) were provided, but no name was specified');
  for (const resource of lists)
    for (const page of await pages(session, resource, 'application/json'))
      await each(listOf(page['items']), (object) => work(foundOf(resource, object)));
}

/** The same objects as a list. */
export async function chosen(session: Session): Promise<Found[]> {
  const found: Found[] = [];
  await eachChosen(session, async (one) => void found.push(one));
  return found;
}

/** One entry of a list, which names neither its kind nor its version. */
export function foundOf(resource: Resource, value: unknown): Found {
  const metadata = fieldOf(value, 'metadata');
  return {
    ...{ resource, name: textOf(fieldOf(metadata, 'name')), namespace: textOf(fieldOf(metadata, 'namespace')) },
    object: value !== null && typeof value === 'object' ? { ...value } : {},
  };
}

import { type Fields, listOf } from '#sim/kube/value.ts';
import { ApiError, each } from './failure.ts';
import { FIND, type Found, foundOf, type Item, pages, targetsOf } from './find.ts';
import { OBJECT_FORMS, printObjects } from './print.ts';
import { pathOf, type Resource } from './resources.ts';
import { outputOf, type Session, usage } from './session.ts';
import { sortedBy, sortedTable } from './sort.ts';
import { aligned, rowsOf } from './table.ts';
import { watched } from './watch.ts';

/** `kubectl get`. */

export const GET = {
  values: [...FIND.values, 'output o', 'sort-by', 'label-columns L', 'raw', 'chunk-size'],
  switches: [
    ...[...FIND.switches, 'no-headers', 'show-labels', 'ignore-not-found', 'watch w', 'watch-only'],
    ...['show-managed-fields', 'server-print'],
  ],
};

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

export async function get(session: Session): Promise<number> {
  const { args, io } = session;
  const raw = args.one('raw');
  if (raw !== undefined) {
    io.out(await (await session.call('GET', raw)).text());
    return 0;
  }
  if (args.words.length === 0 && args.all('filename').length === 0) {
    const [tool = ''] = session.what.split(' ');
    io.err(
      `You must specify the type of resource to get. Use "${tool} api-resources" for a complete list of supported resources.\n\n`,
    );
    throw usage(
      session,
      `Required resource not specified.\nUse "${tool} explain <resource>" for a detailed description of that resource (e.g. ${tool} explain pods).`,
    );
  }
  const { form } = outputOf(session, [...OBJECT_FORMS, 'wide']);
  if (form === '' || form === 'wide') return table(session, form === 'wide');
  return objects(session);
}

interface Part {
  resource: Resource;
  tables: Fields[];
}

async function table(session: Session, wide: boolean): Promise<number> {
  const { args, io, namespace } = session;
  const targets = await targetsOf(session);
  const { items, lists } = targets;
  const sortBy = args.one('sort-by');
  const more = sortBy === undefined ? {} : { includeObject: 'Object' };
  const parts: Part[] = [];
  const print = () => {
    const kinds = new Set(parts.map(({ resource }) => resource));
    const blocks = parts.map(({ resource, tables }) =>
      rowsOf(resource, sortBy === undefined ? tables : sortedTable(sortBy, tables), {
        ...{ wide, headers: !args.has('no-headers'), showLabels: args.has('show-labels') },
        withNamespace: args.has('all-namespaces') && resource.isNamespaced,
        withKind: kinds.size > 1,
        labelColumns: args.all('label-columns').flatMap((list) => list.split(',')),
      }),
    );
    const texts = blocks.filter((rows) => rows.length > 0).map((rows) => aligned(rows));
    io.out(texts.join(args.has('no-headers') ? '' : '\n'));
    return texts.length > 0;
  };
  let isPrinted = false;
  try {
    if (items)
      await each(items, async (item) => {
        const one = await found(session, item, TABLE, more);
        if (one === null) return;
        const part = parts.find(({ resource }) => resource === item.resource);
        if (part) part.tables.push(one);
        else parts.push({ resource: item.resource, tables: [one] });
      });
    else
      await each(lists, async (resource) => {
        parts.push({ resource, tables: await pages(session, resource, TABLE, more) });
      });
  } finally {
    isPrinted = print();
  }
  if (!isPrinted && !args.has('ignore-not-found')) {
    const isIn = !args.has('all-namespaces') && parts.every(({ resource }) => resource.isNamespaced);
    io.err(isIn ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n');
  }
  if (args.has('watch') || args.has('watch-only')) await watched(session, targets, wide);
  return 0;
}

/** One object as the API gives it; null where it is absent and may be. */
async function found(session: Session, item: Item, accept: string, query = {}): Promise<Fields | null> {
  try {
    return await session.json('GET', pathOf(item.resource, item.namespace, item.name), { accept, query });
  } catch (error) {
    if (session.args.has('ignore-not-found') && error instanceof ApiError && error.reason === 'NotFound') return null;
    throw error;
  }
}

async function objects(session: Session): Promise<number> {
  const { items, lists } = await targetsOf(session);
  const all: Found[] = [];
  let fault: unknown;
  try {
    if (items)
      await each(items, async (item) => {
        const object = await found(session, item, 'application/json');
        if (object) all.push({ ...item, object });
      });
    else
      await each(lists, async (resource) => {
        for (const page of await pages(session, resource, 'application/json'))
          for (const object of listOf(page['items'])) all.push(foundOf(resource, object));
      });
  } catch (error) {
    fault = error;
  }
  const isOne = items?.length === 1;
  const sortBy = session.args.one('sort-by');
  const ordered = sortBy === undefined ? all : sortedBy(sortBy, all, ({ object }) => object);
  const isSilent = isOne || session.args.has('ignore-not-found');
  if (all.length > 0 || !isSilent) printObjects(session, ordered, !isOne);
  if (fault !== undefined) throw fault;
  return 0;
}

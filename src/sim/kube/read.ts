import { cut } from '#sim/cluster/list.ts';
import { isTrue } from '#sim/place.ts';
import { reply } from '#sim/reply.ts';
import type { Kind, KubeObject } from './kind.ts';
import { apiVersionOf } from './object.ts';
import { chosen } from './select.ts';
import type { Store } from './store.ts';
import { tableOf } from './table.ts';
import { watch } from './watch.ts';

/** Reads: one object, a list or a watch, as themselves, as a table, or as their metadata. */

export interface Read {
  request: Request;
  kind: Kind;
  namespace: string | null;
  query: URLSearchParams;
  nowMs: number;
}

/** One object in the form that the client asks for. */
export function shown({ request, kind, query, nowMs }: Read, object: KubeObject): object {
  const form = formOf(request);
  const versioned = object.apiVersion === apiVersionOf(kind) ? object : { ...object, apiVersion: apiVersionOf(kind) };
  const { resourceVersion } = object.metadata;
  if (form === 'Table') return tableOf(kind, [versioned], { resourceVersion }, nowMs, includeOf(query));
  return form === 'Partial' ? partial(versioned) : versioned;
}

/** The list that the query asks for, page by page. */
export async function listed(read: Read, store: Store, maxItems: number): Promise<Response> {
  const { request, kind, namespace, query, nowMs } = read;
  const isChosen = chosen(kind, query);
  const all = await store.list(kind, namespace, nowMs, query.get('labelSelector') ?? '');
  const page = cut(all.filter(isChosen).sort(byKey), query, { isArchive: false, nowMs, maxItems });
  if (page instanceof Response) return page;
  const metadata = store.count() === 0 ? page.metadata : { ...page.metadata, resourceVersion: store.versionAt(nowMs) };
  const form = formOf(request);
  if (form === 'Table') return reply(tableOf(kind, page.items, metadata, nowMs, includeOf(query)));
  if (form === 'Partial')
    return reply({
      ...{ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata },
      items: page.items.map(partial),
    });
  const apiVersion = apiVersionOf(kind);
  return reply({ kind: `${kind.kind}List`, apiVersion, metadata, items: page.items.map((one) => shown(read, one)) });
}

/** The order of the store behind a real cluster, in which it lists. */
const byKey = ({ metadata: a }: KubeObject, { metadata: b }: KubeObject): number => (keyOf(a) < keyOf(b) ? -1 : 1);

const keyOf = ({ namespace = '', name }: KubeObject['metadata']): string => `${namespace}/${name}`;

export const isWatch = (query: URLSearchParams): boolean => isTrue(query, 'watch');

/** The watch that the query asks for; `now` brings the cluster to the moment that it gives. */
export function watched(read: Read, store: Store, now: () => Promise<number>): Response {
  const { request, kind, namespace, query } = read;
  let { nowMs } = read;
  const clock = async () => {
    nowMs = await now();
    return nowMs;
  };
  const show = (object: KubeObject) => shown({ ...read, nowMs }, object);
  return watch(
    { store, kind, namespace, query, isChosen: chosen(kind, query), shown: show, now: clock },
    request.signal,
  );
}

function formOf(request: Request): 'Table' | 'Partial' | 'Object' {
  const accept = request.headers.get('accept') ?? '';
  if (/as=Table/.test(accept)) return 'Table';
  return /as=PartialObjectMetadata/.test(accept) ? 'Partial' : 'Object';
}

function includeOf(query: URLSearchParams): 'Metadata' | 'Object' | 'None' {
  const include = query.get('includeObject');
  return include === 'Object' || include === 'None' ? include : 'Metadata';
}

const partial = ({ metadata }: KubeObject) => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata,
});

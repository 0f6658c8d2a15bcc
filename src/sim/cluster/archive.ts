import type { Place } from '#sim/place.ts';
import { reply, text } from '#sim/reply.ts';
import type { Derived } from './derived.ts';
import { pageOf, refused, selected } from './list.ts';

/** KubeArchive: it remembers what the cluster forgot, and only reads. */

const OBJECTS =
  /^\/apis\/(tekton\.dev\/v1|appstudio\.redhat\.com\/v1alpha1)\/namespaces\/([^/]+)\/([a-z]+)(?:\/([^/]+))?$/;
const LOGS = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/;
const KINDS = new Set(['pipelineruns', 'taskruns', 'snapshots', 'releases', 'components']);
const MAX_ITEMS = 1_000;

/** Answers its requests; `mayRead` says whether a bearer token may read in a namespace, null for a token unknown. */
export function kubeArchive(
  { objects, log, namespaces }: Derived,
  mayRead: (authorization: string, resource: string, namespace: string) => boolean | null,
): (request: Request, place: Place, nowMs: number) => Promise<Response> {
  return async (request, { path, query }, nowMs) => {
    const authorization = request.headers.get('authorization');
    if (authorization === null) return refused(400, 'BadRequest', 'authorization header is missing');
    const [, namespaceOfPod = '', pod = ''] = LOGS.exec(path) ?? [];
    const [, version = '', namespace = namespaceOfPod, plural = 'pods/log', name] = OBJECTS.exec(path) ?? [];
    const group = version.split('/')[0];
    const may = mayRead(authorization, group ? `${plural}.${group}` : plural, namespace);
    if (may === null) return refused(401, 'Unauthorized', 'Unauthorized');
    if (!may || !namespaces.has(namespace) || (pod === '' && !KINDS.has(plural)))
      return refused(403, 'Forbidden', `User "sample" cannot read ${path}`);
    if (pod !== '') return logOf(log(true, namespace, pod, nowMs), pod, query);
    const all = await objects(plural, true, namespace, nowMs, query.get('labelSelector') ?? '');
    if (name === undefined)
      return pageOf(selected(all, query, true), query, {
        ...{ kind: 'List', apiVersion: 'v1', isArchive: true, nowMs, maxItems: MAX_ITEMS },
      });
    const [found, other] = all.filter((one) => one.metadata.name === name);
    if (other) return refused(500, 'InternalError', 'more than one resource found');
    return found ? reply(found) : refused(404, 'NotFound', `${plural} "${name}" not found`);
  };
}

/** What a pod has printed, or the end of it. */
export function logOf(all: string | null, pod: string, query: URLSearchParams): Response {
  if (all === null) return refused(404, 'NotFound', `pods "${pod}" not found`);
  const lines = all.split('\n');
  const tail = Number(query.get('tailLines') ?? lines.length);
  return text(lines.slice(-tail - 1).join('\n'), 200);
}

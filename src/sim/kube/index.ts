import { logOf } from '#sim/cluster/archive.ts';
import type { Derived } from '#sim/cluster/derived.ts';
import type { Place } from '#sim/place.ts';
import { reply } from '#sim/reply.ts';
import type { Cluster } from '#world/cluster.ts';
import { type Caller, demand } from './caller.ts';
import { controlOf } from './control.ts';
import { discovery, versionsOf } from './discovery.ts';
import type { Controller, Inside, Kind } from './kind.ts';
import { openapi } from './openapi.ts';
import { KEY_PATH, keyOf } from './public-key.ts';
import { isWatch, listed, type Read, shown, watched } from './read.ts';
import { REVIEWS, reviewed } from './review.ts';
import { chosen } from './select.ts';
import { badRequest, notFound, notServed, notSimulated, Refusal } from './status.ts';
import { type Given, storeOver } from './store.ts';
import { tokenFor } from './token-request.ts';
import { fieldOf, listOf, textOf } from './value.ts';
import { type Write, writerTo } from './write.ts';

/** The Kubernetes API of the pretend cluster, for any kind. */

export interface Server {
  cluster: Cluster;
  kinds: readonly Kind[];
  controllers: readonly Controller[];
  given: Given;
  logOf: Derived['log'];
  callerOf: (authorization: string | null) => Caller;
  now: () => number;
}

const PATH = /^\/(?:api\/(v1)|apis\/([^/]+)\/([^/]+))(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+)(?:\/([^/]+))?)?$/;
/** Text of a pod that the world gives whole: what its log prints. */
const LOG_ANNOTATION = 'sample/log';

interface Target {
  kind: Kind;
  namespace: string | null;
  name: string | null;
  sub: string;
}

type Answer = (request: Request, place: Place, nowMs: number) => Promise<Response>;

export interface Kubernetes {
  answer: Answer;
  /** Does something as a controller would; what was due before happens before. */
  act: <T>(run: (inside: Inside) => Promise<T>, nowMs: number) => Promise<T>;
  /** Does what was to happen up to a moment. */
  settle: (nowMs: number) => Promise<void>;
}

/** Answers requests; what it refuses it refuses in the words of Kubernetes. */
export function kubernetes({ cluster, kinds, controllers, given, logOf: logGiven, callerOf, now }: Server): Kubernetes {
  const ordered = [...kinds, ...REVIEWS];
  const store = storeOver(given);
  const control = controlOf(controllers, store, kinds);
  const writer = writerTo(store, control);

  async function answer(request: Request, { path, query }: Place, nowMs: number): Promise<Response> {
    const caller = callerOf(request.headers.get('authorization'));
    const isRead = ['GET', 'HEAD'].includes(request.method);
    const accept = request.headers.get('accept') ?? '';
    if (isRead) {
      const said = discovery(ordered, path, accept) ?? openapi(ordered, path, accept);
      if (said) return said;
      if (path === KEY_PATH) return keyOf(cluster.key);
      if (path.startsWith('/openapi/')) throw notServed();
    }
    const target = targetOf(path);
    if (REVIEWS.includes(target.kind)) {
      if (request.method !== 'POST') throw methodNotAllowed();
      return reviewed(target.kind, request, caller, kinds);
    }
    await control.alone(() => control.settle(nowMs));
    return isRead
      ? read(caller, target, { request, query, nowMs, ...target })
      : write(caller, target, { request, query, nowMs, ...target });
  }

  function targetOf(path: string): Target {
    const match = PATH.exec(path);
    if (!match) throw notSimulated(path);
    const parts = match.map((part) => (part === undefined ? undefined : decoded(part)));
    const [, core, group = '', version = core ?? '', namespace = null, plural = '', name = null, sub = ''] = parts;
    const kind = ordered.find((one) => one.group === group && one.version === version && one.plural === plural);
    if (!kind || (kind.isNamespaced ? namespace === null && name !== null : namespace !== null)) throw notServed();
    return { kind, namespace, name, sub };
  }

  async function read(caller: Caller, { kind, namespace, name, sub }: Target, asked: Read): Promise<Response> {
    const { query, nowMs } = asked;
    if (name === null) {
      const verb = isWatch(query) ? 'watch' : 'list';
      demand(caller, verb, kind, { namespace });
      if (verb === 'list') return listed(asked, store, cluster.pageItems);
      return watched(asked, store, async () => {
        const momentMs = now();
        await control.alone(() => control.settle(momentMs));
        return momentMs;
      });
    }
    // A namespace is the place in which its own name is asked for.
    demand(caller, 'get', kind, { namespace: kind.plural === 'namespaces' ? name : namespace, name, sub });
    if (isLog(kind, sub)) return log(kind, namespace ?? '', name, query, nowMs);
    if (sub !== '' && !(sub === 'status' && kind.hasStatus)) throw notSimulated(`${kind.plural}/${sub}`);
    const object = await store.get(kind, namespace, name, nowMs);
    if (!object) throw notFound(kind, name);
    return reply(shown(asked, object));
  }

  async function log(
    kind: Kind,
    namespace: string,
    name: string,
    query: URLSearchParams,
    nowMs: number,
  ): Promise<Response> {
    const built = logGiven(false, namespace, name, nowMs);
    if (built !== null) return logOf(built, name, query);
    const pod = await store.get(kind, namespace, name, nowMs);
    if (!pod) throw notFound(kind, name);
    const containers = listOf(fieldOf(pod['spec'], 'containers')).map((one) => textOf(fieldOf(one, 'name')));
    const container = query.get('container');
    if (container === null && containers.length > 1)
      throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${containers.join(' ')}]`);
    if (container !== null && !containers.includes(container))
      throw badRequest(`container ${container} is not valid for pod ${name}`);
    return logOf(pod.metadata.annotations?.[LOG_ANNOTATION] ?? '', name, query);
  }

  async function write(caller: Caller, target: Target, asked: Write): Promise<Response> {
    const { kind, namespace, name, sub } = target;
    const { request, query, nowMs } = asked;
    const verb = verbOf(request.method, name);
    demand(caller, verb, kind, { namespace, name: name ?? '', sub });
    if (sub === 'token' && kind.plural === 'serviceaccounts' && verb === 'create') {
      if (!(await store.get(kind, namespace, name ?? '', nowMs))) throw notFound(kind, name ?? '');
      return tokenFor(request, namespace ?? '', name ?? '', nowMs);
    }
    if (sub !== '' && !(sub === 'status' && kind.hasStatus))
      throw notSimulated(`${request.method} of ${kind.plural}/${sub}`);
    if (verb === 'create' && (name !== null || (kind.isNamespaced && namespace === null))) throw methodNotAllowed();
    return control.alone(async () => {
      if (verb === 'create') return writer.create(asked);
      if (verb === 'update') return writer.replace(asked);
      if (verb === 'patch') return writer.patch(asked);
      if (verb === 'delete') return writer.remove(asked);
      const isChosen = chosen(kind, query);
      const objects = (await store.list(kind, namespace, nowMs)).filter(isChosen);
      const answered = await listed(asked, store, cluster.pageItems);
      await writer.removeAll(asked, objects);
      return answered;
    });
  }

  return {
    answer: async (request, place, nowMs) => {
      try {
        return await answer(request, place, nowMs);
      } catch (error) {
        if (error instanceof Refusal) return error.answer();
        throw error;
      }
    },
    act: (run, nowMs) =>
      control.alone(async () => {
        await control.settle(nowMs);
        return control.act(run, nowMs);
      }),
    settle: async (nowMs) => {
      if (control.isDue(nowMs)) await control.alone(() => control.settle(nowMs));
    },
  };
}

/** Kinds with others in the place of those of the same resource, versions in the order of discovery. */
export function withKinds(own: readonly Kind[], others: readonly Kind[]): Kind[] {
  const isSame = (a: Kind, b: Kind) => a.group === b.group && a.plural === b.plural;
  const kinds = [...own.filter((one) => !others.some((other) => isSame(one, other))), ...others];
  const order = versionsOf(kinds);
  return kinds.toSorted((a, b) => order.indexOf(a.version) - order.indexOf(b.version));
}

const isLog = ({ group, plural }: Kind, sub: string): boolean => group === '' && plural === 'pods' && sub === 'log';

function verbOf(method: string, name: string | null): string {
  if (method === 'POST') return 'create';
  if (method === 'DELETE') return name === null ? 'deletecollection' : 'delete';
  if (name !== null && method === 'PUT') return 'update';
  if (name !== null && method === 'PATCH') return 'patch';
  throw methodNotAllowed();
}

const methodNotAllowed = (): Refusal =>
  new Refusal(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`invalid URL escape in ${part}`);
  }
}

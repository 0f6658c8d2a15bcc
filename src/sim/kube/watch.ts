import type { Kind, KubeObject } from './kind.ts';
import { keyOf, type Store } from './store.ts';

/** A watch: one line of JSON for each change, until its time is over or the client leaves. */

/** How often the world's clock is looked at, of real time. */
const TICK_MS = 250;
const DEFAULT_MS = 30 * 60_000;

export interface Watched {
  store: Store;
  kind: Kind;
  namespace: string | null;
  query: URLSearchParams;
  isChosen: (object: KubeObject) => boolean;
  /** The object as the client asked for it, as a Table for example. */
  shown: (object: KubeObject) => object;
  /** Brings the cluster to the moment that it gives. */
  now: () => Promise<number>;
}

type Type = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';

/** The answer that goes on. Without a version to begin at, all that is there comes first. */
export function watch(watched: Watched, signal: AbortSignal): Response {
  const { store, query, now } = watched;
  const timeoutSeconds = Number(query.get('timeoutSeconds') ?? Number.NaN);
  const endsMs = performance.now() + (Number.isFinite(timeoutSeconds) ? timeoutSeconds * 1_000 : DEFAULT_MS);
  const encoder = new TextEncoder();
  let isOver = false;
  let wake = () => {};
  const end = () => {
    isOver = true;
    wake();
  };
  const unsubscribe = store.subscribe(() => wake());
  signal.addEventListener('abort', end);
  const body = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      try {
        const tell = (type: Type, object: object) =>
          controller.enqueue(encoder.encode(`${JSON.stringify({ type, object })}\n`));
        const look = await viewer(watched, tell);
        while (!isOver && performance.now() < endsMs) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            setTimeout(resolve, Math.min(TICK_MS, Math.max(endsMs - performance.now(), 0)));
          });
          if (!isOver) await look(await now());
        }
        controller.close();
      } catch (error) {
        if (!isOver) controller.error(error);
      } finally {
        unsubscribe();
        signal.removeEventListener('abort', end);
      }
    },
    cancel: end,
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** Tells what the client does not know yet, and gives the function that tells what has changed since. */
async function viewer(
  watched: Watched,
  tell: (type: Type, object: object) => void,
): Promise<(nowMs: number) => Promise<void>> {
  const { store, kind, namespace, query, isChosen, shown, now } = watched;
  const listed = async (nowMs: number) => {
    const all = await store.list(kind, namespace, nowMs, query.get('labelSelector') ?? '');
    return new Map(all.filter(isChosen).map((object) => [keyOf(object), object]));
  };
  const since = query.get('resourceVersion') ?? '';
  const isFromStart = since === '' || since === '0' || query.get('sendInitialEvents') === 'true';
  let known = new Map<string, KubeObject>();
  const look = async (nowMs: number) => {
    const seen = await listed(nowMs);
    for (const [key, object] of seen) {
      const before = known.get(key);
      if (!before) tell('ADDED', shown(object));
      else if (before.metadata.resourceVersion !== object.metadata.resourceVersion) tell('MODIFIED', shown(object));
    }
    for (const [key, object] of known) if (!seen.has(key)) tell('DELETED', shown(object));
    known = seen;
  };
  const nowMs = await now();
  if (isFromStart) {
    await look(nowMs);
    if (query.get('sendInitialEvents') === 'true') tell('BOOKMARK', bookmark(kind, store.versionAt(nowMs)));
    return look;
  }
  known = await listed(nowMs);
  // What was written after the client's list and before this watch.
  for (const { type, object } of store.changesSince(kind, Number(since))) {
    if ((namespace !== null && object.metadata.namespace !== namespace) || !isChosen(object)) continue;
    tell(type, shown(object));
    if (type === 'DELETED') known.delete(keyOf(object));
    else known.set(keyOf(object), object);
  }
  return look;
}

/** Says that what was there at the beginning has all been told. */
function bookmark({ group, version, kind }: Kind, resourceVersion: string): object {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  return { apiVersion, kind, metadata: { resourceVersion, creationTimestamp: null, annotations } };
}

import { secondAt } from '#sim/clock.ts';
import { uidOf } from '#sim/pipeline/names.ts';
import { type Controller, type Inside, type Kind, type KubeObject, type Metadata, resourceOf } from './kind.ts';
import type { Store } from './store.ts';
import { isSame } from './value.ts';

/** Controllers of the cluster: told of each write, and of the time before each answer. */

/** Controllers that answer one another without end are stopped here. */
const MAX_ROUNDS = 2_000;
/** Moments between two looks beyond which something runs in a circle. */
const MAX_MOMENTS = 10_000;

export interface Control {
  /** Tells the controllers of a write, and of those that they make themselves. */
  wrote: (before: KubeObject | null, after: KubeObject | null, nowMs: number) => Promise<void>;
  /** Brings the cluster to a moment, by way of each moment before it at which something was to happen. */
  settle: (nowMs: number) => Promise<void>;
  /** Whether something was to happen up to a moment. */
  isDue: (nowMs: number) => boolean;
  /** Does something as a controller would; what follows from it follows. */
  act: <T>(run: (inside: Inside) => Promise<T>, nowMs: number) => Promise<T>;
  /** One after the other: a write that has begun ends before the next one looks. */
  alone: <T>(run: () => Promise<T>) => Promise<T>;
}

/** Runs controllers over a store. */
export function controlOf(controllers: readonly Controller[], store: Store, kinds: readonly Kind[]): Control {
  let last: Promise<unknown> = Promise.resolve();
  let settled = { nowMs: Number.NEGATIVE_INFINITY, count: -1 };

  function alone<T>(run: () => Promise<T>): Promise<T> {
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    return turn;
  }

  function inside(nowMs: number, told: (before: KubeObject | null, after: KubeObject | null) => void): Inside {
    const kindNamed = (resource: string): Kind => {
      const kind = kinds.find((one) => resourceOf(one) === resource);
      if (!kind) throw new Error(`A controller asks for ${resource}, which is no kind of the cluster.`);
      return kind;
    };
    const placeOf = (kind: Kind, namespace: string) => (kind.isNamespaced && namespace !== '' ? namespace : null);
    const ofObject = ({ apiVersion, kind: name }: KubeObject): Kind => {
      const kind = kinds.find(({ group, kind: own }) => own === name && group === groupOf(apiVersion));
      if (!kind) throw new Error(`A controller writes ${apiVersion} ${name}, which is no kind of the cluster.`);
      return kind;
    };
    return {
      nowMs,
      list: (resource, namespace) => {
        const kind = kindNamed(resource);
        return store.list(kind, placeOf(kind, namespace), nowMs);
      },
      get: (resource, namespace, name) => {
        const kind = kindNamed(resource);
        return store.get(kind, placeOf(kind, namespace), name, nowMs);
      },
      write: async (object) => {
        const kind = ofObject(object);
        const before = await store.get(kind, object.metadata.namespace ?? null, object.metadata.name, nowMs);
        const whole = { ...object, metadata: wholeMetadata(object, before, nowMs) };
        if (before && isSame(plain(before), plain(whole))) return before;
        const after = await store.put(kind, whole, nowMs);
        told(before, after);
        return after;
      },
      remove: async (object) => {
        store.remove(ofObject(object), object, nowMs);
        told(object, null);
      },
    };
  }

  type Told = [before: KubeObject | null, after: KubeObject | null];

  async function spread(queue: Told[], nowMs: number): Promise<void> {
    const view = inside(nowMs, (before, after) => queue.push([before, after]));
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const next = queue.shift();
      if (!next) return;
      for (const { onWrite } of controllers) await onWrite?.(...next, view);
    }
  }

  async function act<T>(run: (inside: Inside) => Promise<T>, nowMs: number): Promise<T> {
    const queue: Told[] = [];
    const done = await run(inside(nowMs, (before, after) => queue.push([before, after])));
    await spread(queue, nowMs);
    return done;
  }

  const nextMs = () => Math.min(...controllers.map((one) => one.nextMs?.() ?? Number.POSITIVE_INFINITY));

  async function step(atMs: number): Promise<void> {
    await act(async (view) => {
      for (const { onTime } of controllers) await onTime?.(view);
    }, atMs);
    settled = { nowMs: atMs, count: store.count() };
  }

  return {
    alone,
    act,
    isDue: (nowMs) => nextMs() <= nowMs,
    wrote: (before, after, nowMs) => spread([[before, after]], nowMs),
    settle: async (nowMs) => {
      if (settled.nowMs === nowMs && settled.count === store.count()) return;
      for (let count = 0; count < MAX_MOMENTS && nextMs() <= nowMs; count++)
        await step(Math.max(nextMs(), settled.nowMs));
      await step(nowMs);
    },
  };
}

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

/** Metadata with what every object has; what the controller said stands. */
function wholeMetadata({ kind, metadata }: KubeObject, before: KubeObject | null, nowMs: number): Metadata {
  const { namespace = '', name } = metadata;
  return {
    ...metadata,
    uid: before?.metadata.uid || metadata.uid || uidOf(`${kind} ${namespace} ${name} ${nowMs}`),
    creationTimestamp: before?.metadata.creationTimestamp || metadata.creationTimestamp || secondAt(nowMs),
    generation: metadata.generation ?? 1,
  };
}

const plain = (object: KubeObject) => ({ ...object, metadata: { ...object.metadata, resourceVersion: '' } });

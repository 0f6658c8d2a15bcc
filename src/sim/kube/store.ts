import { seconds } from '#sim/clock.ts';
import { type Kind, type KubeObject, resourceOf } from './kind.ts';
import { isSame } from './value.ts';

/** What the cluster holds: objects that follow from the world, overlaid by what was written since. */

/** Objects that the world gives, of a kind, in a namespace (null: of the whole cluster), at a moment. */
export type Given = (
  kind: Kind,
  namespace: string | null,
  nowMs: number,
  labels: string,
) => Promise<readonly KubeObject[]>;

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: string;
  /** The object's resourceVersion. */
  version: number;
  object: KubeObject;
}

interface Entry {
  /** Null: deleted. */
  object: KubeObject | null;
  /** Status that the world gave when the object was written; it moves on for as long as nobody writes it. */
  status: unknown;
}

export interface Store {
  /** `namespace` null: all. */
  list: (kind: Kind, namespace: string | null, nowMs: number, labels?: string) => Promise<KubeObject[]>;
  get: (kind: Kind, namespace: string | null, name: string, nowMs: number) => Promise<KubeObject | null>;
  /** Creates or replaces, and gives the object with its new resourceVersion. */
  put: (kind: Kind, object: KubeObject, nowMs: number) => Promise<KubeObject>;
  remove: (kind: Kind, object: KubeObject, nowMs: number) => void;
  /** Changes of a kind after a version, the oldest first. */
  changesSince: (kind: Kind, version: number) => Change[];
  /** How often anything was written. */
  count: () => number;
  /** Version of a list at a moment. */
  versionAt: (nowMs: number) => string;
  subscribe: (wake: () => void) => () => void;
}

export const keyOf = ({ metadata: { namespace = '', name } }: KubeObject): string => `${namespace}/${name}`;

/** An empty overlay over what the world gives. */
export function storeOver(given: Given): Store {
  const written = new Map<string, Map<string, Entry>>();
  const changes: Change[] = [];
  const sleepers = new Set<() => void>();

  // Those of the world are seconds of about 2e9: these are always larger, and grow with time and with each write.
  const nextVersion = (nowMs: number): number =>
    Math.max(seconds(nowMs) * 1_000 + changes.length, (changes.at(-1)?.version ?? 0) + 1);

  async function list(kind: Kind, namespace: string | null, nowMs: number, labels = ''): Promise<KubeObject[]> {
    const own = written.get(resourceOf(kind));
    const world = await given(kind, namespace, nowMs, labels);
    if (!own) return [...world];
    const keys = new Set(world.map(keyOf));
    const added = [...own].flatMap(([key, { object }]) =>
      object && !keys.has(key) && (namespace === null || object.metadata.namespace === namespace) ? [object] : [],
    );
    return [...added.toReversed(), ...world.flatMap((object) => overlaid(object, own.get(keyOf(object))))];
  }

  async function get(kind: Kind, namespace: string | null, name: string, nowMs: number): Promise<KubeObject | null> {
    const objects = await list(kind, namespace, nowMs);
    return objects.find(({ metadata }) => metadata.name === name) ?? null;
  }

  function record(kind: Kind, type: Change['type'], object: KubeObject, nowMs: number, status: unknown): KubeObject {
    const resource = resourceOf(kind);
    const version = nextVersion(nowMs);
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    const own = written.get(resource) ?? new Map<string, Entry>();
    written.set(resource, own);
    own.set(keyOf(object), { object: type === 'DELETED' ? null : stored, status });
    changes.push({ type, resource, version, object: stored });
    for (const wake of sleepers) wake();
    return stored;
  }

  return {
    list,
    get,
    put: async (kind, object, nowMs) => {
      const { name, namespace = null } = object.metadata;
      const before = await get(kind, namespace, name, nowMs);
      const world = await given(kind, namespace, nowMs, '');
      const status = world.find((one) => keyOf(one) === keyOf(object))?.['status'];
      return record(kind, before ? 'MODIFIED' : 'ADDED', object, nowMs, status);
    },
    remove: (kind, object, nowMs) => {
      record(kind, 'DELETED', object, nowMs, undefined);
    },
    changesSince: (kind, version) =>
      changes.filter((change) => change.version > version && change.resource === resourceOf(kind)),
    count: () => changes.length,
    versionAt: (nowMs) => String(changes.at(-1)?.version ?? seconds(nowMs)),
    subscribe: (wake) => {
      sleepers.add(wake);
      return () => sleepers.delete(wake);
    },
  };
}

/** The object as it was written; its status is the world's while only the world has changed it. */
function overlaid(world: KubeObject, entry: Entry | undefined): KubeObject[] {
  if (!entry) return [world];
  const { object, status } = entry;
  if (!object) return [];
  if (!isSame(object['status'], status) || isSame(world['status'], status)) return [object];
  const resourceVersion = `${world.metadata.resourceVersion}999`;
  return [{ ...object, metadata: { ...object.metadata, resourceVersion }, status: world['status'] }];
}

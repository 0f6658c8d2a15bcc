import { at } from './json-path.ts';
import type { Column, Kind, KubeObject } from './kind.ts';
import { fieldOf, listOf, textOf } from './value.ts';

/** Objects as the table that `kubectl get` prints; times are ages at the world's clock. */

const NAME = { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 };
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

type Include = 'Metadata' | 'Object' | 'None';

/** A `Table` of these objects. */
export function tableOf(
  kind: Kind,
  objects: readonly KubeObject[],
  metadata: object,
  nowMs: number,
  include: Include = 'Metadata',
): object {
  return {
    ...{ kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata },
    columnDefinitions: [
      NAME,
      ...kind.columns.map(({ name, type, priority = 0 }) => ({ ...plain, name, type, priority })),
    ],
    rows: objects.map((object) => ({
      cells: [object.metadata.name, ...kind.columns.map((column) => cellOf(kind, column, object, nowMs))],
      ...(include === 'None' ? {} : { object: include === 'Object' ? object : partOf(object) }),
    })),
  };
}

const plain = { format: '', description: '' };

const partOf = ({ metadata }: KubeObject) => ({
  ...{ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
});

function cellOf(
  { isCustom, kind }: Kind,
  { name, type, jsonPath }: Column,
  object: KubeObject,
  nowMs: number,
): unknown {
  if (kind === 'Pod' && !isCustom && name === 'Ready') return readyOf(object);
  if (kind === 'Pod' && !isCustom && name === 'Status') return reasonOf(object);
  const value = at(object, jsonPath) ?? null;
  // Of its own kinds Kubernetes counts fields and items.
  if (type === 'integer' && !isCustom) return typeof value === 'number' ? value : Object.keys(value ?? {}).length;
  if (value === null) return type === 'date' ? '<unknown>' : null;
  if (type === 'date') return ageOf(String(value), nowMs);
  if (type === 'string') return typeof value === 'string' ? value : JSON.stringify(value);
  return value;
}

/** Containers that are ready, of all. */
function readyOf({ spec, status }: KubeObject): string {
  const ready = listOf(fieldOf(status, 'containerStatuses')).filter((one) => fieldOf(one, 'ready') === true);
  return `${ready.length}/${listOf(fieldOf(spec, 'containers')).length}`;
}

/** Why the first container that waits or has ended does so; else the phase. */
function reasonOf({ status }: KubeObject): string {
  const reasons = listOf(fieldOf(status, 'containerStatuses')).map((one) => {
    const state = fieldOf(one, 'state');
    return (
      textOf(fieldOf(fieldOf(state, 'waiting'), 'reason')) || textOf(fieldOf(fieldOf(state, 'terminated'), 'reason'))
    );
  });
  return reasons.find((reason) => reason !== '') ?? textOf(fieldOf(status, 'phase'));
}

function ageOf(time: string, nowMs: number): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? '<invalid>' : duration(Math.floor((nowMs - ms) / 1_000));
}

/** Seconds as `kubectl` writes them: two units where the larger is small. */
export function duration(seconds: number): string {
  if (seconds < -1) return '<invalid>';
  const two = (large: number, unit: string, small: number, inner: string) => {
    const rest = Math.floor((seconds % large) / small);
    return `${Math.floor(seconds / large)}${unit}${rest === 0 ? '' : `${rest}${inner}`}`;
  };
  const one = (size: number, unit: string) => `${Math.floor(seconds / size)}${unit}`;
  if (seconds < 2 * MINUTE) return `${Math.max(seconds, 0)}s`;
  if (seconds < 10 * MINUTE) return two(MINUTE, 'm', 1, 's');
  if (seconds < 3 * HOUR) return one(MINUTE, 'm');
  if (seconds < 8 * HOUR) return two(HOUR, 'h', MINUTE, 'm');
  if (seconds < 2 * DAY) return one(HOUR, 'h');
  if (seconds < 8 * DAY) return two(DAY, 'd', HOUR, 'h');
  if (seconds < 2 * YEAR) return one(DAY, 'd');
  return seconds < 8 * YEAR ? two(YEAR, 'y', DAY, 'd') : one(YEAR, 'y');
}

import { at } from './json-path.ts';
import type { Column, Kind, KubeObject } from './kind.ts';
import { fieldsOf, listOf } from './value.ts';

/** Objects as the table that `kubectl get` prints; times are ages at the world's clock. */

const NAME = { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 };
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

type Include = 'Metadata' | 'Object' | 'None';

/** A `Table` of these objects. */
export function tableOf(
  { columns }: Kind,
  objects: readonly KubeObject[],
  metadata: object,
  nowMs: number,
  include: Include = 'Metadata',
): object {
  return {
    ...{ kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata },
    columnDefinitions: [NAME, ...columns.map(({ name, type, priority = 0 }) => ({ ...plain, name, type, priority }))],
    rows: objects.map((object) => ({
      cells: [object.metadata.name, ...columns.map((column) => cellOf(column, object, nowMs))],
      ...(include === 'None' ? {} : { object: include === 'Object' ? object : partOf(object) }),
    })),
  };
}

const plain = { format: '', description: '' };

const partOf = ({ metadata }: KubeObject) => ({
  ...{ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
});

function cellOf({ type, jsonPath }: Column, object: KubeObject, nowMs: number): unknown {
  if (jsonPath === READY) return readyOf(object);
  const value = at(object, jsonPath);
  if (value === undefined || value === null) return type === 'date' ? '<unknown>' : null;
  if (type === 'date') return ageOf(String(value), nowMs);
  if (type === 'string') return typeof value === 'string' ? value : JSON.stringify(value);
  return value;
}

/** Kubernetes counts the ready containers of a pod itself; no path says that. */
const READY = '.status.containerStatuses';

function readyOf({ spec, status }: KubeObject): string {
  const ready = listOf(fieldsOf(status)['containerStatuses']).filter((one) => fieldsOf(one)['ready'] === true);
  return `${ready.length}/${listOf(fieldsOf(spec)['containers']).length}`;
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

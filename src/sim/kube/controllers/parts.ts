import { secondAt } from '#sim/clock.ts';
import type { KubeObject, Metadata } from '#sim/kube/kind.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';

/** How controllers read and change objects of whatever shape. */

export const MINUTE_MS = 60_000;

type Words = Readonly<Record<string, string>>;

export const isKind = (object: KubeObject | null, kind: string, group: string): object is KubeObject =>
  object !== null && object.kind === kind && object.apiVersion.startsWith(`${group}/`);

export const isStudio = (object: KubeObject | null, kind: string): object is KubeObject =>
  isKind(object, kind, 'appstudio.redhat.com');

export const labelOf = ({ metadata }: KubeObject, name: string): string => textOf(fieldOf(metadata.labels, name));
export const noteOf = ({ metadata }: KubeObject, name: string): string => textOf(fieldOf(metadata.annotations, name));
export const specOf = ({ spec }: KubeObject, name: string): unknown => fieldOf(spec, name);
export const statusOf = ({ status }: KubeObject, name: string): unknown => fieldOf(status, name);
export const placeOf = ({ metadata }: KubeObject): string => textOf(metadata.namespace);
export const bornAt = ({ metadata }: KubeObject, elseMs: number): number =>
  Date.parse(metadata.creationTimestamp) || elseMs;

/** Labels with these added, and without those that are null. */
const changed = (words: Words | undefined, more: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...words, ...more }).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

const withMetadata = (object: KubeObject, metadata: Partial<Metadata>): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, ...metadata },
});

export const withLabels = (object: KubeObject, more: Readonly<Record<string, string | null>>): KubeObject =>
  withMetadata(object, { labels: changed(object.metadata.labels, more) });

export const withNotes = (object: KubeObject, more: Readonly<Record<string, string | null>>): KubeObject =>
  withMetadata(object, { annotations: changed(object.metadata.annotations, more) });

export const withSpec = (object: KubeObject, more: Fields): KubeObject => ({
  ...object,
  spec: { ...fieldsOf(object['spec']), ...more },
});

export const withStatus = (object: KubeObject, more: Fields): KubeObject => ({
  ...object,
  status: { ...fieldsOf(object['status']), ...more },
});

export interface Said {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message?: string;
}

/** The object with these conditions in the place of those of the same type. */
export function withConditions(object: KubeObject, atMs: number, ...said: readonly Said[]): KubeObject {
  const kept = listOf(statusOf(object, 'conditions')).filter(
    (one) => !said.some(({ type }) => fieldOf(one, 'type') === type),
  );
  const lastTransitionTime = secondAt(atMs);
  const conditions = [...kept, ...said.map(({ message = '', ...rest }) => ({ ...rest, message, lastTransitionTime }))];
  return withStatus(object, { conditions });
}

export const conditionOf = (object: KubeObject, type: string): unknown =>
  listOf(statusOf(object, 'conditions')).find((one) => fieldOf(one, 'type') === type);

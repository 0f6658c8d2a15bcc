import { offsetMs, secondAt } from '#sim/clock.ts';
import type { KubeObject } from '#sim/kube/kind.ts';
import { type Fields, isFields } from '#sim/kube/value.ts';
import { uidOf } from '#sim/pipeline/names.ts';
import type { Cluster } from '#world/cluster.ts';
import { versionOf } from './tenant.ts';

/** Objects that the world gives whole. */

const OFFSET = /^[+-](?=\d)(\d+d)?(\d+h)?(\d+m)?$/;
const TIME = /(Time|Timestamp|At)$/;
const AGE_MS = 10 * 86_400_000;

/** With the metadata that every object has; times that are offsets count from `startMs`. */
export function ownObjects({ objects }: Pick<Cluster, 'objects'>, startMs: number): KubeObject[] {
  return objects.map(({ metadata, ...rest }) => {
    const { name, namespace = '', creationTimestamp, labels, annotations, ...more } = metadata;
    const createdMs = momentOf(creationTimestamp, startMs) ?? startMs - AGE_MS;
    const dated = rest['status'] === undefined ? rest : { ...rest, status: timed(rest['status'], startMs) };
    return {
      ...dated,
      metadata: {
        ...{ ...more, name, ...(namespace === '' ? {} : { namespace }) },
        uid: uidOf(`${rest.kind} ${namespace} ${name}`),
        ...{ resourceVersion: versionOf(createdMs), generation: 1, creationTimestamp: secondAt(createdMs) },
        ...(labels ? { labels } : {}),
        ...(annotations ? { annotations } : {}),
      },
    };
  });
}

function momentOf(text: string | undefined, startMs: number): number | null {
  if (text === undefined) return null;
  if (OFFSET.test(text)) return startMs + offsetMs(text);
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

function timed(value: unknown, startMs: number): unknown {
  if (Array.isArray(value)) return value.map((one) => timed(one, startMs));
  if (!isFields(value)) return value;
  const fields: Fields = {};
  for (const [name, inner] of Object.entries(value)) {
    const isOffset = TIME.test(name) && typeof inner === 'string' && OFFSET.test(inner);
    fields[name] = isOffset ? secondAt(startMs + offsetMs(inner)) : timed(inner, startMs);
  }
  return fields;
}

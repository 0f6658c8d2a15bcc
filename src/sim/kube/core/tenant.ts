import { base64 } from '#sim/bytes.ts';
import { secondAt } from '#sim/clock.ts';
import type { KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, textOf } from '#sim/kube/value.ts';
import { uidOf } from '#sim/pipeline/names.ts';

/** A tenant as its further objects are made from it. */
export interface Tenant {
  namespace: string;
  components: readonly KubeObject[];
  /** Scenarios by application. */
  scenarios: ReadonlyMap<string, readonly string[]>;
  /** When all was set up. */
  bornMs: number;
}

export type Words = Record<string, string>;

interface Told {
  labels?: Words;
  annotations?: Words;
  [field: string]: unknown;
}

/** An object of a tenant, as old as the tenant. */
export function thing(
  { namespace, bornMs }: Pick<Tenant, 'namespace' | 'bornMs'>,
  apiVersion: string,
  kind: string,
  name: string,
  { labels, annotations, ...fields }: Told = {},
): KubeObject {
  return {
    apiVersion,
    kind,
    metadata: {
      ...{ name, namespace, uid: uidOf(`${kind} ${namespace} ${name}`), resourceVersion: versionOf(bornMs) },
      ...{ generation: 1, creationTimestamp: secondAt(bornMs) },
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
    ...fields,
  };
}

export const versionOf = (ms: number): string => String(Math.floor(ms / 1_000));

export const nameOf = ({ metadata }: KubeObject): string => metadata.name;
export const applicationOf = ({ spec }: KubeObject): string => textOf(fieldOf(spec, 'application'));
export const imageOf = ({ spec }: KubeObject): string => textOf(fieldOf(spec, 'containerImage'));
export const gitUrlOf = ({ spec }: KubeObject): string =>
  textOf(fieldOf(fieldOf(fieldOf(spec, 'source'), 'git'), 'url'));

/** Applications of a tenant. */
export const applicationsOf = ({ components }: Tenant): string[] => [...new Set(components.map(applicationOf))];

/** A login that opens nothing. */
export const login = (place: string): Words => ({
  '.dockerconfigjson': base64(JSON.stringify({ auths: { [place]: { auth: base64('sample:sample') } } })),
});

export const condition = (type: string, status: string, reason: string, ms: number, message = '') => ({
  ...{ type, status, reason, message, lastTransitionTime: secondAt(ms) },
});

import { simulate } from '#sim/index.ts';
import type { Kind } from '#sim/kube/kind.ts';
import type { World } from '#world/model.ts';
import { REPOSITORIES, smallWorld } from './world.ts';

/** A small pretend cluster, and requests to it. */

export const NAMESPACE = 'bootc-tenant';
export const COMPONENT = 'fedora-bootc-45-standard';

export const CLUSTER = `${REPOSITORIES}
cluster:
  token: sample-token
  components:
    - component: ${COMPONENT}
      application: fedora-bootc-45
      repository: bootc-devel/fedora-bootc-45-standard
      runs:
        - { at: -30m, arches: [s390x], reason: OOMKilled, log: "sample: killed" }
        - { at: -5m, ends: never }
`;

export interface Asked {
  method?: string;
  role?: string | null;
  body?: unknown;
  type?: string;
  accept?: string;
  signal?: AbortSignal;
}

/** Asks a new cluster by path, as a role; the clock moves with `pass`. */
export function pretendCluster(kinds: readonly Kind[] = [], world: World = smallWorld(CLUSTER)) {
  let nowMs = Date.parse(world.now);
  const handler = simulate(world, { kinds, now: () => nowMs });
  const raw = (path: string, { method = 'GET', role = 'admin', body, type, accept, signal }: Asked = {}) =>
    handler(
      new Request(`https://x.example/konflux${path}`, {
        method,
        headers: {
          ...(role === null ? {} : { authorization: `Bearer sample-${role}` }),
          ...(accept === undefined ? {} : { accept }),
          ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        },
        ...(body === undefined
          ? {}
          : {
              body: body instanceof Uint8Array ? body.slice() : typeof body === 'string' ? body : JSON.stringify(body),
            }),
        ...(signal ? { signal } : {}),
      }),
    );
  const ask = async (path: string, asked: Asked = {}) => {
    const answer = await raw(path, asked);
    return { code: answer.status, body: await answer.json(), warning: answer.headers.get('warning') };
  };
  return { raw, ask, pass: (ms: number) => (nowMs += ms) };
}

const STUDIO = `/apis/appstudio.redhat.com/v1alpha1/namespaces/${NAMESPACE}`;
/** Path of objects of appstudio in the tenant's namespace. */
export const studio = (path: string): string => `${STUDIO}/${path}`;
export const core = (path: string): string => `/api/v1/namespaces/${NAMESPACE}/${path}`;

/** A Snapshot that is fit to be created. */
export const snapshot = (name: string, more: object = {}) => ({
  ...{ apiVersion: 'appstudio.redhat.com/v1alpha1', kind: 'Snapshot', metadata: { name } },
  spec: { application: 'fedora-bootc-45', components: [{ name: 'c', containerImage: 'quay.io/sample/c@sha256:aa' }] },
  ...more,
});

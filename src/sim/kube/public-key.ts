import { base64 } from '#sim/bytes.ts';
import { reply } from '#sim/reply.ts';
import { Refusal } from './status.ts';

/** The Secret with the key that signatures are verified with. */

export const KEY_PATH = '/api/v1/namespaces/openshift-pipelines/secrets/public-key';

/** The Secret of a key in PEM, or that there is none. */
export function keyOf(pem: string | undefined): Response {
  if (pem === undefined) return new Refusal(404, 'NotFound', 'secrets "public-key" not found').answer();
  const metadata = { name: 'public-key', namespace: 'openshift-pipelines' };
  return reply({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { 'cosign.pub': base64(pem) } });
}

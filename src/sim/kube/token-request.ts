import { secondAt } from '#sim/clock.ts';
import { uidOf } from '#sim/pipeline/names.ts';
import { reply } from '#sim/reply.ts';
import { objectOf } from './body.ts';
import { fieldsOf } from './value.ts';

/** A token for a service account: made up, and it says so. */

const HOUR_S = 3_600;

/** Answers `serviceaccounts/NAME/token`. */
export async function tokenFor(request: Request, namespace: string, name: string, nowMs: number): Promise<Response> {
  const { spec, metadata } = await objectOf(request);
  const asked = fieldsOf(spec)['expirationSeconds'];
  const expirationSeconds = typeof asked === 'number' && asked >= 600 ? asked : HOUR_S;
  const token = `sample-token-of-${name}-${uidOf(`${namespace} ${name} ${nowMs}`).slice(0, 8)}`;
  const status = { token, expirationTimestamp: secondAt(nowMs + expirationSeconds * 1_000) };
  const body = { kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1' };
  return reply(
    {
      ...body,
      metadata: { ...fieldsOf(metadata), name, namespace },
      spec: { ...fieldsOf(spec), expirationSeconds },
      status,
    },
    201,
  );
}

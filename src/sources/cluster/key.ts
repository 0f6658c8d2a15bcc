import { asSourceError, SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { type Verifier, verifier } from '#sources/provenance/key.ts';
import { type ClusterKey, Key } from '#status/key.ts';
import type { Watch } from '#status/parse.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';
import type { Cluster } from './client.ts';
import { Secret } from './objects.ts';

/** The key that the cluster signs with: any signed-in reader may read its public half there. */

const PATH = 'api/v1/namespaces/openshift-pipelines/secrets/public-key';
const FIELD = 'cosign.pub';

/** The key to trust: the one first read, until people name another in the targets file. Null: none was ever read. */
export async function askClusterKey({
  clients,
  only,
  report,
  previous,
  watch,
  nowMs,
}: Context): Promise<ClusterKey | null> {
  const known = previous?.clusterKey ?? null;
  const client = only.has('konflux') ? clients.konflux : null;
  if (!client) return known;
  try {
    const secret = await report.asked('konflux', read(client));
    if (!secret) return known;
    const parsed = Key.shape.pem.safeParse(Buffer.from(secret.data[FIELD] ?? '', 'base64').toString());
    if (!parsed.success) throw new SourceError('konflux', 'unreadable', `the Secret at ${PATH} holds no such key`);
    const pem = parsed.data.trim();
    const { id } = verifier(pem);
    if (known?.id === id) return known;
    const isNamed = watch.file.keys?.some((key) => verifier(key.pem).id === id);
    if (known && !isNamed) {
      report.problem('konflux', null, 'key-changed', `it was ${known.id} since ${known.since}, and is ${id} now`);
      return known;
    }
    return { id, pem, since: iso(nowMs) };
  } catch (error) {
    const { kind, message } = asSourceError(error);
    report.problem('konflux', null, kind, message);
    return known;
  }
}

/** Null where the cluster publishes no key: that is no fault of anybody. */
async function read(client: Cluster) {
  try {
    return await client.get(PATH, Secret);
  } catch (error) {
    const failure = asSourceError(error);
    if (failure.kind === 'forbidden') return null;
    throw failure;
  }
}

/** The cluster's key, for an image that it builds and whose row does not say itself with which keys it may be signed. */
export function clusterVerifier(clusterKey: ClusterKey | null, { file }: Watch, { konflux, row }: Target): Verifier[] {
  const isNamed = file.targets[row]?.keys !== undefined;
  return clusterKey && konflux && !isNamed ? [verifier(clusterKey.pem)] : [];
}

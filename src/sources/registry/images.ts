import { clusterVerifier } from '#sources/cluster/key.ts';
import { asSourceError } from '#sources/error.ts';
import { known, polled } from '#sources/evidence.ts';
import { guarded } from '#sources/guard.ts';
import { type Placing, place } from '#sources/packages/sbom-place.ts';
import type { Context } from '#sources/pass.ts';
import { verifier } from '#sources/provenance/key.ts';
import { attest } from '#sources/provenance/provenance.ts';
import type { Report } from '#sources/report.ts';
import { scanAll } from '#sources/security/scans.ts';
import type { Evidence } from '#status/facets.ts';
import type { ClusterKey } from '#status/key.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';
import { explainRefusal, type Listing, type Poller, poll } from './poll.ts';
import type { Quay } from './quay.ts';
import { namespaceOf, type Watched } from './repository.ts';

/** All images of a refresh: each repository is polled once, then what was signed for its images is read. */

export interface Polling {
  /** Targets to poll; the others keep what is known. */
  isMine?: ((target: Target, index: number) => boolean) | undefined;
  onProgress?: ((done: number, of: number, what: string) => void) | undefined;
  clusterKey: Promise<ClusterKey | null>;
}

export interface Asked {
  images: Watched[];
  begun: Context['begun'];
}

/** Every target with what is known of it after this refresh has looked at its tag and at what was signed for it. */
export async function askImages(context: Context, polling: Polling): Promise<Asked> {
  const { watch, previous, clients, only, report, nowMs } = context;
  const { isMine = () => true, onProgress } = polling;
  const images = new Map(previous?.images.map((image) => [image.id, image]));
  const all = watch.targets.map((target) => {
    const image = images.get(target.id);
    // What one registry told says nothing about another.
    return { target, evidence: known(target, image?.registry === target.registry ? image : undefined) };
  });
  const mine = all.filter(({ target }, index) => target.plan !== 'not-planned' && isMine(target, index));
  const quay = only.has('quay') ? clients.quay : null;
  const listings = await list(quay, mine, report);
  const poller: Omit<Poller, 'oci'> = { report, quay, listings, answered: new Set(), refused: new Map() };
  const groups = Map.groupBy(mine, ({ target }) => `${target.registry}/${target.repository}`);
  const trust = attesting(context, polling.clusterKey);
  const polledById = new Map<string, Watched>();
  const signed: Promise<Watched>[] = [];
  const places = new Map<string, Promise<Placing | null>>();
  const now = iso(nowMs);
  let done = 0;
  await Promise.all(
    [...groups].map(async ([name, watched]) => {
      const oci = only.has('oci') ? clients.oci(watched[0]?.target.registry ?? '') : null;
      const source = poller.quay && watched[0]?.target.api ? 'quay' : 'oci';
      const unread = watched.map(({ evidence }) => polled(evidence, source, 'unreadable', now));
      const evidence = await guarded(report, source, name, () => poll({ ...poller, oci }, watched), unread);
      watched.forEach(({ target, evidence: before }, index) => {
        const one = { target, evidence: evidence[index] ?? before };
        const read = async () => {
          const found = { target, evidence: await trust(one, before) };
          if (context.isDue(found, 'sbom'))
            places.set(
              target.id,
              guarded(report, 'sbom', target.id, () => place(context, found), null),
            );
          return found;
        };
        polledById.set(target.id, one);
        signed.push(guarded(report, 'provenance', target.id, read, one));
      });
      done += 1;
      onProgress?.(done, groups.size, name);
    }),
  );
  const explained = (one: Watched) => ({ ...one, evidence: explainRefusal({ ...poller, oci: null }, one, now) });
  const seen = all.map((one) => explained(polledById.get(one.target.id) ?? one));
  // What was signed is still being read: the scanner need not wait for it.
  const scans = guarded(report, 'quay', 'scans', () => scanAll(context, seen), new Map());
  const read = new Map((await Promise.all(signed)).map((one) => [one.target.id, explained(one)]));
  return { images: seen.map((one) => read.get(one.target.id) ?? one), begun: { scans, places } };
}

/** Reads what was signed for an image. */
function attesting({ watch, clients, records, report, isDue }: Context, clusterKey: Promise<ClusterKey | null>) {
  const keys = new Map(watch.file.keys?.map(({ id, pem }) => [id, verifier(pem)]));
  return async (one: Watched, before: Evidence): Promise<Evidence> => {
    if (!isDue(one, 'provenance')) return one.evidence;
    const more = clusterVerifier(await clusterKey, watch, one.target);
    const oci = clients.oci(one.target.registry, 'provenance');
    return attest({ oci, report, keys, more, records }, one, before);
  };
}

/** The public repositories of each watched namespace: one question tells whether anything has changed. */
async function list(quay: Quay | null, watched: readonly Watched[], report: Report): Promise<Map<string, Listing>> {
  const onQuay = quay ? watched.filter(({ target }) => target.api !== null) : [];
  const namespaces = [...new Set(onQuay.map(({ target }) => namespaceOf(target.repository)))];
  const listed = await Promise.all(
    namespaces.map(async (namespace): Promise<[string, Listing][]> => {
      if (!quay) return [];
      try {
        return [[namespace, await report.asked('quay', quay.namespace(namespace))]];
      } catch (error) {
        const failure = asSourceError(error);
        report.problem('quay', null, failure.kind, `list of ${namespace}: ${failure.message}`);
        return [[namespace, failure]];
      }
    }),
  );
  return new Map(listed.flat());
}

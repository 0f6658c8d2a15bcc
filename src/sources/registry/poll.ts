import { asSourceError, type SourceError } from '#sources/error.ts';
import { outcomeOf, polled } from '#sources/evidence.ts';
import type { Report } from '#sources/report.ts';
import type { Evidence } from '#status/facets.ts';
import type { SourceId } from '#status/model.ts';
import { iso } from '#status/time.ts';
import { listedArches } from './beside.ts';
import { inspect } from './inspect.ts';
import type { Oci } from './oci.ts';
import type { Quay } from './quay.ts';
import { confirm, isUnchanged, namespaceOf, type Scanned, scan, type Watched } from './repository.ts';

/** One repository, asked the cheapest way that gives a sure answer. */

/** The public repositories of a namespace, or why they could not be listed. */
export type Listing = Map<string, number | null> | SourceError;

export interface Poller {
  report: Report;
  quay: Quay | null;
  oci: Oci | null;
  /** Listings of all namespaces that are watched. */
  listings: ReadonlyMap<string, Listing>;
  /** Namespaces in which anything answered; grows while repositories are polled. */
  answered: Set<string>;
  /** Targets whose repository answered 401, with the words of it; grows while repositories are polled. */
  refused: Map<string, string>;
}

/** Evidence of every target of one repository after this refresh. */
export async function poll(poller: Poller, watched: readonly Watched[]): Promise<Evidence[]> {
  const [first] = watched;
  if (!first) return [];
  if (first.target.api === null) return Promise.all(watched.map((one) => resolve(poller, one, null)));
  return poller.quay
    ? pollQuay(poller, poller.quay, watched, first.target.repository)
    : watched.map((one) => one.evidence);
}

async function pollQuay(
  poller: Poller,
  quay: Quay,
  watched: readonly Watched[],
  repository: string,
): Promise<Evidence[]> {
  const { report, answered } = poller;
  const namespace = namespaceOf(repository);
  const listing = poller.listings.get(namespace);
  const modified = listing instanceof Map ? listing.get(repository) : undefined;
  if (listing instanceof Map && isUnchanged(watched, listing, report.nowMs))
    return watched.map((one) => confirmed(report, one));
  try {
    const scanned = await report.asked('quay', scan(quay, watched, modified ?? null, report.nowMs));
    answered.add(namespace);
    return await Promise.all(
      scanned.map(({ evidence, ...listed }, index) =>
        look(poller, { ...at(watched, index), evidence }, at(watched, index), listed),
      ),
    );
  } catch (error) {
    const failure = asSourceError(error);
    if (outcomeOf(failure) === 'failed') return Promise.all(watched.map((one) => resolve(poller, one, failure)));
    return watched.map((one) => failed(poller, one, failure));
  }
}

/** Seen again by its date alone; a repository that is still hidden is still a problem. */
function confirmed(report: Report, one: Watched): Evidence {
  const evidence = confirm(one, iso(report.nowMs));
  if (evidence.lastPoll?.outcome === 'hidden')
    report.problem(
      'quay',
      one.target.id,
      'hidden',
      `${one.target.repository} is not among the public repositories of its namespace`,
    );
  return evidence;
}

const at = (watched: readonly Watched[], index: number): Watched => {
  const one = watched[index];
  if (!one) throw new RangeError(`no target ${index} in this repository`);
  return one;
};

/** Asks the registry itself what a tag points at: for plain registries, and when Quay's API has failed. */
async function resolve(poller: Poller, one: Watched, failure: SourceError | null): Promise<Evidence> {
  const { report, oci } = poller;
  const { target, evidence } = one;
  if (failure) report.problem(failure.source, target.id, failure.kind, failure.message);
  if (!oci) return failure ? polled(evidence, 'quay', 'failed', iso(report.nowMs)) : evidence;
  const now = iso(report.nowMs);
  try {
    const digest = await report.asked('oci', oci.resolve(target.repository, target.tag));
    if (!digest) return polled(evidence, 'oci', 'absent', now);
    const isSame = digest === evidence.digest;
    const seen = polled(evidence, 'oci', 'ok', now);
    const other = isSame ? {} : { taggedAt: null, signature: null, provenance: null, sbom: null };
    const found = { ...seen, ...other, digest, lastSeen: { digest, at: now } };
    return await look(poller, { target, evidence: found }, one, { sparse: new Set(), sboms: null });
  } catch (error) {
    const broken = asSourceError(error);
    if (broken.kind === 'not-found') return polled(evidence, 'oci', 'absent', now);
    return failed(poller, one, broken);
  }
}

/** Reads what the digest contains, unless that is known; an arch that the registry lacks is missing. */
async function look(
  poller: Poller,
  found: Watched,
  before: Watched,
  { sparse, sboms }: Omit<Scanned, 'evidence'>,
): Promise<Evidence> {
  const { target, evidence } = found;
  const { report, oci } = poller;
  const { digest } = evidence;
  if (!digest || !oci) return evidence;
  const isKnown = before.evidence.digest === digest && before.evidence.platforms !== null;
  try {
    const contents =
      isKnown && evidence.arches.every((one) => !one.digest || one.size !== null)
        ? {}
        : await report.asked('oci', inspect(oci, target, digest, report));
    const whole = { ...evidence, ...contents };
    const arches = whole.arches.map((one) =>
      one.digest && sparse.has(one.digest) ? { ...one, digest: null, size: null } : one,
    );
    return {
      ...whole,
      arches,
      sbom: listedArches(whole.sbom, arches, sboms),
      createdAt: whole.createdAt ?? evidence.taggedAt,
    };
  } catch (error) {
    const failure = asSourceError(error);
    // What the tag points at is known, what it contains is not: what was known whole is worth more.
    const kept = before.evidence.digest
      ? before.evidence
      : { ...evidence, checkedAt: null, createdAt: evidence.taggedAt };
    return failed(poller, { target, evidence: { ...kept, lastPoll: evidence.lastPoll } }, failure);
  }
}

function failed({ report, refused }: Poller, { target, evidence }: Watched, failure: SourceError): Evidence {
  if (failure.status === 401) refused.set(target.id, failure.message);
  else report.problem(failure.source, target.id, failure.kind, failure.message);
  return polled(evidence, failure.source as SourceId, outcomeOf(failure), iso(report.nowMs));
}

/** A 401 becomes a statement about the repository where its namespace answered in the same run. */
export function explainRefusal(poller: Poller, { target, evidence }: Watched, now: string): Evidence {
  const { answered, refused, listings, report } = poller;
  const refusal = refused.get(target.id);
  if (refusal === undefined) return evidence;
  const listing = target.api === null ? undefined : listings.get(namespaceOf(target.repository));
  const isListed = listing instanceof Map && listing.size > 0;
  const isKnownGone = evidence.lastSeen !== null && listing instanceof Map;
  const isHidden = target.api !== null && (answered.has(namespaceOf(target.repository)) || isListed || isKnownGone);
  report.problem(target.api === null ? 'oci' : 'quay', target.id, isHidden ? 'hidden' : 'denied', refusal);
  return isHidden ? { ...polled(evidence, 'quay', 'hidden', now), scannedAt: now } : evidence;
}

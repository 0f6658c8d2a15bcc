import { SourceError } from '#sources/error.ts';
import { polled } from '#sources/evidence.ts';
import { Provenance, Signature } from '#status/attachment.ts';
import type { Evidence } from '#status/facets.ts';
import type { TagMove } from '#status/model.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';
import { listed, listedSbom, SUFFIX } from './beside.ts';
import { isAlive, type Quay, type QuayTag, type TagRows } from './quay.ts';

/** One repository on Quay: what each watched tag points at, and what it pointed at before. */

/** One target with what is known of it. */
export interface Watched {
  target: Target;
  evidence: Evidence;
}

const FULL_SCAN_MS = 24 * 3_600_000;
const MOVES = 200;
const OTHER_TAGS = 20;
const COSIGN = /^sha256-[0-9a-f]{64}(\.(sig|att|sbom|src))?$/;

/** Whether the list of its namespace proves that nothing has changed since the last full reading. */
export function isUnchanged(
  watched: readonly Watched[],
  listing: ReadonlyMap<string, number | null>,
  nowMs: number,
): boolean {
  return watched.every(({ target, evidence }) => {
    const { scannedAt } = evidence;
    // Deletions do not raise the date, so everything is read once a day all the same.
    const isRecent = scannedAt !== null && nowMs - Date.parse(scannedAt) < FULL_SCAN_MS;
    return isRecent && isSettled(evidence, listing.get(target.repository));
  });
}

function isSettled(
  { lastPoll, repositoryModifiedAt, digest, platforms, arches }: Evidence,
  modified: number | null | undefined,
): boolean {
  if (modified === undefined) return lastPoll?.outcome === 'hidden';
  const isAnswered = lastPoll?.outcome === 'ok' || lastPoll?.outcome === 'unchanged' || lastPoll?.outcome === 'absent';
  const isRead = digest === null || (platforms !== null && arches.every((one) => !one.digest || one.size !== null));
  return isAnswered && isRead && modified !== null && repositoryModifiedAt === iso(modified * 1_000);
}

/** Evidence of a repository that did not change: seen again, nothing else. */
export function confirm({ evidence }: Watched, now: string): Evidence {
  const { lastPoll, absentSince } = evidence;
  const outcome = lastPoll?.outcome === 'hidden' ? 'hidden' : absentSince ? 'absent' : 'unchanged';
  const seen = polled(evidence, 'quay', outcome, now);
  return { ...seen, lastSeen: seen.digest ? { digest: seen.digest, at: now } : seen.lastSeen };
}

export interface Scanned {
  evidence: Evidence;
  /** Digests of arches that the registry says it does not have. */
  sparse: ReadonlySet<string>;
  /** Manifests of SBOMs by the tag of cosign's that they lie under; null where the list of tags was not read whole. */
  sboms: ReadonlyMap<string, string> | null;
}

/** Reads the tag list of a repository into the evidence of each of its targets. */
export async function scan(
  quay: Quay,
  watched: readonly Watched[],
  modified: number | null,
  nowMs: number,
): Promise<Scanned[]> {
  const repository = watched[0]?.target.repository ?? '';
  const wanted = watched.map(({ target, evidence }) => ({
    name: target.tag,
    since: evidence.taggedAt ? Date.parse(evidence.taggedAt) / 1_000 : null,
  }));
  const list = await quay.tags(repository, wanted);
  const newest = Math.max(0, ...list.rows.filter((row) => isAlive(row, nowMs)).map((row) => row.start_ts));
  // The list comes from a replica that may lag behind: then the date must not prove anything next time.
  const repositoryModifiedAt = modified && newest >= modified ? iso(modified * 1_000) : null;
  return Promise.all(
    watched.map(async (one) => {
      const evidence = await read(quay, one, list, nowMs);
      const sparse = sparseChildren(list.rows, evidence.digest);
      const sboms = list.isWhole ? sbomTags(list.rows, nowMs) : null;
      return { evidence: { ...evidence, scannedAt: iso(nowMs), repositoryModifiedAt }, sparse, sboms };
    }),
  );
}

async function read(
  quay: Quay,
  { target, evidence }: Watched,
  { rows, isWhole }: TagRows,
  nowMs: number,
): Promise<Evidence> {
  const own = rows.filter((row) => row.name === target.tag).sort((a, b) => b.start_ts - a.start_ts);
  const alive = own.find((row) => isAlive(row, nowMs));
  const history = joinMoves(
    own.map((row) => moveOf(row, nowMs)),
    evidence.history,
  );
  if (!alive) {
    const [last] = own;
    const lastSeen = last ? { digest: last.manifest_digest, at: iso((last.end_ts ?? last.start_ts) * 1_000) } : null;
    return { ...polled(evidence, 'quay', 'absent', iso(nowMs)), history, lastSeen: evidence.lastSeen ?? lastSeen };
  }
  const digest = alive.manifest_digest;
  const hex = digest.replace(':', '-');
  let beside = rows.filter((row) => isAlive(row, nowMs));
  if (!isWhole && !beside.some((row) => row.name === `${hex}.${SUFFIX.signature}`))
    beside = [...beside, ...(await quay.attachments(target.repository, digest))];
  const tagged = (suffix: string) => beside.find((row) => row.name === `${hex}.${suffix}`)?.manifest_digest ?? null;
  const sbom = tagged(SUFFIX.sbom);
  const isSame = evidence.digest === digest;
  const alsoTagged = beside
    .filter((row) => row.manifest_digest === digest && row.name !== target.tag && !COSIGN.test(row.name))
    .map((row) => row.name)
    .slice(0, OTHER_TAGS);
  return {
    ...polled(evidence, 'quay', 'ok', iso(nowMs)),
    digest,
    taggedAt: iso(alive.start_ts * 1_000),
    lastSeen: { digest, at: iso(nowMs) },
    history,
    alsoTagged,
    composeId: alsoTagged.find((name) => name.startsWith('Fedora-')) ?? null,
    signature: listed(Signature, isSame ? evidence.signature : null, tagged(SUFFIX.signature)),
    provenance: listed(Provenance, isSame ? evidence.provenance : null, tagged(SUFFIX.provenance)),
    sbom: listedSbom(isSame ? evidence.sbom : null, sbom),
  };
}

function moveOf(row: QuayTag, nowMs: number): TagMove {
  const to = row.end_ts && !isAlive(row, nowMs) ? iso(row.end_ts * 1_000) : null;
  return { digest: row.manifest_digest, from: iso(row.start_ts * 1_000), to };
}

/** What the registry remembers today with what it remembered before; its memory is two weeks long. */
function joinMoves(today: TagMove[], before: TagMove[]): TagMove[] {
  const moves = new Map([...before, ...today].map((move) => [`${move.digest} ${move.from}`, move]));
  return [...moves.values()].sort((a, b) => b.from.localeCompare(a.from)).slice(0, MOVES);
}

function sparseChildren(rows: readonly QuayTag[], digest: string | null): Set<string> {
  const row = rows.find((one) => one.manifest_digest === digest && one.is_sparse);
  const presence = Object.entries(row?.child_manifests_presence ?? {});
  return new Set(presence.filter(([, isPresent]) => !isPresent).map(([child]) => child));
}

function sbomTags(rows: readonly QuayTag[], nowMs: number): Map<string, string> {
  const tags = rows.filter((row) => row.name.endsWith(`.${SUFFIX.sbom}`) && isAlive(row, nowMs));
  return new Map(tags.map(({ name, manifest_digest }) => [name, manifest_digest]));
}

/** The first segment, by which Quay lists repositories. */
export function namespaceOf(repository: string): string {
  const [namespace] = repository.split('/');
  if (!namespace) throw new SourceError('quay', 'not-found', `"${repository}" has no namespace`);
  return namespace;
}

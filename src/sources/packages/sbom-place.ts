import { isRecentLook } from '#sources/again.ts';
import { asSourceError, type SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { packagesName } from '#sources/records.ts';
import { redact } from '#sources/redact.ts';
import { SUFFIX } from '#sources/registry/beside.ts';
import type { Oci } from '#sources/registry/oci.ts';
import type { Watched } from '#sources/registry/repository.ts';
import type { Arch } from '#status/arch.ts';
import { type ArchSbom, unreadArch } from '#status/sbom.ts';

/** Where the SBOM of each arch of an image lies: named by the attestation, under cosign's tag, or as an OCI 1.1 referrer. */

/** An arch whose SBOM is to be read. */
export interface Spot {
  arch: Arch;
  tag: string | null;
  blob: string;
  isBound: boolean;
}

/** Per arch what is known already, what is to be read, or why that cannot be told. */
export interface Placing {
  rows: ArchSbom[];
  spots: Spot[];
  /** Whether a question was asked. */
  hasLooked: boolean;
}

type Placed = { row: ArchSbom } | { spot: Spot };

interface Open {
  arch: Arch;
  digest: string;
  tag: string | null;
}

const SBOM_TYPE = /spdx|cyclonedx/i;
const READABLE = /^(text|application)\/(spdx|vnd\.cyclonedx)\+json/;

/** Finds the SBOM of each arch that is not settled; asks nothing where all are. */
export async function place(context: Context, one: Watched): Promise<Placing> {
  const { evidence, target } = one;
  const image = evidence.digest ?? '';
  const known = evidence.sbom?.image === image ? evidence.sbom.arches : [];
  const named = new Map(evidence.provenance?.sboms.map(({ image: of, blob }) => [of, blob]));
  const placing: Placing = { rows: [], spots: [], hasLooked: false };
  const open: Open[] = [];
  for (const { arch, digest } of evidence.arches) {
    if (!digest) continue;
    const blob = named.get(digest) ?? null;
    const before = known.find((row) => row.arch === arch);
    const tag = evidence.sbom?.arches.find((row) => row.arch === arch)?.tag ?? null;
    const row = before && (await settled(context, one, before, blob));
    if (row) placing.rows.push(row);
    else if (blob) placing.spots.push({ arch, tag, blob, isBound: true });
    else open.push({ arch, digest, tag });
  }
  if (open.length === 0) return placing;
  const oci = context.clients.oci(target.registry, 'sbom');
  const isListed = evidence.sbom?.isListed ?? false;
  const found = await lookFor(context, one, { oci, repository: target.repository, isListed }, open);
  for (const placed of found) {
    if ('row' in placed) placing.rows.push(placed.row);
    else placing.spots.push(placed.spot);
  }
  return { ...placing, hasLooked: true };
}

/** The row of an arch at which another look could show nothing else; null where it is to be looked at. */
async function settled(
  { records, nowMs }: Context,
  { evidence }: Watched,
  row: ArchSbom,
  named: string | null,
): Promise<ArchSbom | null> {
  const { sbom, digest, taggedAt } = evidence;
  const isOther = named !== null && named !== row.digest;
  if (isOther) return null;
  const isBound = named !== null;
  if (row.state === 'unreadable' && row.origin !== 'scan') return { ...row, isBound };
  if (row.state === 'read' && row.origin !== 'scan')
    return (await records.has(packagesName(digest ?? '', row.arch))) ? { ...row, isBound } : null;
  const isRecent = sbom?.checkedAt && isRecentLook(sbom.checkedAt, taggedAt, nowMs);
  const isLasting = row.state === 'absent' || row.isSkipped || row.origin === 'scan' || row.problem !== null;
  return isRecent && isLasting ? row : null;
}

interface Where {
  oci: Oci;
  repository: string;
  isListed: boolean;
}

/** The arch whose layers can be scanned is the one that is looked at. */
const PROBE = 'x86_64';

/** Looks beside each arch; where one of those without a tag has nothing, the others are left out: they are mostly alike. */
async function lookFor(
  { report }: Context,
  { target }: Watched,
  where: Where,
  open: readonly Open[],
): Promise<Placed[]> {
  const look = async (one: Open): Promise<Placed> => {
    try {
      return await report.asked('sbom', find(where, one));
    } catch (error) {
      const failure = asSourceError(error);
      report.problem('sbom', target.id, failure.kind, `${one.arch}: ${failure.message}`);
      return { row: failedRow(unreadArch(one.arch, one.tag), failure) };
    }
  };
  const tagged = open.filter(({ tag }) => tag !== null);
  const untagged = open.filter(({ tag }) => tag === null);
  const first = untagged.find(({ arch }) => arch === PROBE) ?? untagged[0];
  const others = untagged.filter((one) => one !== first);
  const [probe, ...found] = await Promise.all([first ? look(first) : null, ...tagged.map(look)]);
  const isNone = probe && 'row' in probe && probe.row.state === 'absent';
  const why = `not looked for, since ${first?.arch} has no SBOM`;
  const rest = isNone
    ? others.map(({ arch, tag }): Placed => ({ row: { ...unreadArch(arch, tag), isSkipped: true, why } }))
    : await Promise.all(others.map(look));
  return [...(probe ? [probe] : []), ...rest, ...found.flatMap((one) => one ?? [])];
}

/** A row that says why it could not be read. */
export function failedRow(row: ArchSbom, { kind, message }: SourceError): ArchSbom {
  const lasting = ['unreadable', 'too-large', 'digest', 'denied', 'not-found', 'redirect', 'unexpected'] as const;
  const problem = lasting.find((one) => one === kind) ?? null;
  return { ...row, problem, why: redact(message).slice(0, 2_000) };
}

async function find({ oci, repository, isListed }: Where, { arch, digest, tag }: Open): Promise<Placed> {
  const name = `${digest.replace(':', '-')}.${SUFFIX.sbom}`;
  const tagged = tag ?? (isListed ? null : await oci.find(repository, name));
  const manifest = tagged ?? (await referrerOf(oci, repository, digest));
  const none = { ...unreadArch(arch, tagged), state: 'absent' as const };
  if (!manifest) return { row: none };
  const { layers } = await oci.artifact(repository, manifest);
  const piece = layers.find(({ mediaType }) => READABLE.test(mediaType));
  if (piece) return { spot: { arch, tag: tagged, blob: piece.digest, isBound: false } };
  const types = layers.map(({ mediaType }) => mediaType).join(', ');
  return {
    row: {
      ...none,
      state: 'unreadable',
      why: `what lies there is ${types || 'empty'}: neither SPDX nor CycloneDX in JSON`.slice(0, 2_000),
    },
  };
}

async function referrerOf(oci: Oci, repository: string, digest: string): Promise<string | null> {
  const all = await oci.referrers(repository, digest);
  return all.find(({ artifactType }) => artifactType && SBOM_TYPE.test(artifactType))?.digest ?? null;
}

import { isProvenance } from '#sources/provenance/slsa.ts';
import type { Arch } from '#status/arch.ts';
import type { Provenance, Signature } from '#status/attachment.ts';
import { Sbom, unreadArch } from '#status/sbom.ts';
import type { Oci, Piece, Referrer } from './oci.ts';

/** Where signatures and attestations of a digest lie: under cosign's tags, or as OCI 1.1 referrers. */

/** Ends of cosign's tags `sha256-<hex>.sig` … */
export const SUFFIX = { signature: 'sig', provenance: 'att', sbom: 'sbom' } as const;

export type Kind = 'signature' | 'provenance';

/** One thing that was signed, where it lies. */
export interface Spot {
  found: 'tag' | 'referrer';
  /** Digest of its manifest. */
  digest: string;
}

const BUNDLE = 'application/vnd.dev.sigstore.bundle';
const SIGNED = 'https://sigstore.dev/cosign/sign/v1';
const PREDICATE = 'dev.sigstore.bundle.predicateType';
const LAYERS = { signature: 'application/vnd.dev.cosign.simplesigning.v1+json', provenance: 'application/vnd.dsse.' };
const MANY = 20;

interface Shape<T> {
  parse(value: unknown): T;
}

/** What a list of tags says of an attachment; what was found out about the same one stays. */
export function listed<T extends Signature | Provenance>(shape: Shape<T>, before: T | null, tagged: string | null): T {
  if (before && (tagged ? before.digest === tagged : before.found !== 'tag')) return before;
  const state = tagged ? 'present-unverified' : 'absent';
  return shape.parse({ state, digest: tagged, found: tagged ? 'tag' : null });
}

/** What a list of tags says of the SBOM of an index, and per arch; what was found out about the same image stays. */
export function listedSbom(before: Sbom | null, tagged: string | null): Sbom {
  const state = tagged ? 'present-unverified' : 'absent';
  if (!before?.checkedAt) return Sbom.parse({ state, digest: tagged });
  return { ...before, digest: tagged, state: before.state === 'absent' ? state : before.state };
}

/** The same with what the list says of each arch; null where it was not read whole. */
export function listedArches(
  sbom: Sbom | null,
  arches: readonly { arch: Arch; digest: string | null }[],
  tags: ReadonlyMap<string, string> | null,
): Sbom | null {
  if (!sbom) return null;
  const rows = arches.flatMap(({ arch, digest }) => {
    if (!digest) return [];
    const before = sbom.arches.find((one) => one.arch === arch) ?? unreadArch(arch);
    const tag = tags?.get(`${digest.replace(':', '-')}.${SUFFIX.sbom}`) ?? null;
    if (!tags || tag === before.tag) return [before];
    // Another SBOM was put there; what an attestation names stays what it was.
    return [before.isBound ? { ...before, tag } : unreadArch(arch, tag)];
  });
  return { ...sbom, arches: rows, isListed: tags !== null };
}

/** Whether a statement of this type is what we look for. */
export function isWanted(kind: Kind, predicateType: string): boolean {
  return kind === 'signature' ? predicateType === SIGNED : isProvenance(predicateType);
}

/** An image by its digest, and what refers to it, asked for once for all kinds. */
export interface Beside {
  repository: string;
  digest: string;
  referrers(): Promise<Referrer[]>;
}

/** Where an attachment lies; `known` is what the list of tags said, undefined where there was none. */
export async function locate(
  oci: Oci,
  kind: Kind,
  { repository, digest, referrers }: Beside,
  known: string | null | undefined,
): Promise<Spot[]> {
  const tag = `${digest.replace(':', '-')}.${SUFFIX[kind]}`;
  const tagged = known === undefined ? await oci.find(repository, tag) : known;
  if (tagged) return [{ found: 'tag', digest: tagged }];
  return (await referrers())
    .filter(({ artifactType, annotations }) => {
      const type = annotations?.[PREDICATE];
      return artifactType?.startsWith(BUNDLE) && (type === undefined || isWanted(kind, type));
    })
    .slice(0, MANY)
    .map((one) => ({ found: 'referrer', digest: one.digest }));
}

/** The pieces of a spot that may hold a signature or an attestation; others are not fetched. */
export async function piecesOf(oci: Oci, kind: Kind, repository: string, spot: Spot): Promise<Piece[]> {
  const { layers } = await oci.artifact(repository, spot.digest);
  const media = spot.found === 'tag' ? LAYERS[kind] : BUNDLE;
  return layers
    .filter(({ mediaType, annotations }) => {
      const type = annotations?.['predicateType'];
      return mediaType.startsWith(media) && (type === undefined || isWanted(kind, type));
    })
    .slice(0, MANY);
}

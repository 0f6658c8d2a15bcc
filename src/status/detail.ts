import type { Attachment, Image, Snapshot, SourceId } from './model.ts';

/** What an image page says beyond its headline: commands, presence of attachments, what was expected of labels and tags. */

export interface Command {
  what: string;
  text: string;
}

/** `quay.io/fedora/fedora-bootc`, as the container tools write it. */
export function placeOf(image: Pick<Image, 'registry' | 'repository'>): string {
  return `${new URL(image.registry).host}/${image.repository}`;
}

/** What to paste to get exactly this image; nothing where no digest is known. */
export function commandsOf(image: Image): Command[] {
  if (!image.digest) return [];
  const reference = `${placeOf(image)}@${image.digest}`;
  const commands = [
    { what: 'Pull it', text: `podman pull ${reference}` },
    { what: 'Look at it without pulling', text: `skopeo inspect docker://${reference}` },
  ];
  if (image.variant === 'compose') return commands;
  return [...commands, { what: 'Boot a bootc machine into it', text: `sudo bootc switch ${reference}` }];
}

const STATES: Record<Attachment['state'], string> = {
  verified: 'present and verified',
  'present-unverified': 'present, not verified',
  absent: 'not found',
  failed: 'checked and invalid',
  'not-checked': 'not checked',
};

export interface Presence {
  what: string;
  says: string;
  digest: string | null;
}

/** Signature, provenance and SBOM: whether they are there; presence alone proves nothing. */
export function presenceOf(image: Image, snapshot: Pick<Snapshot, 'sources'>): Presence[] {
  const one = (what: string, attachment: Attachment | null, sources: SourceId[]): Presence => ({
    what,
    says: attachment ? STATES[attachment.state] : `not known: ${unknownWhy(sources, snapshot)}`,
    digest: attachment?.digest ?? null,
  });
  return [
    one('Signature', image.signature, ['quay', 'oci']),
    one('Provenance', image.provenance, ['provenance', 'quay']),
    one('SBOM', image.sbom, ['sbom', 'quay']),
  ];
}

/** Why a fact that these sources give is not there. */
export function unknownWhy(ids: readonly SourceId[], { sources }: Pick<Snapshot, 'sources'>): string {
  const reports = ids.flatMap((id) => sources.filter((source) => source.id === id));
  const failed = reports.find(({ state }) => state === 'failed' || state === 'partial');
  if (failed) return `the source ${failed.id} could not answer everything`;
  const skipped = reports.find(({ state }) => state === 'skipped');
  if (skipped) return `the source ${skipped.id} was not asked`;
  return 'no source told us';
}

export interface Expectation {
  what: string;
  expected: string;
  found: string | null;
}

/** `20250605-110837`, `Fedora-45-20260903.n.0`, `44.20260802.3.1`. */
const DATED = /(^|[-.])20\d{6}[-.]\w/;

/** Labels and tags that people expect, found or missing; it informs and never changes the headline. */
export function expectationsOf(image: Image, labels: readonly string[]): Expectation[] {
  const known = Object.keys(image.labels).length > 0;
  const fromLabels = labels.map((name) => ({
    what: `label ${name}`,
    expected: 'present',
    found: image.labels[name] ?? (known ? null : '?'),
  }));
  const beside = image.alsoTagged;
  const dated = beside?.find((tag) => DATED.test(tag)) ?? null;
  return [
    { what: `tag ${image.tag}`, expected: 'points at an image', found: image.digest ? image.tag : null },
    { what: 'a dated tag beside it', expected: 'so that this build can be named later', found: beside ? dated : '?' },
    ...fromLabels,
  ];
}

/** Parity with the counterpart as a sentence. */
export function parityText(image: Image): string | null {
  if (!image.parity) return null;
  const other = image.parity.with;
  if (image.parity.sameDigest === null) return `Not known: the digest here or that of ${other} is missing.`;
  return image.parity.sameDigest ? `Same digest as ${other}.` : `Another digest than ${other}.`;
}

import { instantText } from '#status/text/dates.ts';
import { visible } from '#status/text/words.ts';
import type { Attachment, Signature } from './attachment.ts';
import type { Image, Snapshot, SourceId } from './model.ts';
import { TAG_SCHEMES } from './targets.ts';

/** What an image page says beyond its headline: commands, presence of attachments, what was expected of labels and tags. */

export interface Command {
  what: string;
  text: string;
}

/** `quay.io/fedora/fedora-bootc`, as the container tools write it. */
export function placeOf(image: Pick<Image, 'registry' | 'repository'>): string {
  const { host, pathname } = new URL(image.registry);
  return `${host}${pathname.replace(/\/+$/, '')}/${image.repository}`;
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
  keyId: string | null;
}

/** Signature, provenance and SBOM: whether they are there, and what a check of them has shown. */
export function presenceOf(image: Image, snapshot: Pick<Snapshot, 'sources' | 'clusterKey'>): Presence[] {
  const one = (what: string, attachment: Attachment | Signature | null, sources: SourceId[]): Presence => ({
    what,
    says: attachment ? attachmentSays(attachment, snapshot.clusterKey) : `not known: ${unknownWhy(sources, snapshot)}`,
    digest: attachment?.digest ?? null,
    keyId: attachment && 'keyId' in attachment && attachment.keyId !== null ? visible(attachment.keyId) : null,
  });
  return [
    one('Signature', image.signature, ['provenance', 'quay']),
    one('Provenance', image.provenance, ['provenance', 'quay']),
    one('SBOM', image.sbom, ['sbom', 'quay']),
  ];
}

function attachmentSays(attachment: Attachment | Signature, clusterKey: Snapshot['clusterKey']): string {
  const said = STATES[attachment.state];
  if (!('why' in attachment)) return said;
  if (attachment.why) return `${said}: ${visible(attachment.why)}`;
  if (clusterKey && attachment.state === 'verified' && attachment.keyId === clusterKey.id)
    return `${said}, with the key read from the cluster ${instantText(clusterKey.since)}`;
  const isKeyless = attachment.state === 'present-unverified' && attachment.checkedAt !== null;
  return isKeyless ? `${said}: it is about this digest, and no key for it is known to us` : said;
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
  is: 'found' | 'missing' | 'not known';
  value: string | null;
}

const SCHEME_WORDS = {
  timestamp: 'a tag with the time of the build, as 20250605-110837',
  compose: 'a tag with the compose, as Fedora-45-20260903.n.0',
  version: 'a tag with the version, as 44.20260802.3.1',
} as const satisfies Record<keyof typeof TAG_SCHEMES, string>;

/** Labels and tags that people expect, found or missing; it informs and never changes the headline. */
export function expectationsOf(
  image: Image,
  scheme: readonly (keyof typeof TAG_SCHEMES)[],
  labels: readonly string[],
): Expectation[] {
  const known = Object.keys(image.labels).length > 0;
  const fromLabels = labels.map((name) => found(`label ${name}`, known ? (image.labels[name] ?? null) : undefined));
  const fromTags = scheme.map((name) => {
    const match = image.alsoTagged?.find((tag) => TAG_SCHEMES[name].test(tag));
    return found(SCHEME_WORDS[name], image.alsoTagged ? (match ?? null) : undefined);
  });
  const tag = image.digest ? image.tag : isAnswered(image) ? null : undefined;
  return [found(`tag ${image.tag}`, tag), ...fromTags, ...fromLabels];
}

/** Whether the last poll told for sure what there is and what there is not. */
function isAnswered({ lastPoll }: Image): boolean {
  return lastPoll !== null && !['denied', 'failed', 'unreadable'].includes(lastPoll.outcome);
}

function found(what: string, value: string | null | undefined): Expectation {
  if (value === undefined) return { what, is: 'not known', value: null };
  return value === null ? { what, is: 'missing', value: null } : { what, is: 'found', value };
}

import { type Ancestor, isBaseVariant } from '#status/lineage.ts';
import { type Answer, type Behind, behindOf, consumption } from '#status/migration.ts';
import type { Image, Snapshot } from '#status/model.ts';
import { span } from '#status/time.ts';
import { composeText, holdAgainst, streamText } from './compose.ts';
import { instantText } from './dates.ts';
import { imageName, safeLink, visible } from './words.ts';

/** What an image was built from, in words; what is not known says why. */

export const ANSWERS = {
  consumes: { word: 'consumes it', shape: 'dot', bucket: 'ok' },
  'does-not': { word: 'does not', shape: 'half-outline', bucket: 'attention' },
  'cannot-tell': { word: 'cannot tell', shape: 'question', bucket: 'no-signal' },
} as const satisfies Record<Answer, { word: string; shape: string; bucket: string }>;

const METHODS = {
  provenance: 'named by its attestation',
  annotations: 'named by its annotations, which nobody signs',
  layers: 'its layers begin with all layers of that image',
} as const satisfies Record<Ancestor['method'], string>;

/** How we know of an ancestor; an attestation that nobody verified says so. */
export function methodText({ method }: Ancestor, { provenance }: Pick<Image, 'provenance'>): string {
  const isOpen = method === 'provenance' && provenance?.state !== 'verified';
  return isOpen ? `${METHODS[method]}, whose signature was not verified` : METHODS[method];
}

/** `the newest`, `3 d behind the newest, which came 2 images later`. */
export function behindText(behind: Behind): string {
  if (behind.is === 'newest') return 'the newest of its tag';
  if (behind.is === 'unknown') return 'not known: what its tag points at, or which image this was, is missing';
  const moves = behind.moves === null ? '' : ` (${behind.moves} ${behind.moves === 1 ? 'image' : 'images'})`;
  if (behind.ms === null) return `behind the newest of its tag${moves}; by how long is not known`;
  return `${span(behind.ms)} behind the newest of its tag${moves}`;
}

/** The name of an ancestor for people: of the watched image that it is, or as it was named. */
export function ancestorName({ image, target }: Ancestor, { images, releases }: Snapshot): string {
  const watched = images.find(({ id }) => id === target);
  return watched ? imageName(watched, releases) : visible(image);
}

/** Address of the page of an ancestor below the site's root; null where it is not watched. */
export function ancestorPage({ target }: Ancestor, { images }: Pick<Snapshot, 'images'>): string | null {
  return images.some(({ id }) => id === target) ? `status/images/${target}/` : null;
}

export interface Line {
  what: string;
  text: string;
  /** Below the site's root. */
  page: string | null;
  note: string | null;
  /** Elsewhere. */
  link: { text: string; href: string } | null;
}

/** What is known of base and compose, line by line. */
export function lineageLines(image: Image, snapshot: Snapshot): Line[] {
  const plain = (what: string, text: string): Line => ({ what, text, page: null, note: null, link: null });
  const { lineage } = image;
  const base = lineage?.base ?? null;
  const compose = lineage?.compose ?? null;
  const stream = streamText(image, snapshot);
  return [
    base ? named('Base image', base, image, snapshot) : plain('Base image', noBaseText(image)),
    ...(base ? [plain('Age of the base', ageText(base, image, snapshot)), behindLine(base, snapshot)] : []),
    ...throughLines(image, snapshot),
    ...(compose ? [named('Compose image', compose, image, snapshot)] : []),
    ...(stream && image.composeId === null
      ? []
      : [{ ...plain('Compose', composeText(image, snapshot)), link: composeLink(image, snapshot) }]),
    ...(stream ? [plain('Stream', stream)] : []),
  ];
}

function named(what: string, ancestor: Ancestor, image: Image, snapshot: Snapshot): Line {
  const page = ancestorPage(ancestor, snapshot);
  const method = methodText(ancestor, image);
  // One that is not watched already goes by this name.
  const note = page ? `${visible(ancestor.image)}, ${method}` : method;
  return { what, text: ancestorName(ancestor, snapshot), page, note, link: null };
}

/** The directory of the newest compose there is; those of the sample are nowhere. */
function composeLink({ composeId }: Image, { composes, generatedAt, mode }: Snapshot): Line['link'] {
  if (composeId === null || mode === 'sample') return null;
  const { newest, own } = holdAgainst(composeId, composes, Date.parse(generatedAt));
  const href = safeLink((newest ?? own)?.url);
  return href ? { text: `${(newest ?? own)?.id} on kojipkgs`, href } : null;
}

function behindLine(base: Ancestor, { images }: Snapshot): Line {
  const behind = behindOf(base, new Map(images.map((one) => [one.id, one])));
  return { what: 'How far behind', text: behindText(behind), page: null, note: base.digest, link: null };
}

function ageText({ createdAt }: Ancestor, image: Image, { generatedAt }: Snapshot): string {
  if (!createdAt) return 'not known: this image of the base was not seen';
  const age = `${span(Date.parse(generatedAt) - Date.parse(createdAt))}, from ${instantText(createdAt)}`;
  const ms = image.createdAt ? Date.parse(image.createdAt) - Date.parse(createdAt) : null;
  return ms === null || ms < 0 ? age : `${age}; ${span(ms)} when this image was built`;
}

/** The bases of the base, where there are any. */
function throughLines(image: Image, snapshot: Snapshot): Line[] {
  const { chain } = consumption(image, new Map(snapshot.images.map((one) => [one.id, one])));
  return chain.slice(1).map((ancestor) => ({
    what: 'Which is built on',
    text: ancestorName(ancestor, snapshot),
    page: ancestorPage(ancestor, snapshot),
    note: 'as that image is today',
    link: null,
  }));
}

/** Why no base is named. */
export function noBaseText({ variant, lineage, digest }: Pick<Image, 'variant' | 'lineage' | 'digest'>): string {
  if (isBaseVariant(variant)) return 'none: this is a base image, made of packages';
  if (variant === 'compose') return 'none: this image holds only where the packages are';
  if (digest === null) return 'not known: there is no image';
  if (!lineage) return 'not known: it was not looked at yet';
  const { attestation, image } = lineage.why ?? { attestation: null, image: null };
  const reasons = [attestation, image].filter((reason) => reason !== null);
  return `not known: ${reasons.map(visible).join('; ')}`;
}

/** `4 of 9 consume the shared base, 1 does not, 4 cannot be told`. */
export function countsText(counts: Record<Answer, number>): string {
  const all = counts.consumes + counts['does-not'] + counts['cannot-tell'];
  const rest = [
    `${counts['does-not']} ${counts['does-not'] === 1 ? 'does' : 'do'} not`,
    `of ${counts['cannot-tell']} nobody can tell`,
  ];
  return `${counts.consumes} of ${all} ${counts.consumes === 1 ? 'consumes' : 'consume'} the shared base, ${rest.join(', ')}`;
}

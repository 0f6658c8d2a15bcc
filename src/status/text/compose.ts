import { areOfOneLine, type Compose, type ComposeName, composeName, isUsable, newestFirst } from '#status/compose.ts';
import { unknownWhy } from '#status/detail.ts';
import type { Image, Snapshot } from '#status/model.ts';
import { span } from '#status/time.ts';
import { releaseName, visible } from './words.ts';

/** The compose of an image held against the newest ones: a late image and a failed compose are two different things. */

/** How long after a compose an image from it is waited for. */
export const LATE_MS = 24 * 3_600_000;
const DAY_MS = 86_400_000;
const LISTED_MS = 2 * 3_600_000;

export type Standing =
  /** Nothing newer has finished. */
  | { is: 'newest' }
  /** A newer one has finished, and an image from it is not yet overdue. */
  | { is: 'due'; next: Compose }
  | { is: 'late'; next: Compose }
  | { is: 'unknown' };

export interface Held {
  standing: Standing;
  /** The newest compose of the same line, however it went; null where nothing is newer than the image's own. */
  newest: Compose | null;
  /** The newest that has finished, of those that are newer. */
  newestUsable: Compose | null;
  own: Compose | null;
}

type Named = Compose & { name: ComposeName };

/** Where a compose stands among those of its release and kind; other kinds are never compared with it. */
export function holdAgainst(id: string, composes: readonly Compose[], nowMs: number): Held {
  const own = composeName(id);
  const line: Named[] = composes
    .flatMap((compose) => {
      const name = composeName(compose.id);
      return own && name && areOfOneLine(own, name) ? [{ ...compose, name }] : [];
    })
    .sort((a, b) => newestFirst(a.name, b.name));
  if (!own || line.length === 0) return { standing: { is: 'unknown' }, newest: null, newestUsable: null, own: null };
  const newer = line.filter(({ name }) => newestFirst(name, own) < 0);
  const usable = newer.filter(isUsable);
  // The one that has been waiting longest tells how late the image is.
  const next = usable.at(-1);
  const held = {
    newest: newer[0] ?? null,
    newestUsable: usable[0] ?? null,
    own: line.find((compose) => compose.id === id) ?? null,
  };
  if (next) return { standing: { is: isLate(next, nowMs) ? 'late' : 'due', next }, ...held };
  const isSettled = newer.every(({ state }) => state !== 'unknown');
  return { standing: { is: isSettled ? 'newest' : 'unknown' }, ...held };
}

function isLate({ stateAt, at }: Compose, nowMs: number): boolean {
  return nowMs - Date.parse(stateAt ?? at) > LATE_MS;
}

const WENT: Record<Compose['state'], string> = {
  finished: 'finished',
  incomplete: 'finished without some of its parts',
  failed: 'failed',
  running: 'has been running',
  unknown: 'is in a state that we do not know',
};

/** `finished 5 h ago`, `has been running for 2 h`. */
export function wentText({ state, stateAt }: Compose, nowMs: number): string {
  if (state === 'unknown' || !stateAt) return state === 'running' ? 'is running' : WENT[state];
  const age = span(nowMs - Date.parse(stateAt));
  return `${WENT[state]} ${state === 'running' ? `for ${age}` : `${age} ago`}`;
}

/** The compose of an image and what came after it, in sentences. */
export function composeText(image: Image, snapshot: Snapshot): string {
  const nowMs = Date.parse(snapshot.generatedAt);
  if (image.composeId === null) return `Which compose it was built from is not known: ${whyNoCompose(image)}.`;
  const id = visible(image.composeId);
  const name = composeName(image.composeId);
  if (!name) return `Built from ${id}. This is no name of a compose that we know, so it is compared with none.`;
  const { standing, newest, newestUsable, own } = holdAgainst(image.composeId, snapshot.composes, nowMs);
  const line = lineText(name, snapshot);
  if (standing.is === 'unknown' && !newest)
    return `Built from ${id}. The newest compose of ${line} is not known: ${unknownWhy(['compose'], snapshot)}.`;
  const told = 'next' in standing ? [standing.next.id, newestUsable?.id] : [];
  const attempt = newest && !told.includes(newest.id) ? ` ${attemptText(newest, nowMs)}` : '';
  const last = `${attempt}${listedText(name, snapshot.composes, nowMs)}`;
  switch (standing.is) {
    case 'newest':
      if (newest) return `Built from ${id}, the newest compose of ${line} that has finished.${last}`;
      return `Built from ${id}, the newest compose of ${line}${own ? `: it ${wentText(own, nowMs)}` : ''}.${last}`;
    case 'due':
      return `Built from ${id}. ${standing.next.id} ${wentText(standing.next, nowMs)}; an image from it is expected within ${span(LATE_MS)}.${last}`;
    case 'late':
      return `Built from ${id}. The image is late: ${standing.next.id} ${wentText(standing.next, nowMs)}, and no image from it or from a later one is here.${gapText(name, newestUsable)}${last}`;
    case 'unknown':
      return `Built from ${id}.${last}`;
  }
}

function whyNoCompose({ provenance }: Image): string {
  if (provenance?.predicateType) return 'neither its tags nor its attestation name one';
  if (provenance?.state === 'absent') return 'no tag names one, and it carries no attestation';
  return 'no tag names one, and no attestation of it was read';
}

/** `Fedora 45 (updates)`. */
function lineText({ release, kind }: ComposeName, { releases }: Pick<Snapshot, 'releases'>): string {
  const note = { main: '', eln: '', updates: ' (updates)', iot: ' (IoT)' } as const;
  return `${releaseName(release, releases)}${note[kind]}`;
}

/** How many days lie between the compose of an image and the newest that it could be of. */
function gapText(own: ComposeName, newest: Compose | null): string {
  const days = newest ? (Date.parse(newest.at) - Date.parse(own.day)) / DAY_MS : 0;
  return newest && days > 1 ? ` The newest that has finished, ${newest.id}, is ${days} days younger than its own.` : '';
}

/** How long ago the composes were listed, where that is too long for what is said to be how it stands now. */
function listedText(line: ComposeName, composes: readonly Compose[], nowMs: number): string {
  const listed = composes.flatMap(({ id, checkedAt }) => {
    const name = composeName(id);
    return checkedAt && name && areOfOneLine(line, name) ? [Date.parse(checkedAt)] : [];
  });
  const age = nowMs - Math.max(...listed);
  return listed.length > 0 && age > LISTED_MS ? ` That is as of ${span(age)} ago: newer composes are not known.` : '';
}

function attemptText(compose: Compose, nowMs: number): string {
  const went = `${compose.id} ${wentText(compose, nowMs)}`;
  if (compose.state === 'failed') return `The newest compose failed: ${went}. No image can be built from it.`;
  return `The newest compose: ${went}.`;
}

/** Where the stream of a CoreOS image stands; null for what is no stream, or has no published metadata. */
export function streamText(image: Image, snapshot: Snapshot): string | null {
  if (image.variant !== 'coreos') return null;
  const stream = snapshot.streams.find((one) => one.stream === image.release);
  if (!stream) return null;
  if (!stream.version) return `The metadata of the stream ${stream.stream} names no version.`;
  const when = stream.updatedAt
    ? `, as of ${span(Date.parse(snapshot.generatedAt) - Date.parse(stream.updatedAt))} ago`
    : '';
  const behind = Object.entries(stream.arches).filter(([, version]) => version !== stream.version);
  const odd = behind.map(([arch, version]) => `${visible(arch)} at ${visible(version)}`).join(', ');
  const tags = [image.version, ...(image.alsoTagged ?? [])];
  const own = tags.includes(stream.version) ? ' This image is that version.' : '';
  return `The stream ${stream.stream} is at ${visible(stream.version)}${when}${odd ? `, but for ${odd}` : ''}.${own}`;
}

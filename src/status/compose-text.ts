import { areOfOneLine, type Compose, type ComposeName, composeName, isUsable, newestFirst } from './compose.ts';
import { unknownWhy } from './detail.ts';
import type { Image, Snapshot } from './model.ts';
import { span } from './time.ts';
import { releaseName, visible } from './words.ts';

/** The compose of an image held against the newest ones: a late image and a failed compose are two different things. */

/** How long after a compose an image from it is waited for. */
export const LATE_MS = 24 * 3_600_000;

export type Standing =
  /** Nothing newer has finished. */
  | { is: 'newest' }
  /** A newer one has finished, and an image from it is not yet overdue. */
  | { is: 'due'; next: Compose }
  | { is: 'late'; next: Compose }
  | { is: 'unknown' };

export interface Held {
  standing: Standing;
  /** The newest compose of the same line, however it went; null where it is the image's own. */
  newest: Compose | null;
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
  if (!own || line.length === 0) return { standing: { is: 'unknown' }, newest: null, own: null };
  const newer = line.filter(({ name }) => newestFirst(name, own) < 0);
  const usable = newer.filter(isUsable);
  // The one that has been waiting longest tells how late the image is.
  const next = usable.at(-1);
  const newest = newer[0] ?? null;
  const itself = line.find((compose) => compose.id === id) ?? null;
  if (next) return { standing: { is: isLate(next, nowMs) ? 'late' : 'due', next }, newest, own: itself };
  const isSettled = newer.every(({ state }) => state !== 'unknown');
  return { standing: { is: isSettled ? 'newest' : 'unknown' }, newest, own: itself };
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
  if (image.composeId === null)
    return 'Which compose it was built from is not known: neither its tags nor an attestation name one.';
  const id = visible(image.composeId);
  const name = composeName(image.composeId);
  if (!name) return `Built from ${id}. This is no name of a compose that we know, so it is compared with none.`;
  const { standing, newest, own } = holdAgainst(image.composeId, snapshot.composes, nowMs);
  const line = `${releaseName(name.release, snapshot.releases)}${name.kind === 'main' || name.kind === 'eln' ? '' : ` (${name.kind})`}`;
  if (standing.is === 'unknown' && !newest)
    return `Built from ${id}. The newest compose of ${line} is not known: ${unknownWhy(['compose'], snapshot)}.`;
  const others = newest && newest.id !== idOf(standing) ? ` ${attemptText(newest, nowMs)}` : '';
  switch (standing.is) {
    case 'newest':
      if (newest) return `Built from ${id}, the newest of ${line} that has finished.${others}`;
      return `Built from ${id}, the newest compose of ${line}${own ? `: it ${wentText(own, nowMs)}` : ''}.`;
    case 'due':
      return `Built from ${id}. ${standing.next.id} ${wentText(standing.next, nowMs)}; an image from it is expected within ${span(LATE_MS)}.${others}`;
    case 'late':
      return `Built from ${id}. The image is late: ${standing.next.id} ${wentText(standing.next, nowMs)}, and no image from it or from a later one is here.${others}`;
    case 'unknown':
      return `Built from ${id}.${others}`;
  }
}

const idOf = (standing: Standing): string | null => ('next' in standing ? standing.next.id : null);

function attemptText(compose: Compose, nowMs: number): string {
  const went = `${compose.id} ${wentText(compose, nowMs)}`;
  if (compose.state === 'failed') return `The newest compose failed: ${went}. No image can be built from it.`;
  return `The newest compose: ${went}.`;
}

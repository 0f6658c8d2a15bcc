import { type Bucket, STATE_CODES, type State } from './states.ts';

/** The head count of a board, and what a person should look at first. */

export type Counted = Exclude<Bucket, 'none'>;
export type Counts = Record<Counted, number>;

/** Buckets from worst to best, in the words of the head count. */
export const BUCKETS = [
  { bucket: 'bad', word: 'bad', shape: 'cross', meaning: 'We looked, and something is wrong with the image.' },
  {
    bucket: 'attention',
    word: 'need a look',
    shape: 'triangle',
    meaning: 'Usable, but on its way to trouble, or held back on purpose.',
  },
  {
    bucket: 'no-signal',
    word: 'no data',
    shape: 'question',
    meaning:
      'We could not look, or found nothing where nobody has confirmed that there should be something. This is about our view, not about the image, so it counts neither as good nor as bad.',
  },
  { bucket: 'ok', word: 'ok', shape: 'dot', meaning: 'We looked, and nothing is known against the image.' },
] as const satisfies { bucket: Counted; word: string; shape: string; meaning: string }[];

/** A turn of one image from one bucket to another that time alone will bring. */
export interface Turn {
  at: string;
  from: Bucket;
  to: Bucket;
}

/** How many images are in each bucket; what is not planned or has ended is not counted. */
export function countBuckets(judged: Iterable<{ bucket: Bucket }>): Counts {
  const counts: Counts = { bad: 0, attention: 0, 'no-signal': 0, ok: 0 };
  for (const { bucket } of judged) if (bucket !== 'none') counts[bucket] += 1;
  return counts;
}

/** `3 bad, 1 no data, 44 ok`; a bucket without images is left out. */
export function countText(counts: Counts): string {
  const parts = BUCKETS.filter(({ bucket }) => counts[bucket] > 0).map(
    ({ bucket, word }) => `${counts[bucket]} ${word}`,
  );
  return parts.length > 0 ? parts.join(', ') : 'nothing is watched';
}

const SEVERITY: Record<Bucket, number> = { bad: 0, attention: 1, 'no-signal': 2, ok: 3, none: 4 };

interface Judged {
  id: string;
  state: State;
  bucket: Bucket;
  since: string | null;
}

/** What needs a person, worst first and the longest standing first; `later` can wait until nothing is bad. */
export function worstFirst<T extends Judged>(judged: readonly T[]): { urgent: T[]; later: T[] } {
  const rank = (one: T) => SEVERITY[one.bucket] * 100 + STATE_CODES.indexOf(one.state);
  const since = (one: T) => one.since ?? '';
  const sorted = judged
    .filter((one) => SEVERITY[one.bucket] < SEVERITY.ok)
    .toSorted((a, b) => rank(a) - rank(b) || since(a).localeCompare(since(b)) || a.id.localeCompare(b.id));
  return {
    urgent: sorted.filter(({ bucket }) => bucket === 'bad'),
    later: sorted.filter(({ bucket }) => bucket !== 'bad'),
  };
}

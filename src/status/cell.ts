import { releaseName } from '#status/text/words.ts';
import type { Arch, Image, Release, Snapshot } from './model.ts';
import { type ParityMark, parityMark } from './parity.ts';
import { type Bucket, bucketOf, STATES, type State } from './states.ts';
import type { Turn } from './summary.ts';
import type { Target } from './targets.ts';
import { timeline } from './timeline.ts';

/** One cell of a board, ready to be drawn, with the headlines that time alone will bring. */

/** A headline in all that a cell shows of it. */
export interface Headline {
  state: State;
  word: string;
  shape: string;
  bucket: Bucket;
  reason: string;
}

export interface Step extends Headline {
  at: string;
}

export interface ArchMark {
  arch: Arch;
  bucket: Bucket;
  word: string;
}

export interface CellView extends Headline {
  id: string;
  channel: Image['channel'];
  variant: string;
  release: string;
  releaseName: string;
  createdAt: string | null;
  since: string | null;
  sinceIsLowerBound: boolean;
  confirmed: boolean;
  arches: ArchMark[];
  parity: ParityMark | null;
  steps: Step[];
}

/** What the pages get of the collection `status`. */
export interface Watched {
  snapshot: Snapshot;
  targets: readonly Target[];
}

/** A state and its reason in words and shape. */
export function headlineOf(state: State, reason: string): Headline {
  const { word, shape } = STATES[state];
  return { state, word, shape, bucket: bucketOf(state), reason };
}

/** The release of that id, or one about which nothing is known. */
export function releaseOf(id: string, releases: readonly Release[]): Release {
  return (
    releases.find((one) => one.id === id) ?? { id, name: releaseName(id, releases), state: 'unknown', eolAt: null }
  );
}

/** All images of a snapshot as cells, with their headlines to come from the moment of its verdicts. */
export function cellsOf({ snapshot, targets }: Watched): CellView[] {
  const byId = new Map(targets.map((target) => [target.id, target]));
  return snapshot.images.map((image) => cellOf(image, byId.get(image.id), snapshot));
}

/** One image as a cell; without a target nothing is known of its time to come. */
export function cellOf(image: Image, target: Target | undefined, snapshot: Snapshot): CellView {
  const release = releaseOf(image.release, snapshot.releases);
  const { verdict, parity } = image;
  const coming = target && snapshot.mode !== 'sample' ? timeline(image, target, release, snapshot.judgedAt) : [];
  return {
    ...headlineOf(verdict.state, verdict.reason),
    id: image.id,
    channel: image.channel,
    variant: image.variant,
    release: image.release,
    releaseName: release.name,
    createdAt: image.createdAt,
    since: verdict.since,
    sinceIsLowerBound: verdict.sinceIsLowerBound,
    confirmed: target?.confirmed ?? true,
    arches: image.arches.map((one) => ({
      arch: one.arch,
      bucket: one.verdict.bucket,
      word: STATES[one.verdict.state].word,
    })),
    parity: parity ? parityMark(parity) : null,
    steps: coming.map(({ at, state, reason }) => ({ at, ...headlineOf(state, reason) })),
  };
}

/** The moments at which images will turn from one bucket to another, soonest first. */
export function turnsOf(cells: readonly CellView[]): Turn[] {
  return cells
    .flatMap((cell) =>
      cell.steps.map((step, index) => ({ at: step.at, from: (cell.steps[index - 1] ?? cell).bucket, to: step.bucket })),
    )
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => a.at.localeCompare(b.at));
}

const AGE = /^\d+ (min|h|d) old(; |\.$|\. | )/;
const ID = /\b(production|development|community|mirror)\/[a-z0-9.-]+\/[a-z0-9.-]+/g;

/** Whether a reason begins with the age of its image. */
export function tellsAge(reason: string): boolean {
  return AGE.test(reason);
}

/** A reason as it stands beside an age that moves: without its own age, without addresses, counterparts by channel. */
export function noteOf(reason: string): string {
  return reason
    .replace(AGE, '')
    .replace(/: https?:\S+$/, '')
    .replace(ID, '$1')
    .replace(/\.$/, '');
}

/** The architectures of an image in words, the ones that differ from the rest first. */
export function archesText(arches: readonly ArchMark[]): string {
  const odd = arches.filter(({ bucket }) => bucket !== 'ok');
  if (odd.length === 0) return `all ${arches.length} architectures good`;
  if (odd.length === arches.length && new Set(odd.map(({ word }) => word)).size === 1)
    return `all ${arches.length} architectures: ${odd[0]?.word}`;
  return odd.map(({ arch, word }) => `${arch}: ${word}`).join(', ');
}

import type { SeenPipeline } from '#status/pipeline.ts';
import { dayText, instantText } from '#status/text/dates.ts';
import type { Fact } from '#status/text/provenance.ts';
import { safeLink, visible } from '#status/text/words.ts';
import type { PipelineDefinition } from '../definition.ts';
import type { PipelineWalk } from '../walkthrough.ts';
import { coded, joined } from './condition.ts';
import { bundleLink } from './task.ts';

/** Where a pipeline was read, and what it is made of, in words. */

/** What a pipeline is drawn from. */
export type Drawn = 'definition' | 'recording' | 'nothing';

export interface Source {
  /** One sentence that stands above the picture. */
  text: string;
  facts: Fact[];
}

export interface Recorded {
  /** Name of the image for people. */
  image: string;
  digest: string | null;
  /** Of the run. */
  finishedAt: string | null;
}

const KINDS = { bundle: 'the bundle', file: 'the file', run: 'the PipelineRun' } as const;

/**
 * Where it was read and when; or what it is drawn from instead; or that nobody has seen it.
 * In practice the simulator stands in for the place, so nothing leads to the real one.
 */
export function sourceOf(
  walk: PipelineWalk,
  seen: SeenPipeline | null,
  drawn: Drawn,
  recorded: Recorded | null,
  isPractice = false,
): Source {
  const facts = isPractice ? unlinked(seenFacts(seen)) : seenFacts(seen);
  const why = seen?.why ? sentence(visible(seen.why)) : null;
  const lastTry = why ? ` The last try said: ${why}` : '';
  if (drawn === 'definition')
    return {
      text: `Read from ${isPractice ? STAND_IN : ''}${placeText(seen)}${seen?.readAt ? `, last on ${instantText(seen.readAt)}` : ''}.${why ? ` It could not be read again: ${why}` : ''}`,
      facts,
    };
  if (drawn === 'recording' && recorded) {
    const own = walk.reads ? `Its own definition was not seen.${lastTry} ` : 'No definition of it can be read. ';
    return {
      text: `${own}What stands here is drawn from the ${isPractice ? 'simulator’s ' : ''}recorded build of ${recorded.image}: only tasks that ran are in it.`,
      facts: [...facts, ...recordedFacts(recorded)],
    };
  }
  return { text: `Not seen: nobody has read it from where it lies yet.${lastTry} So nothing is drawn here.`, facts };
}

/** What stands before the name of a real place whose part the simulator plays. */
export const STAND_IN = 'the simulator, which stands in for ';

/** The same without their links: beside made-up values they would lead to something else. */
export const unlinked = (facts: readonly Fact[]): Fact[] => facts.map((fact) => ({ ...fact, href: null }));

/** The bundle `quay.io/…:devel`, digest `sha256:0123456789ab…`. */
function placeText(seen: SeenPipeline | null): string {
  const { kind, place, digest } = seen ?? { kind: null, place: null, digest: null };
  if (!kind || !place) return 'where it lies';
  return `${KINDS[kind]} ${coded(place)}${digest ? `, digest ${coded(`${digest.slice(0, SHORT)}…`)}` : ''}`;
}

const SHORT = 'sha256:'.length + 12;

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function seenFacts(seen: SeenPipeline | null): Fact[] {
  if (!seen) return [];
  const { kind, place, digest, readAt, namedBy } = seen;
  const facts: (Fact | null)[] = [
    place && kind === 'bundle' ? { what: 'Bundle', text: visible(place), href: bundleLink(place) } : null,
    place && kind !== 'bundle'
      ? { what: kind === 'run' ? 'Run' : 'File', text: visible(place), href: safeLink(place) }
      : null,
    digest ? { what: 'Digest', text: digest, href: null } : null,
    readAt ? { what: 'Last seen to be the current one', text: instantText(readAt), href: null } : null,
    namedBy && namedFact(namedBy),
  ];
  return facts.filter((fact) => fact !== null);
}

/** The file that names it, with its commit. */
export const namedFact = (file: NonNullable<SeenPipeline['namedBy']>): Fact => ({
  what: 'Named by',
  text: [visible(file.url), ...commitText(file)].join(', '),
  href: safeLink(file.url),
});

function commitText({ commit, changedAt }: NonNullable<SeenPipeline['namedBy']>): string[] {
  return [
    ...(commit ? [`commit ${visible(commit).slice(0, 12)}`] : []),
    ...(changedAt ? [`changed ${dayText(changedAt)}`] : []),
  ];
}

function recordedFacts({ image, digest, finishedAt }: Recorded): Fact[] {
  return [
    {
      what: 'Recorded build',
      text: [image, ...(finishedAt ? [`ended ${instantText(finishedAt)}`] : [])].join(', '),
      href: null,
    },
    ...(digest ? [{ what: 'Digest of that image', text: digest, href: null }] : []),
  ];
}

export interface Figure {
  count: number;
  text: string;
}

/** How many tasks, and how many of them are special. */
export function figuresOf({ tasks }: Pick<PipelineDefinition, 'tasks'>): Figure[] {
  const count = (text: (n: number) => string, n: number) => (n > 0 ? [{ count: n, text: text(n) }] : []);
  return [
    ...count((n) => (n === 1 ? 'task' : 'tasks'), tasks.length),
    ...count(
      (n) => (n === 1 ? 'runs once per platform or value' : 'run once per platform or value'),
      tasks.filter(({ matrix }) => matrix.length > 0).length,
    ),
    ...count(
      (n) => (n === 1 ? 'runs only under a condition' : 'run only under a condition'),
      tasks.filter(({ when }) => when.length > 0).length,
    ),
    ...count(
      (n) => (n === 1 ? 'runs at the end in any case' : 'run at the end in any case'),
      tasks.filter(({ isFinally }) => isFinally).length,
    ),
  ];
}

/** `build-images, step 4 of 16, runs once per build-platforms; runs after prefetch-dependencies`. */
export function boxTitle(
  name: string,
  place: readonly [at: number, of: number],
  notes: readonly string[],
  before: readonly string[],
): string {
  const after = before.length > 0 ? `runs after ${joined(before)}` : 'waits for nothing';
  return `${[`${name}, step ${place[0]} of ${place[1]}`, ...notes].join(', ')}; ${after}`;
}

import type { PipelineDefinition } from '#pipeline/definition.ts';
import { graphOfDefinition } from '#pipeline/graph/graph.ts';
import type { PipelineWalk, Walkthrough } from '#pipeline/walkthrough.ts';
import { asSourceError, type SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { redactLine } from '#sources/redact.ts';
import type { SeenPipeline, Version } from '#status/pipeline.ts';
import { definitionAt } from './definitions.ts';
import { type Files, openFiles } from './files.ts';
import { type Found, look, sourcesOf } from './look.ts';
import { fromRun } from './run.ts';
import { readTaskBundles } from './task-bundles.ts';

/** The pipelines of the walkthroughs, read from where they are: a bundle, a file, a run. */

const VERSIONS = 30;
const WHY_LENGTH = 1_900;
const FAULTS = 5;
const NO_PLACE = 'No place is known from which it could be read.';
const NO_RUN = 'No build is known whose run could be asked for it.';

type Walk = PipelineWalk & Pick<Walkthrough, 'id'>;

/** What is known of each pipeline after this refresh, in the order of the walkthroughs; what was known is kept. */
export async function askPipelines(context: Context): Promise<SeenPipeline[]> {
  const walks = context.walkthroughs.flatMap((one): Walk[] => (one.kind === 'pipeline' ? [one] : []));
  if (walks.length === 0) return [];
  const files = await openFiles(context);
  const seen = await Promise.all(walks.map((walk) => seePipeline(context, files, walk)));
  await files.save();
  await readTaskBundles(context, await definitionsOf(context, seen));
  return seen;
}

async function seePipeline(context: Context, files: Files, walk: Walk): Promise<SeenPipeline> {
  const known = context.previous?.pipelines.find(({ id }) => id === walk.id) ?? null;
  const found = await findPipeline(context, files, walk, known);
  if (found === null) return known ?? unseen(walk.id, 'It was not asked for yet.');
  if ('digest' in found) return after(walk.id, known, found);
  return known ? { ...known, why: found.why } : unseen(walk.id, found.why);
}

/** Null where this refresh is not to ask for it. */
async function findPipeline(
  context: Context,
  files: Files,
  walk: Walk,
  known: SeenPipeline | null,
): Promise<Found | { why: string } | null> {
  const { reads, recording } = walk;
  if (reads && !sourcesOf(reads).every((source) => context.only.has(source))) return null;
  let why: string | null = null;
  try {
    if (reads) return await look(context, files, reads);
  } catch (error) {
    why = tell(context, walk, asSourceError(error));
    // What was once read from there is a better answer than another place.
    if (known?.kind && known.kind !== 'run') return { why };
  }
  try {
    const found = recording ? await fromRun(context, recording, known) : null;
    if (found && 'digest' in found) return found;
    const missing = [why, found?.why].flatMap((one) => one ?? []);
    if (missing.length > 0) return { why: missing.join(' ').slice(0, WHY_LENGTH) };
    return known?.digest ? null : { why: recording ? NO_RUN : NO_PLACE };
  } catch (error) {
    return { why: [why ?? '', tell(context, walk, asSourceError(error))].join(' ').trim().slice(0, WHY_LENGTH) };
  }
}

/** Reports a failure; gives its sentence. */
function tell({ report }: Context, { id }: Walk, { source, kind, message }: SourceError): string {
  report.problem(source, null, kind, `pipeline ${id}: ${message}; named in content/pipelines/${id}.yaml`, 'pipeline');
  return redactLine(message, WHY_LENGTH);
}

function after(id: string, known: SeenPipeline | null, { at, ...found }: Found): SeenPipeline {
  const { kind, place, digest, namedBy, given, commit, changedAt } = found;
  const versions = versionsOf(known && isSamePlace(known, found) ? known.versions : [], digest, at);
  const now = { kind, place, digest, namedBy, given, commit, changedAt, readAt: at, versions };
  return { id, state: 'read', why: null, ...now };
}

/** Whether two looks were at the same bundle, whatever its tag, or at the same file; each run has a name of its own. */
function isSamePlace(known: Pick<SeenPipeline, 'kind' | 'place'>, { kind, place }: Pick<Found, 'kind' | 'place'>) {
  const repository = (text: string | null) => text?.replace(/:[^:/]*$/, '') ?? null;
  if (known.kind !== kind) return false;
  return (
    kind === 'run' || known.place === place || (kind === 'bundle' && repository(known.place) === repository(place))
  );
}

/** A pipeline that returns to what it was before has begun anew. */
function versionsOf(before: readonly Version[], digest: string, at: string): Version[] {
  const [newest, ...older] = before;
  return newest?.digest === digest
    ? [{ ...newest, lastSeenAt: at }, ...older]
    : [{ digest, firstSeenAt: at, lastSeenAt: at }, ...before].slice(0, VERSIONS);
}

function unseen(id: string, why: string): SeenPipeline {
  const nothing = { kind: null, place: null, digest: null, readAt: null, commit: null, changedAt: null, namedBy: null };
  return { id, state: 'not-seen', why, ...nothing, given: [], versions: [] };
}

/** The definitions that are shown; what is wrong with one of them is told anew each time. */
async function definitionsOf(context: Context, seen: readonly SeenPipeline[]): Promise<PipelineDefinition[]> {
  const all: PipelineDefinition[] = [];
  for (const { id, digest, kind, place } of seen) {
    const definition = digest ? await definitionAt(context, digest) : null;
    if (!definition) continue;
    all.push(definition);
    const source = kind === 'run' ? 'konflux' : kind === 'bundle' ? 'oci' : forgeOf(place);
    const faults = [...definition.faults, ...graphOfDefinition(definition).faults];
    if (faults.length > 0 && context.only.has(source))
      context.report.problem(source, null, 'unreadable', faultText(id, faults), 'pipeline');
  }
  return all;
}

const forgeOf = (place: string | null) => (place?.startsWith('https://github.com/') ? 'github' : 'gitlab');

function faultText(id: string, faults: readonly string[]): string {
  const more = faults.length > FAULTS ? ` And ${faults.length - FAULTS} more, shown on its page.` : '';
  return `pipeline ${id} was read, and is not whole: ${faults.slice(0, FAULTS).join(' ')}${more}`;
}

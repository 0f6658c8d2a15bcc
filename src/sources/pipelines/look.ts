import type { TaskReference } from '#pipeline/definition.ts';
import { readRunFile } from '#pipeline/tekton/read.ts';
import type { Reads } from '#pipeline/walkthrough.ts';
import { SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import type { SourceId } from '#status/model.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import { iso } from '#status/time.ts';
import { readBundle } from './bundle.ts';
import { isWhole, keep, parsePipeline } from './definitions.ts';
import { type Files, type ForgePlace, placeOf, type ReadFile } from './files.ts';
import { shownBinding } from './private.ts';
import { parseReference, placeText, registryOf } from './reference.ts';

/** From the place that a walkthrough names to the digest of a pipeline, whose definition and text are then kept. */

/** What a look has found out about a pipeline. */
export interface Found extends Pick<SeenPipeline, 'kind' | 'place' | 'namedBy' | 'given' | 'commit' | 'changedAt'> {
  digest: string;
  /** When it was so. */
  at: string;
}

const NOTHING = { namedBy: null, given: [], commit: null, changedAt: null };

/** The sources without which nothing can be read there. */
export function sourcesOf(reads: Reads): SourceId[] {
  if ('bundle' in reads) return ['oci'];
  return 'file' in reads ? [reads.file.forge] : [reads.run.forge, 'oci'];
}

/** The pipeline at a place. Throws a SourceError. */
export async function look(context: Context, files: Files, reads: Reads): Promise<Found> {
  if ('bundle' in reads) return inBundle(context, reads.bundle, reads.name);
  const place = 'file' in reads ? reads.file : reads.run;
  const file = await files.read(place);
  return 'file' in reads ? inFile(context, place, file) : inRun(context, files, place, file);
}

async function inFile(context: Context, { forge }: ForgePlace, file: ReadFile): Promise<Found> {
  const { url, digest, commit, changedAt, text, at } = file;
  if (!(await isWhole(context, digest))) await keep(context, digest, parsePipeline(text, undefined, forge, url), text);
  return { ...NOTHING, kind: 'file', place: url, digest, commit, changedAt, at };
}

async function inRun(context: Context, files: Files, place: ForgePlace, file: ReadFile): Promise<Found> {
  const { value: run, faults } = readRunFile(file.text);
  if (!run) {
    const why = faults.join(' ') || 'it holds no PipelineRun';
    throw new SourceError(place.forge, 'unreadable', `${file.url}: ${why}`);
  }
  const found = await namedBy(context, files, run.pipeline, place, file);
  const { permanentUrl: url, commit, changedAt } = file;
  // Of two that had to be looked at, what was looked at first may have changed since.
  const [at = file.at] = [found.at, file.at].sort();
  return { ...found, namedBy: { url, commit, changedAt }, given: run.given.map(shownBinding), at };
}

async function namedBy(
  context: Context,
  files: Files,
  ref: TaskReference,
  place: ForgePlace,
  file: ReadFile,
): Promise<Found> {
  if (ref.resolver === 'embedded') return inFile(context, place, file);
  if (ref.resolver === 'bundles' && ref.bundle) return inBundle(context, ref.bundle, ref.task ?? undefined);
  const there = ref.resolver === 'git' ? placeOf(ref.url, ref.revision, ref.path) : null;
  if (there) return inFile(context, there, await files.read(there));
  const name = ref.task ?? ref.url ?? 'without a name';
  const why = `names the pipeline ${name} by the resolver ${ref.resolver}, which cannot be followed from outside`;
  throw new SourceError(place.forge, 'unreadable', `${file.url} ${why}`);
}

async function inBundle(context: Context, text: string, name: string | undefined): Promise<Found> {
  const ref = parseReference(text);
  if (!ref) throw new SourceError('oci', 'unreadable', `"${text}" is no address of a bundle: write registry/name:tag`);
  const oci = context.clients.oci(registryOf(ref, context.watch.file.services));
  const { asked } = context.report;
  const place = placeText(ref);
  const digest = ref.digest ?? (await asked('oci', oci.find(ref.repository, ref.tag ?? 'latest')));
  if (!digest) throw new SourceError('oci', 'not-found', `${place} is not there`, { status: 404 });
  if (!(await isWhole(context, digest))) {
    const wanted = { kind: 'pipeline', ...(name === undefined ? {} : { name }) } as const;
    const yaml = await asked('oci', readBundle(oci, ref.repository, digest, wanted));
    await keep(context, digest, parsePipeline(yaml, name, 'oci', `${place}@${digest}`), yaml);
  }
  return { ...NOTHING, kind: 'bundle', place, digest, at: iso(context.nowMs) };
}

import type { Piece } from '#components/pipeline/yaml.ts';
import { link } from '#components/status/link.ts';
import { type Difference, differencesOf } from '#pipeline/difference.ts';
import { versionsAt } from '#pipeline/history.ts';
import { type Parameters, parametersOf } from '#pipeline/text/parameter.ts';
import { type Source, STAND_IN, sourceOf } from '#pipeline/text/walk.ts';
import { type PipelineShown, showPipeline } from '#pipeline/view.ts';
import type { PipelineWalk } from '#pipeline/walkthrough.ts';
import type { RunbookLink } from '#runbook/lead.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import { instantText } from '#status/text/dates.ts';
import { visible } from '#status/text/words.ts';
import { editLink } from '../_edit.ts';
import { tell } from '../_tell.ts';
import { readStatus } from '../status/_data.ts';
import { type KnownPipeline, knownPipeline, runbookLinks, walkthroughOf } from './_data.ts';
import { yamlLines } from './_yaml.ts';

/** All that the page of a pipeline shows. */
export interface PipelinePage {
  walk: PipelineWalk & { id: string };
  /** Whether it comes from the pretend world. */
  isPractice: boolean;
  source: Source;
  shown: PipelineShown;
  parameters: Parameters | null;
  /** Whether the PipelineRun that names it gives parameters. */
  isGiven: boolean;
  yaml: { lines: Piece[][]; count: number; from: string } | null;
  compared: { title: string; href: string; differences: Difference[] | null } | null;
  replay: { name: string; href: string } | null;
  history: { href: string; count: number } | null;
  runbooks: Record<string, RunbookLink>;
  /** Where the words of its tasks are edited, by their anchors. */
  taskEdits: Map<string, string>;
}

/** What the picture of a pipeline and the line under it need. */
export async function shownPipeline(walk: PipelineWalk & { id: string }) {
  const { snapshot, taskWords } = await readStatus();
  const known = await knownPipeline(walk);
  const { seen, read, tasks, recorded } = known;
  const recording = recorded?.recording ?? null;
  const isSample = snapshot.mode === 'sample';
  const shown = showPipeline(walk, {
    ...{ definition: read?.definition ?? null, recording, tasks, words: taskWords, isPractice: isSample },
  });
  return {
    known,
    isPractice: isSample && shown.drawn !== 'nothing',
    source: sourceOf(walk, seen, shown.drawn, recordedOf(recorded), isSample),
    shown: { ...shown, faults: [...new Set([...(read?.faults ?? []).map(visible), ...shown.faults])] },
  };
}

export async function pipelinePage(walk: PipelineWalk & { id: string }, t: App.Locals['t']): Promise<PipelinePage> {
  const { snapshot } = await readStatus();
  const { known, isPractice, source, shown } = await shownPipeline(walk);
  const { seen, read, recorded } = known;
  const { definition, anchors, drawn } = shown;
  const text = drawn === 'definition' ? (read?.text ?? null) : null;
  tell(`/pipelines/${walk.id}/`, shown.faults);
  return {
    walk,
    isPractice,
    source,
    shown,
    parameters: drawn === 'definition' && definition ? parametersOf(definition, seen?.given ?? [], anchors) : null,
    isGiven: (seen?.given.length ?? 0) > 0,
    yaml: text === null ? null : { ...(await yamlLines(text)), from: textFrom(t, seen, isPractice) },
    compared: await comparedWith(walk, shown),
    replay: recorded && {
      name: recorded.name,
      href: link(`status/images/${recorded.image.id}/replay/`),
    },
    history:
      seen && seen.versions.length > 0
        ? { href: link(`pipelines/${walk.id}/history/`), count: versionsAt(seen, snapshot.pipelines).length }
        : null,
    runbooks: await runbooksOf(shown),
    taskEdits: taskEditsOf(shown),
  };
}

function recordedOf(recorded: KnownPipeline['recorded']) {
  return recorded && { image: recorded.name, digest: recorded.image.digest, finishedAt: recorded.recording.finishedAt };
}

function textFrom(t: App.Locals['t'], seen: SeenPipeline | null, isPractice: boolean): string {
  const place = seen?.place && visible(seen.place);
  const parts = [
    place && isPractice ? t('pipeline.fromPlace', { place: `${STAND_IN}${place}` }) : place,
    seen?.digest,
    seen?.readAt && t('pipeline.lastSeenCurrent', { when: instantText(seen.readAt) }),
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

/** What differs from another walkthrough's pipeline; null differences where one of the two is not known. */
async function comparedWith(
  walk: PipelineWalk,
  { drawn, definition }: PipelineShown,
): Promise<PipelinePage['compared']> {
  if (!walk.compare) return null;
  const other = await walkthroughOf(walk.compare);
  const place = { title: other.title, href: link(`pipelines/${other.id}/`) };
  const theirs = other.kind === 'pipeline' ? (await knownPipeline(other)).read : null;
  const both = drawn === 'definition' && definition && theirs;
  return { ...place, differences: both ? differencesOf(theirs.definition, definition) : null };
}

function taskEditsOf({ tasks }: PipelineShown): PipelinePage['taskEdits'] {
  return new Map(
    tasks.flatMap(({ anchor, wordsOf }) => {
      const address = wordsOf && editLink(`content/pipelines/tasks/${wordsOf}.yaml`);
      return address ? [[anchor, address] as const] : [];
    }),
  );
}

/** The runbooks that its tasks name and that are written, by id. */
async function runbooksOf({ tasks }: PipelineShown): Promise<PipelinePage['runbooks']> {
  const ids = new Set(tasks.flatMap(({ fails }) => fails.flatMap(({ runbook }) => runbook ?? [])));
  const linkTo = await runbookLinks();
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const found = linkTo(id);
      return found ? [[id, found]] : [];
    }),
  );
}

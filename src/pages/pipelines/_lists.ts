import { link } from '#components/status/link.ts';
import { taskAnchors } from '#pipeline/anchors.ts';
import type { PipelineDefinition } from '#pipeline/definition.ts';
import { showPath } from '#pipeline/path-view.ts';
import { type Drawing, mapOf } from '#pipeline/picture.ts';
import { recordedDefinition } from '#pipeline/recorded-definition.ts';
import { wordsFile, wordsOf } from '#pipeline/text/task.ts';
import { STAND_IN } from '#pipeline/text/walk.ts';
import type { TaskWords } from '#pipeline/walkthrough.ts';
import { dayText } from '#status/text/dates.ts';
import { visible } from '#status/text/words.ts';
import { editLink } from '../_edit.ts';
import { readStatus } from '../status/_data.ts';
import { type KnownPipeline, knownPipeline } from './_data.ts';
import { shownPipeline } from './_page.ts';

/** The list of walkthroughs, and the list of all their tasks. */

export interface WalkRow {
  title: string;
  summary: string;
  href: string;
  /** How large it is, and what it was read from and when. */
  facts: string;
  /** Null where nothing can be drawn. */
  drawing: Drawing | null;
}

export async function walkRows(): Promise<WalkRow[]> {
  const { walkthroughs } = await readStatus();
  return Promise.all(
    walkthroughs.map(async (walk) => {
      const { title, summary } = walk;
      const href = link(`pipelines/${walk.id}/`);
      if (walk.kind === 'path') {
        const facts = `${walk.stages.length} stages, put together from documents that it names`;
        return { title, summary, href, facts, drawing: mapOf(showPath(walk).picture) };
      }
      const { known, isPractice, shown } = await shownPipeline(walk);
      return { title, summary, href, facts: factsOf(known, isPractice), drawing: mapOf(shown.picture) };
    }),
  );
}

const KINDS = { bundle: 'a bundle', file: 'a file in git', run: 'a run on the cluster' } as const;

function factsOf({ seen, read, recorded }: KnownPipeline, isPractice: boolean): string {
  if (read) {
    const from = seen?.kind ? `, read from ${isPractice ? STAND_IN : ''}${KINDS[seen.kind]}` : '';
    return `${tasksText(read.definition)}${from}${seen?.readAt ? ` on ${dayText(seen.readAt)}` : ''}`;
  }
  if (recorded)
    return `${tasksText(recordedDefinition(recorded.recording))}, drawn from a ${isPractice ? 'simulated' : 'recorded'} build; its definition was not seen`;
  return 'Not seen yet';
}

const tasksText = ({ tasks }: Pick<PipelineDefinition, 'tasks'>): string =>
  `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`;

export interface TaskRow {
  anchor: string;
  name: string;
  purpose: string | null;
  isDocumented: boolean;
  /** File of its words, and where to edit it on the forge. */
  file: string | null;
  edit: string | null;
  usedIn: { text: string; href: string }[];
}

/** Every task of every pipeline that was read, and every one that has words, by name. */
export async function taskIndex(): Promise<TaskRow[]> {
  const { walkthroughs, taskWords } = await readStatus();
  const rows = new Map<string, Row>(taskWords.map((words) => [words.task, rowOf(words.task, words)]));
  for (const walk of walkthroughs) {
    if (walk.kind !== 'pipeline') continue;
    const { read, recorded } = await knownPipeline(walk);
    const definition = read?.definition ?? (recorded && recordedDefinition(recorded.recording));
    const anchors = taskAnchors(definition?.tasks ?? []);
    for (const task of definition?.tasks ?? []) {
      const words = wordsOf(task, taskWords);
      const name = words?.task ?? task.ref.task ?? task.name;
      const row = rows.get(name) ?? rowOf(name, words, wordsFile(task));
      const href = link(`pipelines/${walk.id}/#${anchors.get(task.name)}`);
      if (!row.usedIn.some((use) => use.href === href)) {
        const alias = task.name === name ? '' : ` as ${visible(task.name)}`;
        row.usedIn.push({ text: `${walk.title}${alias}`, href });
      }
      rows.set(name, row);
    }
  }
  const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b));
  const anchors = taskAnchors(sorted.map(([name]) => ({ name })));
  return sorted.map(([name, row]) => ({ ...row, anchor: anchors.get(name) ?? '' }));
}

type Row = Omit<TaskRow, 'anchor'>;

function rowOf(
  name: string,
  words: TaskWords | null,
  file = words && `content/pipelines/tasks/${words.task}.yaml`,
): Row {
  return {
    name: visible(name),
    purpose: words?.purpose ?? null,
    isDocumented: words !== null,
    file,
    edit: words && file ? editLink(file) : null,
    usedIn: [],
  };
}

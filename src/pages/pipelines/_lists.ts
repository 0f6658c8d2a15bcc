import { link } from '#components/status/link.ts';
import { taskAnchors } from '#pipeline/anchors.ts';
import type { PipelineDefinition } from '#pipeline/definition.ts';
import { showPath } from '#pipeline/path-view.ts';
import { type Drawing, mapOf } from '#pipeline/picture.ts';
import { recordedDefinition } from '#pipeline/recorded-definition.ts';
import { wordsFile, wordsOf } from '#pipeline/text/task.ts';
import { STAND_IN } from '#pipeline/text/walk.ts';
import type { TaskWords } from '#pipeline/walkthrough.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
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

export async function walkRows(t: App.Locals['t']): Promise<WalkRow[]> {
  const { walkthroughs } = await readStatus();
  return Promise.all(
    walkthroughs.map(async (walk) => {
      const { title, summary } = walk;
      const href = link(`pipelines/${walk.id}/`);
      if (walk.kind === 'path') {
        const facts = t('pipeline.stagesFromDocuments', { count: walk.stages.length });
        return { title, summary, href, facts, drawing: mapOf(showPath(walk).picture) };
      }
      const { known, isPractice, shown } = await shownPipeline(walk);
      return { title, summary, href, facts: factsOf(t, known, isPractice), drawing: mapOf(shown.picture) };
    }),
  );
}

function factsOf(t: App.Locals['t'], { seen, read, recorded }: KnownPipeline, isPractice: boolean): string {
  const tasksOf = ({ tasks }: Pick<PipelineDefinition, 'tasks'>) => t('pipeline.tasksCounted', { count: tasks.length });
  if (read) return readText(t, tasksOf(read.definition), seen, isPractice);
  if (!recorded) return t('pipeline.notSeenYet');
  const tasks = tasksOf(recordedDefinition(recorded.recording));
  return isPractice ? t('pipeline.tasksOfSimulated', { tasks }) : t('pipeline.tasksOfRecorded', { tasks });
}

function readText(t: App.Locals['t'], tasks: string, seen: SeenPipeline | null, isPractice: boolean): string {
  const kind = seen?.kind && `${isPractice ? STAND_IN : ''}${t(`pipeline.kind.${seen.kind}`)}`;
  const day = seen?.readAt && dayText(seen.readAt);
  if (kind)
    return day ? t('pipeline.tasksReadFromOn', { tasks, kind, day }) : t('pipeline.tasksReadFrom', { tasks, kind });
  return day ? t('pipeline.tasksCountedOn', { tasks, day }) : tasks;
}

export interface TaskRow {
  anchor: string;
  name: string;
  purpose: string | null;
  isDocumented: boolean;
  /** File of its words, and where to edit it on the forge. */
  file: string | null;
  edit: string | null;
  /** `alias` is its name there, where that is another. */
  usedIn: { text: string; alias: string | null; href: string }[];
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
        row.usedIn.push({ text: walk.title, alias: task.name === name ? null : visible(task.name), href });
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

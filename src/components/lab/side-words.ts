import type { View } from '#practice/protocol.ts';

/** The world at the side, in words and shapes. */

/** Shape and bucket of a state, as on the status board. */
const STATES: Readonly<Record<string, [shape: string, bucket: string]>> = {
  Succeeded: ['dot', 'ok'],
  Failed: ['cross', 'bad'],
  Running: ['half', 'none'],
  Pending: ['pause', 'attention'],
  Cancelled: ['circle-slash', 'none'],
  there: ['dot', 'ok'],
  'not there': ['cross', 'bad'],
  opened: ['triangle', 'none'],
  merged: ['dot', 'ok'],
  closed: ['circle-slash', 'none'],
};

export interface Mark {
  shape: string;
  bucket: string;
}

export function markOf(state: string): Mark {
  const [shape, bucket] = STATES[state] ?? ['question', 'no-signal'];
  return { shape, bucket };
}

/** One thing at the side. */
export interface Row {
  /** Tells it from the others, and is the same as time goes by. */
  key: string;
  state: string;
  /** Its name as it is written; long ones have a short one beside it. */
  name: string;
  /** What more there is to say, in a line. */
  about: string;
  /** Its parts: tasks of a run. */
  parts: { name: string; state: string }[];
}

export interface Part {
  title: string;
  rows: Row[];
}

/** What is shown, in its order; parts of which the lab shows nothing are left out. */
export function partsOf({ runs, images, changes, releases }: View): Part[] {
  const parts: Part[] = [
    {
      title: 'PipelineRuns',
      rows: runs.map(({ namespace, name, state, reason, startedAt, endedAt, tasks }) => ({
        ...{ key: `run ${namespace}/${name}`, state, name },
        about: listed([
          reason === state || reason === 'Completed' ? '' : reason,
          startedAt && `began ${clock(startedAt)}`,
          endedAt && `ended ${clock(endedAt)}`,
          tasksText(tasks),
        ]),
        parts: tasks,
      })),
    },
    {
      title: 'Merge requests',
      rows: changes.map(({ project, id, title, branch, state, pipeline }) => ({
        ...{ key: `change ${project}!${id}`, state, name: `!${id} ${title}`, parts: [] },
        about: listed([`from ${branch}`, pipeline && `pipeline: ${pipeline}`]),
      })),
    },
    {
      title: 'Releases',
      rows: releases.map(({ namespace, name, state }) => ({
        ...{ key: `release ${namespace}/${name}`, state, name, about: '', parts: [] },
      })),
    },
    {
      title: 'Images',
      rows: images.map(({ image, digest, arches, pushedAt }) => ({
        ...{ key: `image ${image}`, state: digest ? 'there' : 'not there', name: image, parts: [] },
        about: listed([arches.join(', '), digest?.slice(0, 19), pushedAt && `pushed ${clock(pushedAt)}`]),
      })),
    },
  ];
  return parts.filter(({ rows }) => rows.length > 0);
}

/** How many tasks have begun, in the order of what can be said of them; more come as a run goes on. */
function tasksText(tasks: readonly { state: string }[]): string {
  if (tasks.length === 0) return '';
  const said = Object.entries(TASK_WORDS).flatMap(([state, word]) => {
    const count = tasks.filter((task) => task.state === state).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return `tasks: ${said.join(', ')}`;
}

const TASK_WORDS = {
  Succeeded: 'done',
  Running: 'running',
  Failed: 'failed',
  Cancelled: 'cancelled',
  Pending: 'waiting',
};

const MOST_TOLD = 3;

/** What is otherwise than before, in short sentences; empty where nothing is. */
export function changesBetween(before: View | null, after: View): string[] {
  if (!before) return [];
  const rowsOf = (view: View) => partsOf(view).flatMap(({ rows }) => rows);
  const known = new Map(rowsOf(before).map((row) => [row.key, row]));
  const said = rowsOf(after).flatMap(({ key, name, state, about }) => {
    const old = known.get(key);
    if (!old) return [`New: ${name}, ${state}.`];
    if (old.state !== state) return [`${name}: ${state}.`];
    return key.startsWith('image ') && old.about !== about ? [`${name} has changed: ${about}.`] : [];
  });
  const more = said.length - MOST_TOLD;
  return more > 0 ? [...said.slice(0, MOST_TOLD), `And ${more} more.`] : said;
}

const listed = (words: readonly (string | null | undefined)[]): string => words.filter(Boolean).join(' · ');

/** `13:05` of the day that it is in the world, in UTC as everything there. */
export const clock = (iso: string): string => iso.slice(11, 16);

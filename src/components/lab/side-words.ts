import type { View } from '#practice/protocol.ts';
import type { Words } from './words.ts';

/** The world at the side, in words and shapes. */

/** Shape and bucket of a state, as on the status board. */
const STATES: Readonly<Record<string, [shape: string, bucket: string]>> = {
  Succeeded: ['dot', 'ok'],
  Failed: ['cross', 'bad'],
  Running: ['half', 'none'],
  Pending: ['pause', 'attention'],
  Cancelled: ['circle-slash', 'none'],
  there: ['dot', 'ok'],
  missing: ['cross', 'bad'],
  opened: ['triangle', 'none'],
  merged: ['dot', 'ok'],
  closed: ['circle-slash', 'none'],
};

/** Reasons that say no more than the state beside them. */
const SAYS_NO_MORE: Readonly<Record<string, true>> = { Completed: true };

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
  /** The state as it is read; states of the cluster and the forge are read as these say them. */
  word: string;
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
export function partsOf(t: Words, { runs, images, changes, releases }: View): Part[] {
  const parts: Part[] = [
    {
      title: t('side.runs'),
      rows: runs.map(({ namespace, name, state, reason, startedAt, endedAt, tasks }) => ({
        ...{ key: `run ${namespace}/${name}`, state, word: state, name },
        about: listed([
          reason === state || SAYS_NO_MORE[reason] ? '' : reason,
          startedAt && t('side.began', { time: clock(startedAt) }),
          endedAt && t('side.ended', { time: clock(endedAt) }),
          tasksText(t, tasks),
        ]),
        parts: tasks,
      })),
    },
    {
      title: t('side.changes'),
      rows: changes.map(({ project, id, title, branch, state, pipeline }) => ({
        ...{ key: `change ${project}!${id}`, state, word: state, name: `!${id} ${title}`, parts: [] },
        about: listed([t('side.from', { branch }), pipeline && t('side.pipeline', { state: pipeline })]),
      })),
    },
    {
      title: t('side.releases'),
      rows: releases.map(({ namespace, name, state }) => ({
        ...{ key: `release ${namespace}/${name}`, state, word: state, name, about: '', parts: [] },
      })),
    },
    {
      title: t('side.images'),
      rows: images.map(({ image, digest, arches, pushedAt }) => ({
        ...{ key: `image ${image}`, ...presence(t, digest !== null), name: image, parts: [] },
        about: listed([
          arches.join(', '),
          digest?.slice(0, 19),
          pushedAt && t('side.pushed', { time: clock(pushedAt) }),
        ]),
      })),
    },
  ];
  return parts.filter(({ rows }) => rows.length > 0);
}

const presence = (t: Words, isThere: boolean): Pick<Row, 'state' | 'word'> =>
  isThere ? { state: 'there', word: t('side.there') } : { state: 'missing', word: t('side.missing') };

/** How many tasks have begun, in the order of what can be said of them; more come as a run goes on. */
function tasksText(t: Words, tasks: readonly { state: string }[]): string {
  if (tasks.length === 0) return '';
  const said = Object.entries(TASK_STATES).flatMap(([state, name]) => {
    const count = tasks.filter((task) => task.state === state).length;
    return count > 0 ? [t(name, { count })] : [];
  });
  return t('side.tasks', { states: said.join(', ') });
}

/** States of tasks, with the names of their strings. */
const TASK_STATES = {
  Succeeded: 'tasks.done',
  Running: 'tasks.running',
  Failed: 'tasks.failed',
  Cancelled: 'tasks.cancelled',
  Pending: 'tasks.waiting',
} as const;

const MOST_TOLD = 3;

/** What is otherwise than before, in short sentences; empty where nothing is. */
export function changesBetween(t: Words, before: View | null, after: View): string[] {
  if (!before) return [];
  const rowsOf = (view: View) => partsOf(t, view).flatMap(({ rows }) => rows);
  const known = new Map(rowsOf(before).map((row) => [row.key, row]));
  const said = rowsOf(after).flatMap(({ key, name, state, word, about }) => {
    const old = known.get(key);
    if (!old) return [t('side.new', { name, state: word })];
    if (old.state !== state) return [t('side.state', { name, state: word })];
    return key.startsWith('image ') && old.about !== about ? [t('side.changed', { name, about })] : [];
  });
  const more = said.length - MOST_TOLD;
  return more > 0 ? [...said.slice(0, MOST_TOLD), t('side.more', { count: more })] : said;
}

const listed = (words: readonly (string | null | undefined)[]): string => words.filter(Boolean).join(' · ');

/** `13:05` of the day that it is in the world, in UTC as everything there. */
export const clock = (iso: string): string => iso.slice(11, 16);

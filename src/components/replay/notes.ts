import { type Edit, noEdit } from '#editing/place.ts';
import type { Timeline } from '#pipeline/replay/shapes.ts';
import type { Moment } from '#pipeline/walkthrough.ts';

/** What content says of a moment. */
export interface Note {
  text: string;
  /** Where it is written. */
  edit: string | null;
}

/** What content says of moments, by the number of the event: the first leg begins, the first fails, the last ends. */
export function notesOf(
  { events, rows }: Pick<Timeline, 'events' | 'rows'>,
  moments: readonly Moment[],
  edit: Edit = noEdit,
): ReadonlyMap<number, readonly Note[]> {
  const tasks = new Map(rows.map(({ id, task }) => [id, task]));
  const notes = new Map<number, Note[]>();
  for (const [at, { task, when, text }] of moments.entries()) {
    const own = events.filter(({ kind, row }) => {
      const recorded = tasks.get(row ?? '');
      return kind === when && (recorded?.name === task || recorded?.task === task);
    });
    const event = when === 'ends' ? own.at(-1) : own[0];
    if (event) notes.set(event.number, [...(notes.get(event.number) ?? []), { text, edit: edit('moments', at) }]);
  }
  return notes;
}

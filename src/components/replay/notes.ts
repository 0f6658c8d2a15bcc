import type { Timeline } from '#pipeline/replay/shapes.ts';
import type { Moment } from '#pipeline/walkthrough.ts';

/** What content says of moments, by the number of the event: the first leg begins, the first fails, the last ends. */
export function notesOf(
  { events, rows }: Pick<Timeline, 'events' | 'rows'>,
  moments: readonly Moment[],
): ReadonlyMap<number, readonly string[]> {
  const tasks = new Map(rows.map(({ id, task }) => [id, task]));
  const notes = new Map<number, string[]>();
  for (const { task, when, text } of moments) {
    const own = events.filter(({ kind, row }) => {
      const recorded = tasks.get(row ?? '');
      return kind === when && (recorded?.name === task || recorded?.task === task);
    });
    const event = when === 'ends' ? own.at(-1) : own[0];
    if (event) notes.set(event.number, [...(notes.get(event.number) ?? []), text]);
  }
  return notes;
}

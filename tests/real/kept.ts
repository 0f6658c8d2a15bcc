import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Event, parseHistory } from '#status/history.ts';
import type { Image, Snapshot } from '#status/model.ts';
import { parseSnapshot } from '#status/parse.ts';

/** What a refresh has left in its `--out`. */

export function textIn(out: string): string {
  return readFileSync(join(out, 'snapshot.json'), 'utf8');
}

/** The snapshot; throws where it is broken. */
export function seenIn(out: string): Snapshot {
  return parseSnapshot(textIn(out), join(out, 'snapshot.json'));
}

/** One image of the snapshot. */
export function imageIn(out: string, id: string): Image {
  const image = seenIn(out).images.find((one) => one.id === id);
  if (!image) throw new Error(`the snapshot in ${out} has no ${id}`);
  return image;
}

/** The events of all days; throws where a line is broken. */
export function eventsIn(out: string): Event[] {
  const files = globSync('**/*.ndjson', { cwd: join(out, 'history') });
  return files.flatMap((file) => parseHistory(readFileSync(join(out, 'history', file), 'utf8')));
}

/** An instant so many hours from this one. */
export function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

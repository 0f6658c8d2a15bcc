import { z } from 'zod';
import { Arch, SourceId } from './model.ts';
import { Digest } from './scalars.ts';
import { STATE_CODES } from './states.ts';
import { utcDay } from './time.ts';

/** The log of what happened: one NDJSON file a UTC day, a sorted union by event id. */

export const EVENT_TYPES = [
  'tag.moved',
  'tag.removed',
  'arch.missing',
  'arch.restored',
  'state.changed',
  'source.down',
  'source.up',
] as const;

export const Event = z.strictObject({
  schema: z.literal(1),
  at: z.iso.datetime().describe('When it happened'),
  observedAt: z.iso.datetime(),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  type: z.enum(EVENT_TYPES),
  target: z.string().nullable(),
  source: SourceId,
  arch: Arch.optional(),
  digest: Digest.optional(),
  previousDigest: Digest.optional(),
  from: z.enum(STATE_CODES).optional(),
  to: z.enum(STATE_CODES).optional(),
});
export type Event = z.infer<typeof Event>;

/** The day's file that an event belongs to: `2026/11/21.ndjson`. */
export function dayFile(event: Pick<Event, 'at'>): string {
  return `${utcDay(event.at).replaceAll('-', '/')}.ndjson`;
}

/** Lines of NDJSON to events; a line that is not an event is an error that names its number. */
export function parseHistory(text: string): Event[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        return Event.parse(JSON.parse(line));
      } catch (cause) {
        throw new Error(`history line ${number} is not an event. Restore the file from the status branch.`, { cause });
      }
    });
}

/** Two logs of one day joined by event id; an event that is already known is never changed. */
export function mergeHistory(known: string, added: string): string {
  return writeHistory(parseHistory(known), parseHistory(added));
}

/** Events as the text of a day's file, by time and then id. */
export function writeHistory(known: Event[], added: Event[]): string {
  const byId = new Map([...added, ...known].map((event) => [event.id, event]));
  return [...byId.values()]
    .sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id))
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('');
}

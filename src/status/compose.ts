import { z } from 'zod';
import { Instant, Slug } from './scalars.ts';

/** Fedora's composes and CoreOS's streams: what an image could be built from, or should be by now. */

const Word = z.string().max(120);

export const Compose = z.object({
  release: Slug,
  kind: z.enum(['main', 'updates', 'iot', 'eln']),
  id: Word.describe('As in Fedora-45-20260903.n.0'),
  at: Instant.describe('The day in its id, UTC'),
  state: z.enum(['finished', 'incomplete', 'failed', 'running', 'unknown']),
  stateAt: Instant.nullable().default(null).describe('When that state was written'),
  checkedAt: Instant.nullable().default(null).describe('When the composes of its directory were last listed'),
  url: z.url(),
});
export type Compose = z.infer<typeof Compose>;

export const Stream = z.object({
  stream: Slug,
  version: Word.nullable().describe('The newest of the arches'),
  updatedAt: Instant.nullable(),
  arches: z.record(z.string().max(40), Word).describe('Version by arch'),
});
export type Stream = z.infer<typeof Stream>;

/** What the id of a compose tells. */
export interface ComposeName {
  release: string;
  kind: Compose['kind'];
  /** `2026-09-03`. */
  day: string;
  /** Of several composes of a day, which one. */
  respin: number;
}

const ID = /^Fedora-(IoT-)?([A-Za-z]+|\d{2,3})(-updates)?-(\d{4})(\d\d)(\d\d)(?:\.[a-z]{1,20})?\.(\d{1,4})$/;

/** The id of a compose taken apart; null for what is none, or of a product that we do not know. */
export function composeName(id: string): ComposeName | null {
  const [, iot, version = '', updates, year, month, date, respin] = ID.exec(id) ?? [];
  const release = version.toLowerCase();
  const day = `${year}-${month}-${date}`;
  if (!/^(rawhide|eln|\d+)$/.test(release) || !z.iso.date().safeParse(day).success || (iot && updates)) return null;
  const kind = iot ? 'iot' : updates ? 'updates' : release === 'eln' ? 'eln' : 'main';
  return { release, kind, day, respin: Number(respin) };
}

/** Whether two composes come one after the other: of the same release and kind. */
export function areOfOneLine(a: ComposeName, b: ComposeName): boolean {
  return a.release === b.release && a.kind === b.kind;
}

/** Orders composes of one line, the newest first. */
export function newestFirst(a: ComposeName, b: ComposeName): number {
  return b.day.localeCompare(a.day) || b.respin - a.respin;
}

/** Whether images can be built from it. */
export function isUsable({ state }: Pick<Compose, 'state'>): boolean {
  return state === 'finished' || state === 'incomplete';
}

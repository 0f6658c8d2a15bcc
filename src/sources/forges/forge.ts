import { z } from 'zod';
import { Blocker, type ForgeId } from '#status/blocker.ts';
import { iso } from '#status/time.ts';
import type { FilePlace, KnownFile, RepositoryFile } from './file.ts';

/** What we ask of a forge, and what is kept of its answers. */

export type Question = (
  | { about: 'thing'; project: string; kind: 'issue' | 'change'; number: number }
  | { about: 'issues'; project: string; labels: readonly string[] }
  | { about: 'release'; project: string }
  | { about: 'changes'; project: string }
  /** What the checks of a change say of its newest commit. */
  | { about: 'pipeline'; project: string; number: number; head: string }
) & {
  /** Where people name it; left out: content/blockers.yaml. */
  file?: string;
};

/** One thing on a forge, reduced to what is shown. */
export const Item = Blocker.pick({
  number: true,
  title: true,
  url: true,
  state: true,
  pipeline: true,
  labels: true,
  assignees: true,
  createdAt: true,
  updatedAt: true,
  closedAt: true,
}).extend({
  branch: z.string().max(300).nullable().describe('That a change comes from'),
  head: z.string().max(64).nullable().describe('The newest commit of a change'),
  isBot: z.boolean().default(false).describe('Whether a program has opened it'),
});
export type Item = z.infer<typeof Item>;

export interface Told {
  /** For the next time; null where the answer has several pages, or the forge gives none. */
  etag: string | null;
  items: Item[];
  /** The forge has more than was read. */
  isCut?: boolean;
}

export interface Forge {
  source: ForgeId;
  /** Questions that may be asked in an hour. */
  perHour: number;
  /** Whether the checks of changes can be asked for within that. */
  hasPipelines: boolean;
  /** Null when nothing has changed since the answer with this ETag; throws a SourceError. */
  ask(question: Question, etag: string | null): Promise<Told | null>;
  /** A file with its last commit; null when it has not changed since what is known. Throws a SourceError. */
  file(place: FilePlace, known: KnownFile | null): Promise<RepositoryFile | null>;
}

/** A question as the name of its answer. */
export function keyOf(question: Question): string {
  const { about, project } = question;
  if (about === 'thing') return `${project} ${question.kind} ${question.number}`;
  if (about === 'issues') return `${project} issues ${question.labels.join(',')}`;
  if (about === 'pipeline') return `${project} pipeline ${question.number} ${question.head}`;
  return `${project} ${about}`;
}

/** Whether an account of this name is a program's: `sample[bot]`, `project_1_bot_2`, `sample-bot`. */
export const isBotName = (name: string | undefined): boolean => /\[bot\]$|(^|[-_])bot([-_]|$)/i.test(name ?? '');

/** Pages of a list that are read; what is further back is long forgotten. */
export const MAX_PAGES = 3;
export const PER_PAGE = 100;

// Foreign texts: cut rather than refused.
export const Tag = z
  .string()
  .max(250)
  .transform((text) => text.toWellFormed());
export const Line = z.string().transform((text) => text.slice(0, 300));
export const Lines = (max: number) =>
  z.array(z.string().transform((text) => text.slice(0, 100))).transform((all) => all.slice(0, max));
export const Moment = z
  .string()
  .max(40)
  .refine((text) => /^[12]\d{3}-/.test(text) && !Number.isNaN(Date.parse(text)), 'is not a date')
  .transform((text) => iso(Date.parse(text)));

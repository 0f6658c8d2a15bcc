import { z } from 'zod';
import type { SourceError } from '#sources/error.ts';
import type { Records } from '#sources/records.ts';
import { redact } from '#sources/redact.ts';
import { PROBLEMS, type ProblemKind } from '#status/problems.ts';
import { Digest, Instant, Text } from '#status/scalars.ts';

/** Why the layers of an image gave no packages, kept so that a gigabyte is not read every half hour to find it out again. */

/** Raised when more can be read than before: what was refused is then tried once more. */
const READER = 1;
const AGAIN_MS = 24 * 3_600_000;
/** About the content, which stays; anything else may go better tomorrow. */
const LASTING = ['unreadable', 'too-large'] as const;
const lastingOf = (kind: ProblemKind): Refusal['lasting'] => LASTING.find((one) => one === kind) ?? null;

const isKind = (kind: string): kind is ProblemKind => kind in PROBLEMS;

const Kept = z.object({
  schema: z.literal(1),
  reader: z.int(),
  image: Digest,
  at: Instant,
  kind: z.string().refine(isKind),
  why: Text,
});

export interface Refusal {
  at: string;
  kind: ProblemKind;
  why: string;
  /** The kind, where another look would find the same. */
  lasting: (typeof LASTING)[number] | null;
}

const nameOf = (image: string): string => `scans/${image.replace('sha256:', '')}.json`;

/** What is remembered of an image; null for nothing, or what an older reader could not read. */
export async function readRefusal(records: Records, image: string): Promise<Refusal | null> {
  const kept = parse(await records.read(nameOf(image)));
  if (kept?.reader !== READER || !isKind(kept.kind)) return null;
  return { at: kept.at, kind: kept.kind, why: kept.why, lasting: lastingOf(kept.kind) };
}

/** Remembers why an image could not be read. */
export async function keepRefusal(records: Records, image: string, error: SourceError, at: string): Promise<Refusal> {
  const why = redact(error.message).slice(0, 500);
  const kept: z.input<typeof Kept> = { schema: 1, reader: READER, image, at, kind: error.kind, why };
  await records.write(nameOf(image), `${JSON.stringify(kept, null, 1)}\n`);
  return { at, kind: error.kind, why, lasting: lastingOf(error.kind) };
}

/** Whether it is time to try again. */
export function isOver({ at, lasting }: Refusal, nowMs: number): boolean {
  return lasting === null && nowMs - Date.parse(at) >= AGAIN_MS;
}

function parse(text: string | null): z.infer<typeof Kept> | null {
  if (text === null) return null;
  try {
    return Kept.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

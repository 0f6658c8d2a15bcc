import { z } from 'zod';
import { asSourceError } from '#sources/error.ts';
import type { Records } from '#sources/records.ts';
import type { Report } from '#sources/report.ts';
import type { ForgeId } from '#status/blocker.ts';
import { Instant } from '#status/scalars.ts';
import { iso } from '#status/time.ts';
import { type Forge, Item, keyOf, type Question } from './forge.ts';

/** The answers of a forge, kept so that it is asked at most hourly, and then only whether anything has changed. */

const HOUR_MS = 3_600_000;
// Two refreshes an hour do not come to the second.
const AGAIN_MS = HOUR_MS - 5 * 60_000;
const LANES = 4;

const Kept = z.object({ askedAt: Instant, etag: z.string().max(300).nullable(), items: z.array(Item) });
export type Kept = z.infer<typeof Kept>;
const File = z.record(z.string(), Kept);

export interface Answers {
  get(question: Question): Kept | undefined;
  /** Asks what is due, the longest unasked first, as long as the forge lets us. */
  ask(forge: Forge, questions: readonly Question[]): Promise<void>;
  /** Keeps what was answered to these questions, and forgets the rest. */
  save(questions: readonly Question[]): Promise<void>;
}

/** What is kept of a forge's answers; a damaged record counts as none. */
export async function openAnswers(records: Records, source: ForgeId, report: Report): Promise<Answers> {
  const name = `forges/${source}-etags.json`;
  const before = await records.read(name);
  const kept = new Map(Object.entries(readFile(before)));
  const now = iso(report.nowMs);
  const askedMs = (key: string) => Date.parse(kept.get(key)?.askedAt ?? iso(0));

  /** Whether more may be asked. */
  async function one(forge: Forge, question: Question): Promise<boolean> {
    const key = keyOf(question);
    const known = kept.get(key);
    try {
      const told = await report.asked(source, forge.ask(question, known?.etag ?? null));
      if (told) kept.set(key, { askedAt: now, ...told });
      else if (known) kept.set(key, { ...known, askedAt: now });
      return true;
    } catch (error) {
      const { kind, message, status } = asSourceError(error);
      report.problem(source, null, kind, `${message}; named in content/blockers.yaml`);
      // A limit that is used up and a token that is wrong meet every question alike.
      return kind !== 'rate-limited' && status !== 401;
    }
  }

  return {
    get: (question) => kept.get(keyOf(question)),
    async ask(forge, questions) {
      const recent = [...kept.keys()].filter((key) => report.nowMs - askedMs(key) < AGAIN_MS).length;
      const due = questions
        .filter((question) => report.nowMs - askedMs(keyOf(question)) >= AGAIN_MS)
        .sort((a, b) => askedMs(keyOf(a)) - askedMs(keyOf(b)))
        .slice(0, Math.max(0, forge.perHour - recent));
      let mayGoOn = true;
      for (let at = 0; at < due.length && mayGoOn; at += LANES) {
        const lane = due.slice(at, at + LANES).map((question) => one(forge, question));
        mayGoOn = (await Promise.all(lane)).every(Boolean);
      }
    },
    async save(questions) {
      const wanted = new Set(questions.map(keyOf));
      const left = [...kept].filter(([key]) => wanted.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
      const text = `${JSON.stringify(Object.fromEntries(left), null, 1)}\n`;
      if (text !== before && (left.length > 0 || before !== null)) await records.write(name, text);
    },
  };
}

function readFile(text: string | null): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

import { z } from 'zod';
import { asSourceError } from '#sources/error.ts';
import type { Records } from '#sources/records.ts';
import { redactLine } from '#sources/redact.ts';
import type { Report } from '#sources/report.ts';
import type { ForgeId } from '#status/blocker.ts';
import { PROBLEMS, type ProblemKind } from '#status/problems.ts';
import { Instant } from '#status/scalars.ts';
import { iso } from '#status/time.ts';
import { type Forge, Item, keyOf, type Question } from './forge.ts';

/** The answers of a forge, kept so that it is asked at most hourly, and then only whether anything has changed. */

const HOUR_MS = 3_600_000;
// Two refreshes an hour do not come to the second.
const AGAIN_MS = HOUR_MS - 5 * 60_000;
const LANES = 4;

const Kind = z.custom<ProblemKind>((kind) => typeof kind === 'string' && Object.hasOwn(PROBLEMS, kind));
const Kept = z.object({
  askedAt: Instant.nullable().describe('When it was last answered; null: never'),
  etag: z.string().max(300).nullable(),
  items: z.array(Item),
  isCut: z.boolean().default(false),
  failed: z
    .object({ failedAt: Instant, kind: Kind, why: z.string() })
    .nullable()
    .default(null)
    .describe('Why the last try gave no answer'),
});
type Kept = z.infer<typeof Kept>;
const File = z.record(z.string(), Kept);

// They meet every question alike, and are over as soon as the forge is there again.
const GENERAL: readonly ProblemKind[] = ['rate-limited', 'unreachable', 'timeout'];

export interface Answers {
  get(question: Question): { askedAt: string; items: readonly Item[]; isCut: boolean } | undefined;
  /** Why the last try gave no answer, where it was about this question alone; null where it gave one. */
  failureOf(question: Question): { at: string; why: string } | null;
  /** Asks what is due, the longest unasked first, as long as the forge lets us. */
  ask(forge: Forge, questions: readonly Question[]): Promise<void>;
  /** Reports which of these failed, now or within the hour, and which list is longer than what was read of it. */
  tell(questions: readonly Question[]): void;
  /** Keeps what was answered to these questions, and forgets the rest. */
  save(questions: readonly Question[]): Promise<void>;
}

/** What is kept of a forge's answers; a damaged record counts as none. */
export async function openAnswers(records: Records, source: ForgeId, report: Report): Promise<Answers> {
  const name = `forges/${source}-etags.json`;
  const before = await records.read(name);
  const kept = new Map(Object.entries(readFile(before)));
  const now = iso(report.nowMs);
  const triedMs = (key: string) => {
    const { askedAt = null, failed = null } = kept.get(key) ?? {};
    return Math.max(...[askedAt, failed?.failedAt].map((at) => Date.parse(at ?? iso(0))));
  };

  /** Whether more may be asked. */
  async function one(forge: Forge, question: Question): Promise<boolean> {
    const key = keyOf(question);
    const known = kept.get(key);
    try {
      const told = await report.asked(source, forge.ask(question, known?.etag ?? null));
      if (told) kept.set(key, Kept.parse({ askedAt: now, ...told }));
      else if (known) kept.set(key, { ...known, askedAt: now, failed: null });
      return true;
    } catch (error) {
      const { kind, message, status } = asSourceError(error);
      const why = redactLine(`${message}; named in ${fileOf(question)}`);
      if (status === 401 || GENERAL.includes(kind)) report.problem(source, null, kind, why);
      else kept.set(key, { ...(known ?? NOTHING), failed: { failedAt: now, kind, why } });
      // A limit that is used up and a token that is wrong need no second try.
      return kind !== 'rate-limited' && status !== 401;
    }
  }

  return {
    get(question) {
      const { askedAt = null, items = [], isCut = false } = kept.get(keyOf(question)) ?? {};
      return askedAt === null ? undefined : { askedAt, items, isCut };
    },
    failureOf(question) {
      const { failed = null } = kept.get(keyOf(question)) ?? {};
      return failed && { at: failed.failedAt, why: failed.why };
    },
    async ask(forge, questions) {
      const recent = [...kept.keys()].filter((key) => report.nowMs - triedMs(key) < AGAIN_MS).length;
      const due = questions
        .filter((question) => report.nowMs - triedMs(keyOf(question)) >= AGAIN_MS)
        .sort((a, b) => triedMs(keyOf(a)) - triedMs(keyOf(b)))
        .slice(0, Math.max(0, forge.perHour - recent));
      let mayGoOn = true;
      for (let at = 0; at < due.length && mayGoOn; at += LANES) {
        const lane = due.slice(at, at + LANES).map((question) => one(forge, question));
        mayGoOn = (await Promise.all(lane)).every(Boolean);
      }
    },
    tell(questions) {
      for (const question of questions) {
        const { failed, isCut, items = [] } = kept.get(keyOf(question)) ?? {};
        if (failed) report.problem(source, null, failed.kind, failed.why);
        if (isCut) report.problem(source, null, 'too-large', cutText(question, items.length));
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

const NOTHING: Kept = { askedAt: null, etag: null, items: [], isCut: false, failed: null };

const cutText = (question: Question, count: number): string =>
  `only the ${count} ${question.about} of ${question.project} that changed last were read; named in ${fileOf(question)}`;

const fileOf = ({ file = 'content/blockers.yaml' }: Question): string => file;

function readFile(text: string | null): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

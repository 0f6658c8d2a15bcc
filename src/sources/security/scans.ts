import { asSourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { redact } from '#sources/redact.ts';
import type { Watched } from '#sources/registry/repository.ts';
import { inTurns } from '#sources/turns.ts';
import { ARCHES, type Arch } from '#status/arch.ts';
import { iso } from '#status/time.ts';
import type { Scan, Vulnerabilities } from '#status/vulnerability.ts';

/** The scan of every arch of every image on Quay, asked for once a day: what is found changes while the digest does not. */

const DAY_MS = 86_400_000;
const QUEUE_MS = 3_600_000;
const WIDTH = 32;
const GIVE_UP = 3;
/** Questions a refresh: the rest has its turn in the next ones, so that no refresh is long. */
const ROUND = 30;

/** Failures after which the next question will most likely fail too. */
const OUTAGE = new Set(['denied', 'server-error', 'rate-limited', 'timeout', 'unreachable']);

export type Scans = Pick<Vulnerabilities, 'scans' | 'scansWhy'>;

interface Question {
  one: Watched;
  arch: Arch;
  digest: string;
  known: Scan | null;
}

/** By target, for the images that are due; what was known stays where the scanner did not answer. */
export async function scanAll(context: Context, images: readonly Watched[]): Promise<ReadonlyMap<string, Scans>> {
  const due = images.filter((one) => context.isDue(one, 'quay'));
  const questions = due.filter(({ target }) => target.api !== null).flatMap((one) => questionsOf(one));
  const answers = new Map<Question, Scan>();
  let outages = 0;
  const work = async (question: Question) => {
    if (outages >= GIVE_UP) return;
    const answer = await ask(context, question);
    outages = answer.isOutage ? outages + 1 : 0;
    answers.set(question, answer.scan);
  };
  // One arch of every image after the other: what fails in a row then fails for many images.
  const waiting = questions
    .filter(isOpen(context))
    .toSorted((a, b) => ARCHES.indexOf(a.arch) - ARCHES.indexOf(b.arch))
    .toSorted((a, b) => askedAt(a.known).localeCompare(askedAt(b.known)));
  const open = waiting.slice(0, ROUND).values();
  const late = new Set(waiting.slice(ROUND));
  // Alone until there is an answer, so that a scanner that is down is not asked by all at a time.
  do {
    const { value } = open.next();
    if (!value) break;
    await work(value);
  } while (outages > 0 && outages < GIVE_UP);
  await inTurns([...open], WIDTH, work);
  const scansOf = (one: Watched) =>
    questions
      .filter((question) => question.one === one)
      .map(
        (question) =>
          answers.get(question) ??
          question.known ??
          unanswered(question, late.has(question) ? 'it waits for its turn' : 'the scanner did not answer'),
      );
  return new Map(
    due.map((one) => {
      const scansWhy = one.target.api === null ? 'The registry of this image has no scanner that can be asked.' : null;
      return [one.target.id, { scans: scansWhy ? [] : scansOf(one), scansWhy }];
    }),
  );
}

function questionsOf(one: Watched): Question[] {
  const { arches, vulnerabilities } = one.evidence;
  return arches.flatMap(({ arch, digest }) => {
    if (digest === null) return [];
    const known = vulnerabilities?.scans.find((scan) => scan.arch === arch && scan.digest === digest) ?? null;
    return [{ one, arch, digest, known }];
  });
}

function isOpen({ nowMs }: Context): (question: Question) => boolean {
  return ({ one, known }) => {
    // The same API that has just failed is not worth asking.
    const { by, at } = one.evidence.lastPoll ?? { by: null, at: null };
    if (by?.quay?.at === at && by?.quay?.outcome === 'failed') return false;
    if (!known || askedAt(known) === '') return true;
    return nowMs - Date.parse(askedAt(known)) >= (known.state === 'queued' ? QUEUE_MS : DAY_MS);
  };
}

/** When the scanner last had its say, in vain or not; empty where it never had. */
function askedAt(known: Scan | null): string {
  return [known?.checkedAt ?? '', known?.triedAt ?? ''].toSorted().at(-1) ?? '';
}

async function ask(context: Context, question: Question): Promise<{ scan: Scan; isOutage: boolean }> {
  const { clients, report, nowMs } = context;
  const { one, arch, digest, known } = question;
  try {
    const scanned = await report.asked('quay', clients.scanner(one.target.repository, digest));
    return { scan: { arch, digest, ...scanned, checkedAt: iso(nowMs), triedAt: null, why: null }, isOutage: false };
  } catch (error) {
    const { kind, message } = asSourceError(error);
    report.problem('quay', one.target.id, kind, `scan of ${arch}: ${message}`);
    const isOutage = OUTAGE.has(kind);
    // What will answer the same again is asked again tomorrow only.
    const triedAt = isOutage ? (known?.triedAt ?? null) : iso(nowMs);
    return { scan: { ...(known ?? unanswered(question, message)), triedAt }, isOutage };
  }
}

function unanswered({ arch, digest }: Question, why: string): Scan {
  return {
    ...{ arch, digest, why: redact(why).slice(0, 2_000) },
    ...{ state: null, counts: null, components: null, findings: [], checkedAt: null, triedAt: null },
  };
}

import { judge } from '#lab/judge.ts';
import type { Lab } from '#lab/model.ts';
import type { Ended } from '#lab/shell.ts';
import { setUp } from '#lab/trial.ts';
import { HOME, openPractice, type Practice } from './open.ts';
import { faultOf } from './proof.ts';
import type { Answer, Ask, Deed, LabStart, Shown } from './protocol.ts';
import { textsIn } from './texts.ts';
import { viewOf } from './view.ts';

/** One lab being done: answers what the page asks, one thing at a time. */

/** Lines of an earlier visit that are shown again. */
const SHOWN_AGAIN = 30;
/** The page watches the time, and forgets the deed that it ends: what a clock cut off could not be done again alike. */
const UNWATCHED_MS = 3_600_000;
const NOTHING: Ended = { stdout: '', stderr: '', exitCode: 0 };

interface Open {
  lab: Lab;
  practice: Practice;
  /** Does the next deed. */
  act: (deed: Deed) => Promise<Ended>;
}

/** Gives what answers; it rejects with a sentence where it cannot. `begins` is told the number of each deed before it is done. */
export function session(begins: (deed: number) => void = () => {}): (ask: Ask) => Promise<Answer> {
  let open: Open | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const next = last.then(async () => {
      if (ask.kind === 'open') {
        const { answer, ...opened } = await opening(ask.start, ask.deeds, begins);
        open = opened;
        return answer;
      }
      if (!open) throw new Error('The practice shell is not open yet.');
      return answered(ask, open);
    });
    last = next.catch(() => undefined);
    return next;
  };
}

async function opening(
  { lab, world }: LabStart,
  deeds: readonly Deed[],
  begins: (deed: number) => void,
): Promise<Open & { answer: Answer }> {
  const beganMs = performance.now();
  const practice = await openPractice(world, lab, UNWATCHED_MS);
  await setUp(lab, practice);
  let count = 0;
  const act = (deed: Deed) => {
    begins(++count);
    return done(deed, practice);
  };
  const ran: Shown[] = [];
  for (const deed of deeds) {
    const cwd = practice.cwd();
    const ended = await act(deed);
    if (deed.kind === 'run') ran.push({ line: deed.line, cwd: shortened(cwd), ended });
  }
  const ms = performance.now() - beganMs;
  const answer = {
    ...{ kind: 'opened' as const, ms, nowMs: practice.nowMs(), cwd: shortened(practice.cwd()) },
    ran: ran.slice(-SHOWN_AGAIN),
  };
  return { lab, practice, act, answer };
}

async function answered(ask: Exclude<Ask, { kind: 'open' }>, { lab, practice, act }: Open): Promise<Answer> {
  switch (ask.kind) {
    case 'deed': {
      const ended = await act(ask.deed);
      return { kind: 'ended', ended, cwd: shortened(practice.cwd()), nowMs: practice.nowMs() };
    }
    case 'judge': {
      const step = lab.steps.find(({ id }) => id === ask.step);
      if (!step) throw new Error(`This lab has no step "${ask.step}".`);
      return { kind: 'verdict', verdict: await judge(step, practice, ask.answer) };
    }
    case 'read':
      return { kind: 'text', text: await practice.readFile(ask.path) };
    case 'files':
      return { kind: 'files', paths: await textsIn(practice, Object.keys(lab.files)) };
    case 'proof':
      return { kind: 'proof', fault: faultOf(ask.path, ask.text) };
    case 'view':
      return { kind: 'view', view: await viewOf(practice, lab) };
  }
}

async function done(deed: Deed, practice: Practice): Promise<Ended> {
  if (deed.kind === 'run') return practice.run(deed.line);
  if (deed.kind === 'write') await practice.writeFile(deed.path, deed.text);
  else await practice.pass(deed.ms);
  return NOTHING;
}

const shortened = (cwd: string): string =>
  cwd === HOME || cwd.startsWith(`${HOME}/`) ? `~${cwd.slice(HOME.length)}` : cwd;

import { judge, type Verdict } from './judge.ts';
import type { Lab, LabStep } from './model.ts';
import type { Ended, Shell } from './shell.ts';

/** A lab from its start to its end: what must fail fails, what must pass passes, and what was printed on the way. */

export interface Ran extends Ended {
  command: string;
}

export interface Attempt {
  step: string;
  /** `start`, `solution`, or `wrong:` and the id of the mistake. */
  what: string;
  ran: Ran[];
  verdict: Verdict;
  /** What is not as it must be; null when all is well. */
  fault: string | null;
}

/** A shell at the start of a lab, its setup not yet run. */
export type Open = () => Promise<Shell & { close?: () => Promise<void> }>;

interface Deed {
  run?: string | undefined;
  files?: Record<string, string> | undefined;
}

/** Runs the setup; throws where it does not end well. */
export async function setUp(lab: Lab, shell: Shell): Promise<void> {
  for (const [path, text] of Object.entries(lab.files)) await shell.writeFile(path, text);
  for (const command of lab.setup) {
    const { exitCode, stderr } = await shell.run(command);
    if (exitCode !== 0)
      throw new Error(`Lab ${lab.id}: its setup ended with ${exitCode}: ${command.trim()}\n${stderr.trim()}`);
  }
}

/** Every step: it fails before its solution, each mistake gets its own reason, the solution passes. */
export async function tried(lab: Lab, open: Open): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const main = await started(lab, open, []);
  try {
    for (const [at, step] of lab.steps.entries()) {
      const looked = await lookedAround(step, main);
      const start = await judge(step, main, '');
      const early = start.done
        ? 'it is done before anything was done'
        : (unrunnable(start) ?? (await unseen(step, main)));
      attempts.push({ step: step.id, what: 'start', ran: looked, verdict: start, fault: early });
      for (const mistake of step.wrong) {
        const aside = await started(lab, open, lab.steps.slice(0, at));
        try {
          const ran = await done(mistake, aside);
          const verdict = await judge(step, aside, mistake.answer ?? '');
          const fault = verdict.done
            ? 'this mistake passes'
            : verdict.wrong === mistake.id
              ? null
              : `it was answered as ${verdict.wrong ?? 'no known mistake'}: ${verdict.because}`;
          attempts.push({ step: step.id, what: `wrong:${mistake.id}`, ran, verdict, fault });
        } finally {
          await aside.close?.();
        }
      }
      const ran = await done(step.solution, main);
      const verdict = await judge(step, main, step.solution.answer ?? '');
      attempts.push({
        ...{ step: step.id, what: 'solution', ran, verdict },
        fault: verdict.done ? null : `the solution does not pass: ${verdict.because} ${verdict.said}`.trim(),
      });
      if (!verdict.done) break;
    }
  } finally {
    await main.close?.();
  }
  return attempts;
}

async function started(lab: Lab, open: Open, solved: readonly LabStep[]): Promise<Awaited<ReturnType<Open>>> {
  const shell = await open();
  await setUp(lab, shell);
  for (const step of solved) await done(step.solution, shell);
  return shell;
}

async function lookedAround(step: LabStep, shell: Shell): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const command of step.try) ran.push({ command, ...(await shell.run(command)) });
  return ran;
}

async function done({ files = {}, run }: Deed, shell: Shell): Promise<Ran[]> {
  for (const [path, text] of Object.entries(files)) await shell.writeFile(path, text);
  return run === undefined ? [] : [{ command: run, ...(await shell.run(run)) }];
}

/** The editor shows no file that is not there. */
const unseen = async ({ file }: LabStep, shell: Shell): Promise<string | null> =>
  file === undefined || (await shell.readFile(file)) !== null ? null : `the file that it opens is not there: ${file}`;

/** A condition that cannot be run is no condition that is not true. */
const unrunnable = ({ said }: Verdict): string | null =>
  /command not found|syntax error|not simulated/.test(said) ? `its check cannot be run: ${said.trim()}` : null;

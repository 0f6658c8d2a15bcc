import type { LabStep } from './model.ts';
import type { Shell } from './shell.ts';

/** Whether a step is done, and why not yet. */

export interface Verdict {
  done: boolean;
  /** Why it is not done; empty when it is. */
  because: string;
  /** The mistake that was recognised. */
  wrong: string | null;
  /** What the condition said on its error stream: for authors, a condition that cannot be run says so here. */
  said: string;
}

/** Characters of a condition's output that a sentence quotes. */
const QUOTED = 200;

/** Looks at the files, the world and the answer; changes nothing that the reader would notice. */
export async function judge(step: LabStep, shell: Shell, answer: string): Promise<Verdict> {
  const given = answer.trim();
  if (step.ask && given === '') return { done: false, because: 'The question is not answered.', wrong: null, said: '' };
  const env = { ANSWER: given };
  for (const { if: condition, because } of step.check) {
    const ended = await shell.ask(condition, env);
    if (ended.exitCode === 0) continue;
    for (const wrong of step.wrong) {
      const seen =
        wrong.if === undefined
          ? { exitCode: isAnswer(wrong.answer, given) ? 0 : 1, stdout: '' }
          : await shell.ask(wrong.if, env);
      if (seen.exitCode === 0)
        return { done: false, because: filled(wrong.because, seen.stdout), wrong: wrong.id, said: ended.stderr };
    }
    return { done: false, because: filled(because, ended.stdout), wrong: null, said: ended.stderr };
  }
  return { done: true, because: '', wrong: null, said: '' };
}

const isAnswer = (expected: string | undefined, given: string): boolean =>
  expected !== undefined && expected.trim().toLowerCase() === given.toLowerCase();

function filled(because: string, output: string): string {
  const text = output.trim().replace(/\s+/g, ' ');
  return because.replaceAll('{output}', text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text || 'nothing');
}

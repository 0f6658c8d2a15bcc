import type { Attempt, Ran } from '#lab/trial.ts';

/** What a lab printed when it was run from start to end, for readers without a script. */

/** Lines of an output that a page shows. */
export const MOST_LINES = 60;
const MOST_CHARACTERS = 8_000;

export interface Printed {
  command: string;
  /** Both streams, stdout first; cut after so many lines. */
  output: string;
  /** Lines that were left out. */
  more: number;
  exitCode: number;
}

/** By step: what its commands to look around printed, and what its solution did. */
export type Captured = Record<string, { looked: Printed[]; solved: Printed[] }>;

export function captured(attempts: readonly Attempt[]): Captured {
  const of = (step: string, what: string) =>
    attempts.filter((one) => one.step === step && one.what === what).flatMap(({ ran }) => ran.map(printed));
  return Object.fromEntries(
    [...new Set(attempts.map(({ step }) => step))].map((step) => [
      step,
      { looked: of(step, 'start'), solved: of(step, 'solution') },
    ]),
  );
}

function printed({ command, stdout, stderr, exitCode }: Ran): Printed {
  const lines = `${stdout}${stdout && !stdout.endsWith('\n') && stderr ? '\n' : ''}${stderr}`.trimEnd().split('\n');
  const kept = lines.slice(0, MOST_LINES);
  return {
    command: command.trim(),
    output: kept.join('\n').slice(0, MOST_CHARACTERS),
    more: lines.length - kept.length,
    exitCode,
  };
}

import type { Step } from '#runbook/model.ts';
import { type Difference, differenceOf } from './elide.ts';
import type { Outcome } from './scene.ts';

/** Whether a command did what its runbook says, and if not, why that may be. */

export interface Fault {
  /** What is wrong, a line each. */
  says: string[];
  /** What to do about it; may be empty. */
  hints: string[];
}

interface Expected {
  exit: number;
  output?: string | undefined;
}

/** Null when all is as expected. */
export function faultOf(outcome: Outcome, { exit, output }: Expected): Fault | null {
  const hints = hintsFor(outcome);
  const refused = [...new Set(outcome.asked.filter((one) => one.isRefused).map(({ host }) => host))];
  if (refused.length > 0)
    return {
      says: refused.map((host) => `It asked ${host}, which is not among needs.hosts, so nobody answered.`),
      hints: [`Add the host to needs.hosts, if the runbook is to reach it.`],
    };
  if (outcome.code !== exit)
    return {
      says: [`It ended with code ${outcome.code}; ${exit} is expected.`],
      hints: [...hints, ...exitHints(exit)],
    };
  const difference = output === undefined ? null : differenceOf(output, outcome.output);
  return difference ? { says: differenceLines(difference), hints } : null;
}

function differenceLines({ line, expected, printed }: Difference): string[] {
  return [
    `Its output differs at line ${line} of what is expected:`,
    `  expected  ${expected === null ? '(the end)' : expected}`,
    `  printed   ${printed === null ? '(nothing more)' : printed}`,
  ];
}

const exitHints = (exit: number): string[] => (exit === 0 ? [] : ['The runbook writes this code under expect.exit.']);

/** What the output and the requests tell of the cause. */
function hintsFor({ code, output, asked }: Outcome): string[] {
  const hints: string[] = [];
  const [, absent] =
    /: line \d+: ([\w.-]+): command not found/.exec(output) ?? /: ([\w.-]+): not found/.exec(output) ?? [];
  if (absent) hints.push(`${absent} is not there: name it under needs.tools, or do without it.`);
  const [, unset] = /: (\w+): unbound variable/.exec(output) ?? [];
  if (unset) hints.push(`$${unset} is not set: free text needs its variable among the runbook's variables.`);
  if (code === 124)
    hints.push('It did not come to an end within 60 seconds: nothing may wait for a person, or for ever.');
  const stray = asked.find(({ url }) => /\/namespaces\/default(\/|$)/.test(new URL(url, 'https://none').pathname));
  if (stray) hints.push('It asked the namespace "default": a kubectl command forgot its -n.');
  const [, kind] = /doesn't have a resource type ['"]([^'"]+)['"]/.exec(output) ?? [];
  if (kind)
    hints.push(`The pretend cluster has no kind "${kind}": look at its spelling, or add it in src/sim/kube/kinds/.`);
  const unknown = asked.filter(({ status }) => status === 501);
  if (unknown.length > 0)
    hints.push(
      `The pretend services do not know ${unknown.map(({ method, url }) => `${method} ${url}`).join(', ')}: write it another way, or let src/sim/ learn it.`,
    );
  if (asked.some(({ status }) => status === 401)) hints.push('A service answered 401: it knows nobody by that token.');
  if (/\(Forbidden\)|is forbidden/.test(output))
    hints.push('The role may not do that: raise needs.role, or the role of the test.');
  if (/\(NotFound\)|not found|No resources found/.test(output) && hints.length === 0)
    hints.push('The world has no such thing: fill in a name under tests.values, or add the object under tests.given.');
  return hints;
}

/** What a step expects of one of its commands. */
export function expectedOf(step: Step, part: 'run' | 'verify' | 'undo'): Expected {
  if (part === 'run') return step.expect;
  if (part === 'verify') return { exit: 0, output: step.verify?.output };
  return { exit: 0, output: step.undo && 'output' in step.undo ? step.undo.output : undefined };
}

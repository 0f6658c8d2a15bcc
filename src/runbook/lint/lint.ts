import { commandsOf, type Fault } from '../catalog.ts';
import type { Runbook } from '../model.ts';
import type { Variables } from '../variable.ts';
import type { Part, Rule, Scene } from './rule.ts';
import { RULES } from './rules/index.ts';
import type { Shell } from './shell.ts';

/** What is unsafe, unclear or not portable in the commands of a runbook. */

export interface Finding extends Fault {
  /** Of the rule; a file of that name is in rules/. */
  rule: string;
  reason: string;
  remedy: string;
}

/** Every finding, in the order of the rules; `message` has the reason, the remedy and the rule. Drafts are judged too. */
export function lint(runbook: Runbook, variables: Variables, shell: Shell): Finding[] {
  const scene = { runbook, variables, parts: partsOf(runbook, shell) };
  return RULES.flatMap((rule) => findingsOf(rule, scene));
}

const findingsOf = ({ id, remedy, check }: Rule, scene: Scene): Finding[] =>
  check(scene).map((fault) => ({
    ...fault,
    rule: id,
    reason: fault.message,
    remedy,
    message: `${fault.message}. ${remedy} (rule ${id})`,
  }));

const partsOf = (runbook: Runbook, shell: Shell): Part[] =>
  runbook.steps.flatMap((step, at) =>
    commandsOf(step).map(({ part, text }) => ({
      step,
      part,
      path: ['steps', at, ...(part === 'run' ? ['run'] : [part, 'run'])],
      text,
      script: shell.read(text),
    })),
  );

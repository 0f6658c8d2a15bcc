import { commandsOf, variablesOf } from './catalog.ts';
import { type Choices, type Field, fieldOf } from './field.ts';
import { hashOf } from './hash.ts';
import { RISKS, type Risk, type Runbook, type Step } from './model.ts';
import type { RecordOfRuns } from './record.ts';
import { type CommandRun, commandRun, ranWith, runbookRun, runText, timeText } from './text/ran.ts';
import type { Variables } from './variable.ts';

/** A runbook as its page shows it: what is known of each command beside it. */

/** `STEP.run`, `STEP.verify` or `STEP.undo`: how a page names a command. */
export type CommandKey = string;

export interface CommandView {
  key: CommandKey;
  text: string;
  /** Variables that must be fit before it is copied. */
  uses: string[];
  run: CommandRun;
}

export interface RunbookView {
  runbook: Runbook;
  fields: Field[];
  commands: ReadonlyMap<CommandKey, CommandView>;
  /** When and against what its commands were last run, and how many of them. */
  lastRun: string[];
  /** On what and with which clients; null where they were not run. */
  ranWith: string | null;
  /** The same in a few words. */
  state: string;
  /** How long its commands take where they are run; null where nothing was measured. */
  time: string | null;
  worst: Risk;
}

export async function viewOf(
  runbook: Runbook,
  record: RecordOfRuns | null,
  variables: Variables,
  choices: Choices = {},
): Promise<RunbookView> {
  const rows = record?.runbooks[runbook.id] ?? [];
  const isDraft = runbook.status === 'draft';
  const known = isDraft ? null : record;
  const commands = await Promise.all(
    runbook.steps.flatMap((step) =>
      commandsOf(step).map(async ({ part, text }): Promise<CommandView> => {
        const own = rows.filter((row) => row.step === step.id && row.part === part);
        const run = commandRun(isDraft ? [] : own, await hashOf(text), known);
        return { key: `${step.id}.${part}`, text, uses: usesOf(step, text, variables), run };
      }),
    ),
  );
  const runs = commands.map(({ run }) => run);
  return {
    runbook,
    fields: fieldsOf(runbook, variables, choices),
    commands: new Map(commands.map((command) => [command.key, command])),
    lastRun: runbookRun(runs, rows, known, isDraft),
    ranWith: isDraft ? null : ranWith(rows, record),
    state: runText(runs, known, isDraft),
    time: timeText(runs),
    worst: worstOf(runbook.steps),
  };
}

/** Variables of one command, free texts that it reads among them. */
const usesOf = (step: Step, run: string, variables: Variables): string[] =>
  variablesOf({ ...step, run, verify: undefined, undo: undefined, ...NO_WORDS }, variables);

const NO_WORDS = { open: undefined, do: undefined, text: undefined, expect: { exit: 0 } };

function fieldsOf(runbook: Runbook, variables: Variables, choices: Choices): Field[] {
  return runbook.variables.flatMap((name) => {
    const variable = variables[name];
    return variable ? [fieldOf(name, variable, runbook.optional.includes(name), choices)] : [];
  });
}

/** The worst that any of the steps does. */
export function worstOf(steps: readonly Step[]): Risk {
  return RISKS.findLast((risk) => steps.some((step) => step.risk === risk)) ?? 'read';
}

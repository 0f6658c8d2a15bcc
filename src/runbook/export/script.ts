import type { Step } from '../model.ts';
import { envName } from '../value.ts';
import {
  addressWith,
  type Filled,
  filledCommand,
  filledProse,
  fitValues,
  freeNames,
  missingNames,
  RISK_WORDS,
} from './filled.ts';
import { quoted } from './quote.ts';

/** The whole runbook as one bash script, all in a function that a subshell runs: a paste cannot stop half-way or close a terminal. */
export function script(filled: Filled): string {
  const { runbook, note } = filled;
  const steps = runbook.steps.map((step, at) => stepOf(step, at + 1, filled));
  const hasQuestions = runbook.steps.some(asks);
  return `${[
    '#!/usr/bin/env bash',
    comment([note ?? '', runbook.title, addressWith(filled), '', runbook.summary].join('\n').trimStart()),
    comment(
      'Read it first. It stops at the first command that fails, and asks before each step that changes something.',
    ),
    ...(hasQuestions ? [CONFIRM] : []),
    `runbook() (\n${[opening(filled), ...steps].join('\n\n')}\n)`,
    'runbook "$@"',
  ].join('\n\n')}\n`;
}

const CONFIRM = `confirm() {
  printf '%s\\nType yes to go on: ' "$1" >/dev/tty
  local answer
  read -r answer </dev/tty
  [ "$answer" = yes ] || { echo 'Stopped.' >&2; return 1; }
}`;

const asks = ({ risk, run }: Step): boolean => risk !== 'read' || run === undefined;

/** What must be known before the first command. */
function opening(filled: Filled): string {
  const fit = fitValues(filled);
  const free = freeNames(filled);
  const exports = free.flatMap((name) =>
    fit[name] === undefined ? [] : [`export ${envName(name)}=${quoted(fit[name])}`],
  );
  const empty = free.filter((name) => fit[name] === undefined && filled.runbook.optional.includes(name));
  const missing = missingNames(filled);
  return [
    'set -euo pipefail',
    ...exports,
    ...empty.map((name) => `export ${envName(name)}=''`),
    ...missing.filter((name) => free.includes(name)).map((name) => guard(envName(name), labelOf(name, filled))),
    ...missing.filter((name) => !free.includes(name)).map((name) => stop(labelOf(name, filled))),
    ...(filled.runbook.steps.some(isCloned) ? [guard('CLONE', 'the folder of your clone of the repository')] : []),
  ].join('\n');
}

const labelOf = (name: string, { variables }: Filled): string => variables[name]?.label ?? name;

const isCloned = ({ where, run }: Step): boolean => where === 'clone' && run !== undefined;

const guard = (name: string, what: string): string =>
  `: "\${${name}:?Set ${name}: ${what.replaceAll(/["$`\\}]/g, '')}}"`;

const stop = (what: string): string =>
  `{ printf '%s\\n' ${quoted(`Fill this in on the page first: ${what}.`)} >&2; exit 1; }`;

function stepOf(step: Step, number: number, filled: Filled): string {
  const prose = (text: string) => filledProse(text, filled);
  const heading = `${number}. ${prose(step.title)} (${RISK_WORDS[step.risk]})`;
  const byHand = step.do === undefined ? [] : [prose(step.do), ...(step.open ? [prose(step.open)] : [])];
  return [
    comment([heading, ...(step.text ? [prose(step.text)] : []), ...branchesOf(step, filled)].join('\n')),
    `printf '\\n%s\\n' ${quoted(heading)}`,
    ...(byHand.length > 0 ? [`printf '%s\\n' ${quoted(byHand.join('\n'))}`] : []),
    ...(asks(step)
      ? [`confirm ${quoted(step.run === undefined ? 'Have you done it?' : `This ${RISK_WORDS[step.risk]}.`)}`]
      : []),
    ...(step.run === undefined ? [] : [group(step.run, step, filled, step.expect.exit)]),
    ...verifyOf(step, filled),
    ...undoOf(step, filled),
  ].join('\n');
}

const branchesOf = ({ branches }: Step, filled: Filled): string[] =>
  branches.map(
    (one) =>
      `If the output has ${filledProse(one.if, filled)}: ${filledProse(one.says, filled)} (${one.step === undefined ? `runbook ${one.runbook}` : `step ${one.step}`})`,
  );

/** Commands of their own: what they set and where they go stays with them. `exit`: with what they end when all is well. */
function group(text: string, step: Step, filled: Filled, exit = 0): string {
  const place = isCloned(step) ? 'cd "$CLONE"\n' : '';
  const commands = `(\n${place}${filledCommand(text, filled)}\n)`;
  return exit === 0
    ? commands
    : `set +e\n${commands.replace('(\n', '(\nset -e\n')}\n[ $? -eq ${exit} ] || exit 1\nset -e`;
}

function verifyOf(step: Step, filled: Filled): string[] {
  if (!step.verify) return [];
  const { run, output, within } = step.verify;
  const when = within === undefined ? 'You should see' : `Within ${within} you should see`;
  return [
    `printf '%s\\n' ${quoted(`${when} (... and [..] stand for anything):\n${filledProse(output, filled)}`)}`,
    group(run, step, filled),
  ];
}

function undoOf({ undo }: Step, filled: Filled): string[] {
  if (!undo) return [];
  return [
    comment('run' in undo ? `To take it back:\n${filledCommand(undo.run, filled)}` : `Cannot be undone: ${undo.none}`),
  ];
}

const comment = (text: string): string =>
  text
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');

import type { Asked } from './proxy.ts';
import type { Result } from './session.ts';
import type { Attempt } from './trial.ts';

/** What a run tells its reader. */

/** Whether a test came to its end without a fault. */
export function isGood({ broken, trial }: Result): boolean {
  return broken === null && trial.attempts.every(({ fault }) => fault === null);
}

/** What went wrong, a row for each test that failed. */
export function faultsOf(
  results: readonly Result[],
): { runbook: string; test: number; step: string | null; says: string }[] {
  return results
    .filter((result) => !isGood(result))
    .map(({ runbook, test, broken, trial }) => {
      const failed = trial.attempts.find(({ fault }) => fault);
      return {
        ...{ runbook: runbook.id, test, step: failed?.step ?? null },
        says: broken ?? failed?.fault?.says.join('\n') ?? '',
      };
    });
}

/** One line for a test that went well; for another all that helps to mend it. */
export function resultText(result: Result, isVerbose: boolean): string {
  const { runbook, trial, broken, ms, folder } = result;
  const file = `content/runbooks/${runbook.id}.yaml`;
  const name = runbook.tests.length > 1 ? `${runbook.id} (test ${result.test})` : runbook.id;
  const lines: string[] = [];
  if (isVerbose) lines.push(...trial.attempts.flatMap(attemptLines));
  if (broken !== null) lines.push(`FAILED  ${name}`, `  ${file}: ${broken.replaceAll('\n', '\n  ')}`);
  const failed = trial.attempts.find(({ fault }) => fault);
  if (failed)
    lines.push(`FAILED  ${name}, in the world ${result.world} as ${result.role}`, ...failureLines(failed, file));
  if (broken === null && !failed) {
    const seconds = (ms / 1_000).toFixed(1);
    const hand = trial.byHand.length > 0 ? `, by hand: ${trial.byHand.join(', ')}` : '';
    lines.push(`ran     ${name}: ${count(trial.ran.length, 'command')} in ${seconds} s${hand}`);
  }
  lines.push(...trial.unrun.map((row) => `  not run: ${row}`), ...trial.notes.map((note) => `  note: ${note}`));
  if (folder) lines.push(`  kept in ${folder}`);
  return lines.join('\n');
}

function failureLines({ step, part, command, outcome, fault }: Attempt, file: string): string[] {
  if (!fault) return [];
  const [last = '', ...before] = fault.hints.toReversed();
  return [
    `  ${file}, step "${step}", ${part}:`,
    ...indented(command.trimEnd(), '  $ '),
    ...fault.says.map((line) => `  ${line}`),
    ...(outcome ? ['  All that it printed:', ...indented(clipped(outcome.output) || '(nothing)', '  | ')] : []),
    ...(outcome && outcome.asked.length > 0 ? ['  What it asked:', ...outcome.asked.map(askedLine)] : []),
    ...[...before.toReversed(), last].filter(Boolean).map((hint) => `  → ${hint}`),
  ];
}

function attemptLines({ step, part, command, outcome, fault }: Attempt): string[] {
  return [
    `  ${fault ? '✗' : '✓'} step "${step}", ${part}${outcome ? `: code ${outcome.code}, ${outcome.ms} ms` : ': not run'}`,
    ...indented(command.trimEnd(), '    $ '),
    ...(outcome ? indented(outcome.output.trimEnd(), '    | ') : []),
    ...(outcome ? outcome.asked.map((asked) => `  ${askedLine(asked)}`) : []),
  ];
}

const askedLine = ({ method, url, status, isRefused }: Asked): string =>
  `    ${method} ${url}  ${isRefused ? 'refused' : status}`;

function indented(text: string, mark: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => mark + line);
}

const MOST_LINES = 60;

function clipped(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= MOST_LINES) return lines.join('\n');
  return [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} more lines; --verbose shows all`].join('\n');
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/** The last line: counts of runbooks and commands. */
export function summary(results: readonly Result[], drafts: number): string {
  const good = results.filter(isGood);
  const commands = good.flatMap(({ trial }) => trial.ran);
  const of = (client: string) => commands.filter((ran) => ran.client === client).length;
  const failed = results.length - good.length;
  return [
    `${count(good.length, 'test')} of runbooks went as written, ${failed} did not`,
    `${count(commands.length, 'command')}: ${of('real')} with real clients, ${of('double')} with doubles, ${of('checked')} not run`,
    ...(drafts > 0 ? [`${count(drafts, 'draft')} left out`] : []),
  ].join('; ');
}

import type { Runbook, Step } from '../model.ts';
import { envName } from '../value.ts';
import { addressWith, type Filled, filledCommand, filledProse, fitValues, freeNames, RISK_WORDS } from './filled.ts';
import { quoted } from './quote.ts';

/** The runbook as Markdown with its values. */
export function markdown(filled: Filled): string {
  const { runbook, note } = filled;
  const paragraphs = [
    `# ${runbook.title}`,
    ...(note === undefined ? [] : [`> ${note}`]),
    `From <${addressWith(filled)}>`,
    runbook.summary,
    `**What is at stake:** ${runbook.impact}`,
    ...(runbook.status === 'draft' ? ['**A draft:** its commands were never executed.'] : []),
    needs(runbook),
    ...(runbook.before ? [filledProse(runbook.before, filled)] : []),
    ...exportsOf(filled),
    ...runbook.steps.flatMap((step, at) => stepMarkdown(step, at + 1, filled)),
    ...(runbook.unverified.length > 0 ? [`## Not known for sure\n\n${bullets(runbook.unverified)}`] : []),
    `## When it does not help\n\n${runbook.escalate.when} Ask: ${runbook.escalate.owner}.`,
  ];
  return `${paragraphs.join('\n\n').trimEnd()}\n`;
}

/** One step with its heading, commands and what they print, as paragraphs. */
export function stepMarkdown(step: Step, number: number, filled: Filled): string[] {
  const prose = (text: string) => filledProse(text, filled);
  return [
    `## ${number}. ${prose(step.title)}`,
    `*${RISK_WORDS[step.risk]}*`,
    ...(step.text ? [prose(step.text)] : []),
    ...(step.do ? [prose(step.do)] : []),
    ...(step.open ? [`<${prose(step.open)}>`] : []),
    ...(step.run ? [fence('bash', filledCommand(step.run, filled))] : []),
    ...(step.expect.output ? ['It prints:', fence('text', prose(step.expect.output))] : []),
    ...branchesOf(step, filled),
    ...verifyOf(step, filled),
    ...undoOf(step, filled),
  ];
}

function needs({ needs: { role, tools, hosts, other } }: Runbook): string {
  const rows = [
    ...(role === 'none' ? [] : [`On the cluster: the role ${role}`]),
    ...Object.entries(tools).map(([tool, version]) => (version === 'any' ? tool : `${tool} ${version}`)),
    ...hosts.map((host) => `A way to ${host}`),
    ...other,
  ];
  return rows.length === 0 ? '' : `## What you need\n\n${bullets(rows)}`;
}

function exportsOf(filled: Filled): string[] {
  const fit = fitValues(filled);
  const rows = freeNames(filled).flatMap((name) =>
    fit[name] === undefined ? [] : [`export ${envName(name)}=${quoted(fit[name])}`],
  );
  return rows.length === 0 ? [] : ['First, once:', fence('bash', rows.join('\n'))];
}

const branchesOf = ({ branches }: Step, filled: Filled): string[] =>
  branches.length === 0
    ? []
    : [
        bullets(
          branches.map(
            (one) =>
              `If the output has ${code(filledProse(one.if, filled))}: ${filledProse(one.says, filled)} Go on with ${one.step === undefined ? `the runbook ${one.runbook}` : `the step ${one.step}`}.`,
          ),
        ),
      ];

function verifyOf({ verify }: Step, filled: Filled): string[] {
  if (!verify) return [];
  const when = verify.within === undefined ? 'Then this' : `Within ${verify.within} this`;
  return [
    `${when} shows that it has worked:`,
    fence('bash', filledCommand(verify.run, filled)),
    fence('text', filledProse(verify.output, filled)),
  ];
}

function undoOf({ undo }: Step, filled: Filled): string[] {
  if (!undo) return [];
  return 'run' in undo
    ? ['To take it back:', fence('bash', filledCommand(undo.run, filled))]
    : [`Cannot be undone: ${undo.none}`];
}

const bullets = (rows: readonly string[]): string => rows.map((row) => `- ${row}`).join('\n');

/** Longer than any row of backticks in the text. */
const ticks = (text: string, least: number): string =>
  '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([found]) => found.length + 1)));

const code = (text: string): string => `${ticks(text, 1)}${text}${ticks(text, 1)}`;

const fence = (language: string, text: string): string =>
  `${ticks(text, 3)}${language}\n${text.trimEnd()}\n${ticks(text, 3)}`;

import { hashOf } from '#runbook/hash.ts';
import type { Finding } from './finding.ts';
import { oneLine } from './line.ts';

/** Findings as a person reads them, and as the two forges do. */

export const FORMATS = ['terminal', 'code-quality', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** The findings in the order of files and lines. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line || (a.column ?? 0) - (b.column ?? 0),
  );
}

/** The text of a report. */
export async function reportAs(format: Format, findings: readonly Finding[]): Promise<string> {
  const sorted = inOrder(findings);
  if (format === 'code-quality') return `${JSON.stringify(await codeQuality(sorted), null, 1)}\n`;
  return sorted.map(format === 'github' ? annotation : line).join('');
}

/** How many there are of each weight, in words. */
export function countText(findings: readonly Finding[]): string {
  const blocking = findings.filter(({ weight }) => weight === 'blocks').length;
  const rest = findings.length - blocking;
  return `${blocking} to mend, ${rest === 1 ? '1 suggestion' : `${rest} suggestions`}`;
}

// What a file says is quoted in the words: a line of its own would be a command to the forge that shows the output.
const said = ({ message, action }: Finding): string => oneLine(`${message} ${action}`);

function line(finding: Finding): string {
  const { file, line, column, rule } = finding;
  return `${oneLine(file)}:${line}${column === undefined ? '' : `:${column}`}: ${said(finding)} (${rule})\n`;
}

/** GitHub's workflow commands: a line that the change touched carries the words. */
function annotation(finding: Finding): string {
  const { file, line, column, rule, weight } = finding;
  const at = [
    `file=${property(file)}`,
    `line=${line}`,
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(rule)}`,
  ];
  return `::${weight === 'blocks' ? 'error' : 'notice'} ${at.join(',')}::${data(said(finding))}\n`;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

interface Violation {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: 'info' | 'major';
  location: { path: string; lines: { begin: number } };
}

/** GitLab's report. A fingerprint holds while lines move, so that only what is new is shown as new. */
async function codeQuality(findings: readonly Finding[]): Promise<Violation[]> {
  const seen = new Map<string, number>();
  return Promise.all(
    findings.map(async (finding) => {
      const { file, line, rule, weight, message } = finding;
      const name = JSON.stringify([rule, file, message]);
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return {
        description: said(finding),
        check_name: rule,
        fingerprint: await hashOf(`${name}${nth}`),
        severity: weight === 'blocks' ? 'major' : 'info',
        location: { path: file, lines: { begin: line } },
      };
    }),
  );
}

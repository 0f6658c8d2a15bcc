import type { Step } from '../model.ts';
import { addressWith, type Filled, filledCommand, filledProse, RISK_WORDS } from './filled.ts';

/** A runbook as an issue with a list to tick. */

export const FORGES = ['gitlab', 'github', 'forgejo'] as const;
export type Forge = (typeof FORGES)[number];

/** Forges and the proxies before them refuse addresses of some eight thousand characters. */
const LONGEST = 6_000;

/** Title and body; `steps` are their texts, which may be cut from the end. */
export function checklist(filled: Filled): { title: string; head: string; steps: string[] } {
  const { runbook } = filled;
  return {
    title: runbook.title,
    head: [
      ...(filled.note === undefined ? [] : [filled.note]),
      runbook.summary,
      `Runbook: ${addressWith(filled)}`,
    ].join('\n\n'),
    steps: runbook.steps.map((step, at) => item(step, at + 1, filled)),
  };
}

/** The whole text of the issue. */
export function checklistText(filled: Filled): string {
  const { head, steps } = checklist(filled);
  return `${head}\n\n${steps.join('\n')}\n`;
}

/** The page of the forge on which this issue is begun; `project` is the address of the project. Null where that is no https address. */
export function newIssueAddress(forge: Forge, project: string, filled: Filled): string | null {
  if (!URL.canParse(project)) return null;
  const { protocol, origin, pathname, username } = new URL(project);
  if (protocol !== 'https:' || username !== '') return null;
  const path = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (path === '') return null;
  const { title, head, steps } = checklist(filled);
  const [page, titleField, bodyField] = FIELDS[forge];
  const start = `${origin}${path}${page}?${titleField}=${encodeURIComponent(title)}&${bodyField}=`;
  return `${start}${encodeURIComponent(bodyWithin(LONGEST - start.length, head, steps))}`;
}

const FIELDS = {
  gitlab: ['/-/issues/new', 'issue[title]', 'issue[description]'],
  github: ['/issues/new', 'title', 'body'],
  forgejo: ['/issues/new', 'title', 'body'],
} as const satisfies Record<Forge, readonly [string, string, string]>;

/** As many whole steps as fit into so many characters of an address, and a sentence where some do not. */
function bodyWithin(room: number, head: string, steps: readonly string[]): string {
  const body = (count: number): string => {
    const left = steps.length - count;
    const rest = left === 0 ? '' : `\n${left} more ${left === 1 ? 'step is' : 'steps are'} on the page of the runbook.`;
    return `${head}\n\n${steps.slice(0, count).join('\n')}${rest}\n`;
  };
  let count = steps.length;
  while (count > 0 && encodeURIComponent(body(count)).length > room) count--;
  return body(count);
}

function item(step: Step, number: number, filled: Filled): string {
  const line = `- [ ] ${number}. ${filledProse(step.title, filled)} (${RISK_WORDS[step.risk]})`;
  const text = step.run === undefined ? filledProse(step.do ?? '', filled) : fenced(filledCommand(step.run, filled));
  return `${line}\n\n${text.replaceAll(/^(?=.)/gm, '      ')}\n`;
}

const fenced = (text: string): string => `\`\`\`\`bash\n${text}\n\`\`\`\``;

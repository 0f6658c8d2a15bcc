import { z } from 'zod';
import type { Lab } from '#lab/model.ts';
import type { Runbook } from '#runbook/model.ts';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { Slug } from '#status/scalars.ts';

/** content/cheat-sheet.yaml: commands of runbooks and labs, chosen by their ids and never typed in. */

const For = z.string().min(3).max(80).describe('What one wants, in a few words');
const Pick = z.union([
  z.strictObject({ runbook: Slug, step: Slug, for: For }),
  z.strictObject({ lab: Slug, step: Slug, try: z.int().min(1).max(6).default(1).describe('Which of them'), for: For }),
]);
type Pick = z.infer<typeof Pick>;

const File = z.strictObject({
  parts: z.array(z.strictObject({ title: z.string().min(3).max(40), commands: z.array(Pick).min(1) })).min(1),
});

/** One line of the sheet. */
export interface Line {
  for: string;
  command: string;
  /** Whether it changes something. */
  isChange: boolean;
  /** Where it comes from, below the base: `runbooks/stale-image/#step-image`. */
  address: string;
}

export interface Part {
  title: string;
  lines: Line[];
}

/** cheat-sheet.yaml to its commands; throws a ContentError that names each step that is gone. */
export function parseCheatSheet(
  text: string,
  file: string,
  runbooks: readonly Runbook[],
  labs: readonly Lab[],
): Part[] {
  const { value, fail } = readYaml(text, file);
  const read = File.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const faults: { path: PropertyKey[]; message: string }[] = [];
  const parts = read.data.parts.map(({ title, commands }, at) => ({
    title,
    lines: commands.flatMap((pick, nth) => {
      const line = 'runbook' in pick ? ofRunbook(pick, runbooks) : ofLab(pick, labs);
      if (typeof line !== 'string') return [line];
      faults.push({ path: ['parts', at, 'commands', nth], message: line });
      return [];
    }),
  }));
  return faults.length > 0 ? fail(faults) : parts;
}

/** A line, or why there is none. */
function ofRunbook(pick: Extract<Pick, { runbook: string }>, runbooks: readonly Runbook[]): Line | string {
  const runbook = runbooks.find(({ id }) => id === pick.runbook);
  if (!runbook) return `there is no runbook "${pick.runbook}": choose another`;
  if (runbook.status === 'draft') return `the runbook "${pick.runbook}" is a draft, and was never run: choose another`;
  const step = runbook.steps.find(({ id }) => id === pick.step);
  if (!step?.run) return `the runbook "${pick.runbook}" has no step "${pick.step}" with a command: choose another`;
  const address = `runbooks/${pick.runbook}/#step-${pick.step}`;
  return { for: pick.for, command: step.run.trim(), isChange: step.risk !== 'read', address };
}

function ofLab(pick: Extract<Pick, { lab: string }>, labs: readonly Lab[]): Line | string {
  const step = labs.find(({ id }) => id === pick.lab)?.steps.find(({ id }) => id === pick.step);
  const command = step?.try[pick.try - 1];
  if (!command)
    return `the lab "${pick.lab}" has no step "${pick.step}" with command ${pick.try} to try: choose another`;
  return { for: pick.for, command: command.trim(), isChange: false, address: `labs/${pick.lab}/#step-${pick.step}` };
}

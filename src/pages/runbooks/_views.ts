import { changedAt } from '#host/dates.ts';
import { choicesOf } from '#runbook/field.ts';
import { type RunbookView, viewOf } from '#runbook/view.ts';
import { readStatus } from '../status/_data.ts';
import { readRunbooks } from './_data.ts';

let views: Promise<RunbookView[]> | undefined;
let dates: Map<string, Date> | undefined;

/** Every runbook as its page shows it, put together once a build. */
export function runbookViews(): Promise<RunbookView[]> {
  if (import.meta.env.DEV) return readViews();
  views ??= readViews();
  return views;
}

async function readViews(): Promise<RunbookView[]> {
  const { runbooks, record, variables } = await readRunbooks();
  const choices = choicesOf((await readStatus()).targets);
  return Promise.all(runbooks.map((runbook) => viewOf(runbook, record, variables, choices)));
}

/** Where a runbook is written. */
export const fileOf = (id: string): string => `content/runbooks/${id}.yaml`;

/** The instant of the last commit of a runbook; null where it was never committed, or there is no git. */
export function changedOf(id: string): string | null {
  dates ??= changedAt('content/runbooks');
  return dates.get(fileOf(id))?.toISOString() ?? null;
}

/** Address of the project that the edit address lies in, for its issues; empty where the build was told of none. */
export function projectOf(edit: string | undefined): string {
  const [, project = ''] = /^(https:\/\/[^/]+\/.+?)(?:\/-)?\/(?:_?edit|blob|src)\//.exec(edit ?? '') ?? [];
  return project;
}

import type { State } from '#status/states.ts';
import type { Runbook } from './model.ts';
import { KINDS, SEVERITIES } from './text/words.ts';
import type { RunbookView } from './view.ts';

/** The list of all runbooks: by kind, the gravest first. */

export interface Part {
  kind: Runbook['kind'];
  title: string;
  about: string;
  views: RunbookView[];
}

/** Kinds that have runbooks, in their order. */
export function listOf(views: readonly RunbookView[]): Part[] {
  return KIND_ORDER.map((kind) => ({
    kind,
    title: KINDS[kind].many,
    about: KINDS[kind].about,
    views: views.filter(({ runbook }) => runbook.kind === kind).sort(byWeight),
  })).filter((part) => part.views.length > 0);
}

const KIND_ORDER = ['incident', 'task', 'release', 'maintenance'] as const satisfies Runbook['kind'][];

const byWeight = (a: RunbookView, b: RunbookView): number =>
  SEVERITIES[a.runbook.severity].order - SEVERITIES[b.runbook.severity].order ||
  a.runbook.title.localeCompare(b.runbook.title);

/** What the filter of the list can be set to, each once. */
export interface Filters {
  component: Runbook['component'][];
  tool: string[];
  state: State[];
}

export function filtersOf(runbooks: readonly Runbook[]): Filters {
  return {
    component: once(runbooks.map(({ component }) => component)),
    tool: once(runbooks.flatMap(({ needs }) => Object.keys(needs.tools))),
    state: once(runbooks.flatMap(({ states }) => states)),
  };
}

const once = <T extends string>(names: readonly T[]): T[] => [...new Set(names)].sort();

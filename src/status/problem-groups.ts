import type { Image, Problem, SourceId } from './model.ts';
import { PROBLEMS } from './problems.ts';

/** Problems as a page lists them: only those that matter, and one row for all that are alike. */

export interface ProblemGroup {
  source: SourceId;
  /** What happened: in full where it is one problem, else what all have in common, and where, when no target says it. */
  what: string;
  action: string;
  /** The earliest. */
  since: string;
  /** Ids of the targets, in order. */
  targets: string[];
}

/** Problems without those of images that are not counted: nobody has to look at what has ended or is not planned. */
export function openProblems(problems: readonly Problem[], images: readonly Image[]): Problem[] {
  const uncounted = new Set(images.filter(({ verdict }) => verdict.bucket === 'none').map(({ id }) => id));
  return problems.filter(({ target }) => target === null || !uncounted.has(target));
}

/** Problems of the same source and kind as one, in the order of their first. */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  const alike = Map.groupBy(problems, ({ source, kind, target }) => `${source} ${kind} ${target === null}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { source, action } = first;
    const targets = [...new Set(group.flatMap(({ target }) => target ?? []))].toSorted();
    const since = group.map((one) => one.since).toSorted()[0] ?? first.since;
    return [{ source, what: whatOf(group, first), action, since, targets }];
  });
}

function whatOf(group: readonly Problem[], first: Problem): string {
  const messages = [...new Set(group.map(({ message, source }) => message.replace(`${source}: `, '')))];
  const common = Object.entries(PROBLEMS).find(([kind]) => kind === first.kind)?.[1].what;
  if (messages.length === 1 || !common) return messages.join('; ');
  // Without targets only the messages say where.
  return first.target === null
    ? `${common}: ${messages.map((text) => text.replace(`${common}: `, '')).join('; ')}`
    : common;
}

import type { Row } from '#pipeline/replay/shapes.ts';
import type { TaskWords } from '#pipeline/walkthrough.ts';

/** Which of the ways to fail that content tells of is the one at hand. */

type Fail = TaskWords['fails'][number];

/** Ways to fail that were written of one task. */
export interface Ways {
  /** The task's own name. */
  task: string;
  fails: Fail[];
}

export interface Advice {
  /** That fit what was said; of other tasks only where nothing of its own does. */
  fitting: Ways[];
  /** Ways of its own that do not fit. */
  others: Ways | null;
}

/** Rows are of one task; `elsewhere` are the words of the tasks beside it in its pipeline. */
export function adviceFor(rows: readonly Row[], own: TaskWords | null, elsewhere: readonly TaskWords[]): Advice {
  const fits = ({ looks }: Fail) => isSeen(looks, rows);
  const mine = waysOf(own, fits);
  const seen = new Set<string>();
  const theirs = elsewhere
    .filter((words) => words.task !== own?.task)
    .flatMap((words) => waysOf(words, (fail) => fits(fail) && !seen.has(fail.looks) && Boolean(seen.add(fail.looks))));
  return { fitting: mine.length > 0 ? mine : theirs, others: waysOf(own, (fail) => !fits(fail))[0] ?? null };
}

function waysOf(words: TaskWords | null, fits: (fail: Fail) => boolean): Ways[] {
  const fails = words?.fails.filter(fits) ?? [];
  return words && fails.length > 0 ? [{ task: words.task, fails }] : [];
}

/** Whether what is written of a failure, its words in backticks or quotes or its exit code, is what these rows show. */
export function isSeen(looks: string, rows: readonly Row[]): boolean {
  const shown = rows
    .flatMap(({ task: { message, log, status, steps } }) => [
      message,
      log,
      status,
      ...steps.map(({ reason }) => reason),
    ])
    .flatMap((text) => text?.toLowerCase() ?? []);
  const words = [...looks.matchAll(/`([^`]+)`|“([^”]+)”|"([^"]+)"/g)].map(([, ...parts]) => parts.find(Boolean) ?? '');
  const codes = [...looks.matchAll(/exit code (\d+)/gi)].map(
    ([, code]) => new RegExp(`exit(ed with)? code:? ${code}\\b`),
  );
  return shown.some(
    (text) => words.some((word) => text.includes(word.toLowerCase())) || codes.some((code) => code.test(text)),
  );
}

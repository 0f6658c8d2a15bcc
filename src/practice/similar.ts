/** What somebody may have meant who mistyped a verb, reckoned as the real clients reckon it. */

interface Weights {
  swap: number;
  substitute: number;
  insert: number;
  remove: number;
}

/** Levenshtein's distance, with a weight for each kind of change; two letters in each other's place count as a swap. */
export function distance(from: string, to: string, { swap, substitute, insert, remove }: Weights): number {
  let older: number[] = [];
  let before = Array.from({ length: to.length + 1 }, (_, at) => at * insert);
  for (let i = 0; i < from.length; i++) {
    const row = [(i + 1) * remove];
    for (let j = 0; j < to.length; j++) {
      const isSame = from[i] === to[j];
      const isSwap = i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1] && !isSame;
      row.push(
        Math.min(
          (before[j] ?? 0) + (isSame ? 0 : substitute),
          (before[j + 1] ?? 0) + remove,
          (row[j] ?? 0) + insert,
          isSwap ? (older[j - 1] ?? 0) + swap : Number.POSITIVE_INFINITY,
        ),
      );
    }
    older = before;
    before = row;
  }
  return before[to.length] ?? 0;
}

const PLAIN: Weights = { swap: Number.POSITIVE_INFINITY, substitute: 1, insert: 1, remove: 1 };

/** Verbs of a client made with Go's cobra, in its order: at most two changes away, or beginning so. */
export const likeCobra = (typed: string, verbs: readonly string[]): string[] =>
  verbs.filter((verb) => distance(typed.toLowerCase(), verb, PLAIN) <= 2 || verb.startsWith(typed.toLowerCase()));

/** jq sorts what it groups; the jq of the shell keeps the order, so it is given what is sorted already. */

/** Flags of jq that take values, and how many. */
const VALUED: Readonly<Record<string, number>> = {
  ...{ '--arg': 2, '--argjson': 2, '--slurpfile': 2, '--rawfile': 2, '--indent': 1, '-L': 1 },
};

/** The arguments of jq with a filter that sorts before it groups. */
export function sortedFirst(args: readonly string[]): string[] {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (/^-./.test(arg)) at += VALUED[arg] ?? 0;
    else return args.map((one, place) => (place === at ? sorting(one) : one));
  }
  return [...args];
}

const WORD = /"(?:\\.|[^"\\])*"|[\w.$@:]+\(?|[\s\S]/g;

/** `group_by(F)` becomes `(sort_by(F)|group_by(F))`, and `unique` sorts first; texts in quotes stay. */
const sorting = (filter: string): string => sorted(filter.match(WORD) ?? []);

function sorted(tokens: readonly string[]): string {
  let text = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const [, verb] = /^(group_by|unique_by)\($/.exec(token) ?? [];
    const end = verb === undefined ? -1 : closing(tokens, at + 1);
    if (end < 0) text += token === 'unique' ? '(sort|unique)' : token;
    else {
      const inside = sorted(tokens.slice(at + 1, end));
      text += `(sort_by(${inside})|${verb}(${inside}))`;
      at = end;
    }
  }
  return text;
}

/** Where the bracket closes that was opened before `from`; -1 where it does not. */
function closing(tokens: readonly string[], from: number): number {
  let depth = 1;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (token.endsWith('(') && !token.startsWith('"')) depth++;
    if (token === ')' && --depth === 0) return at;
  }
  return -1;
}

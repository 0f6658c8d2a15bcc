import { isFields } from '#sim/kube/value.ts';

/** Values written as Go writes them. */

/** As json.Marshal does: keys in order, `<`, `>` and `&` escaped; `indent` of each level, none for one line. */
export function goJson(value: unknown, indent = ''): string {
  return JSON.stringify(sorted(value), null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  return Object.fromEntries(keysOf(value).map((key) => [key, sorted(value[key])]));
}

/** Keys in the order of Go's maps when they are printed. */
export const keysOf = (value: object): string[] => Object.keys(value).toSorted((a, b) => (a < b ? -1 : 1));

/** As `%v` does: `map[a:b]`, `[a b]`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isFields(value))
    return `map[${keysOf(value)
      .map((key) => `${key}:${goText(value[key])}`)
      .join(' ')}]`;
  return String(value);
}

/** As `%q` does, for text without control characters but line ends. */
export const quoted = (text: string): string => JSON.stringify(text);

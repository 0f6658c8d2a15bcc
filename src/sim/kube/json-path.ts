import { fieldOf, isSame, listOf } from './value.ts';

/** The part of JSONPath that printer columns use: fields, `['name']`, indexes from either end, `[*]` and `[?(@.a=="b")]`. */

const PART = /\.((?:\\.|[^.[\]\\])+)|\[(-?\d+)\]|\['([^']*)'\]|\[\?\(@\.([\w.]+)\s*==\s*["']([^"']*)["']\)\]|\[\*\]/gy;

/** What the path finds; undefined where it finds nothing. A path that is not understood finds nothing. */
export function at(value: unknown, path: string): unknown {
  return all(value, path)[0];
}

function all(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value];
  let end = 0;
  for (const match of path.matchAll(PART)) {
    end = match.index + match[0].length;
    const [, field, index, quoted, key, wanted] = match;
    const name = field?.replaceAll('\\', '') ?? quoted;
    found = found.flatMap((one) => {
      if (name !== undefined) return [fieldOf(one, name)];
      if (index !== undefined) return [listOf(one).at(Number(index))];
      if (key !== undefined) return listOf(one).filter((item) => isSame(at(item, `.${key}`), wanted));
      return listOf(one);
    });
  }
  return end === path.length ? found.filter((one) => one !== undefined) : [];
}

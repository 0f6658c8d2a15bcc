import { type Faults, quoted } from './faults.ts';
import { isMap, type Plain, type PlainMap } from './values.ts';

/** Fields of foreign objects: each is there, or as good as not there. */

const LINE = 2_000;
/** Nothing that is invisible or turns the direction of writing. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u;

export const mapAt = (map: PlainMap | null, key: string): PlainMap | null => {
  const value = map?.[key];
  return isMap(value) ? value : null;
};

/** A list of maps, or of what else is in it; empty where there is none. */
export const listAt = (map: PlainMap | null, key: string): Plain[] => {
  const value = map?.[key];
  return Array.isArray(value) ? value : [];
};

/** Text as written, cut at 2000 characters; a list or a map as JSON; null where there is none. */
export function textOf(value: Plain | undefined): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > LINE ? `${text.slice(0, LINE - 1)}…` : text;
}

/** A name of at most 200 characters that can be shown as it is; else null. */
export function wordOf(value: Plain | undefined): string | null {
  return typeof value === 'string' && value.length <= 200 && PRINTABLE.test(value) ? value : null;
}

/** A name, or a number that stands for one, as in `version: 0.4`. */
export const shortOf = (value: Plain | undefined): string | null =>
  wordOf(typeof value === 'number' ? String(value) : value);

/** The first `most` of a list; a fault where more were given. */
export function upTo<T>(most: number, list: readonly T[], what: string, faults: Faults): T[] {
  if (list.length > most) faults.add(`${what}: ${list.length} are given; the first ${most} are kept.`);
  return list.slice(0, most);
}

export interface Named {
  name: string;
  map: PlainMap;
}

/** Things with a name, each name once; `where` begins the sentence about one that has none. */
export function namedAt(from: PlainMap | null, key: string, most: number, where: string, faults: Faults): Named[] {
  const value = from?.[key] ?? [];
  if (!Array.isArray(value)) faults.add(`${where} “${key}” is no list; it is left out.`);
  const known = new Map<string, Named>();
  for (const item of Array.isArray(value) ? value : []) {
    const name = isMap(item) ? wordOf(item['name']) : null;
    if (name === null || !isMap(item))
      faults.add(`${where} one of “${key}” has no name that can be shown; it is left out.`);
    else if (known.has(name)) faults.add(`${where} ${quoted(name)} of “${key}” is given twice; the first is read.`);
    else known.set(name, { name, map: item });
  }
  return upTo(most, [...known.values()], `${where} “${key}”`, faults);
}

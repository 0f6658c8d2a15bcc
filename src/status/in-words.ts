import type { z } from 'zod';

/** What schemas find, for those who write and do not program. */

/** For `safeParse(value, IN_WORDS)`: the words that a schema has of its own go before these. */
export const IN_WORDS = { error: wordsOf };

type Raw = z.core.$ZodRawIssue;

function wordsOf(issue: Raw): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, issue.input);
    case 'invalid_value':
      return valueWords(issue.values, issue.input);
    case 'too_small':
      return sizeWords('at least', issue.origin, Number(issue.minimum));
    case 'too_big':
      return sizeWords('at most', issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return FORMS[issue.format] ?? `it does not have the form ${issue.pattern ?? issue.format}`;
    case 'unrecognized_keys':
      return keyWords(issue.keys, shapeOf(issue.inst));
    case 'invalid_key':
      return `${quoted(issue.input)} cannot be a name here: ${issue.issues[0]?.message}`;
    case 'invalid_union':
      return 'it has none of the forms that can stand here';
    default:
      return undefined;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, each entry on a line that begins with a hyphen',
  object: 'its fields, each as name: value',
  record: 'names, each as name: value',
};

const FORMS: Readonly<Record<string, string>> = {
  url: 'write a whole address, as https://example.org/',
  date: 'write a day, as 2027-05-01',
  datetime: 'write a moment, as 2027-05-01T12:00:00Z',
};

function typeWords(expected: string, input: unknown): string {
  const meant = KINDS[expected] ?? expected;
  if (input === undefined) return `it is missing: write ${meant}`;
  if (input === null) return `it is empty: write ${meant}`;
  if (expected === 'string' && typeof input === 'object')
    return 'a text is meant here, and not a list or fields: put it in quotes if it holds a colon or begins with a bracket';
  if (expected === 'string') return `${input} is read as a ${typeof input}, and a text is meant: put it in quotes`;
  return `write ${meant}, and not ${quoted(input)}`;
}

function valueWords(values: readonly unknown[], input: unknown): string {
  const choice = values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
  if (input === undefined) return `it is missing: write ${choice}`;
  return `write ${choice}, and not ${quoted(input)}`;
}

/** Short, and on one line: a fault is told in one. */
function quoted(input: unknown): string {
  const text = String(input);
  return typeof input === 'object' || text.length > 40 || text.includes('\n') ? 'what stands here' : `"${text}"`;
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  object: ['entry', 'entries'],
  record: ['entry', 'entries'],
};

function sizeWords(bound: string, origin: string, size: number): string {
  const unit = UNITS[origin];
  return `write ${bound} ${size}${unit ? ` ${unit[size === 1 ? 0 : 1]}` : ''}`;
}

function keyWords(keys: readonly string[], known: readonly string[]): string {
  const told = keys.map((key) => {
    const near = known.find((name) => isNear(name, key));
    return near === undefined ? `"${key}"` : `"${key}" (did you mean "${near}"?)`;
  });
  const isClear = known.length === 0 || keys.every((key) => known.some((name) => isNear(name, key)));
  const choice = isClear ? '' : `: what can stand here is ${known.join(', ')}`;
  return `there is no field ${told.join(' and no ')}${choice}`;
}

const shapeOf = (schema: unknown): string[] => {
  const shape = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return shape ? Object.keys(shape) : [];
};

/** One letter too many, too few, wrong or changed with its neighbour; or only capitals and hyphens differ. */
function isNear(name: string, key: string): boolean {
  const [a, b] = [plain(name), plain(key)];
  if (a === b) return true;
  let [from, to] = [0, 0];
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from += 1;
  while (to < Math.min(a.length, b.length) - from && a.at(-1 - to) === b.at(-1 - to)) to += 1;
  const [left, right] = [a.slice(from, a.length - to), b.slice(from, b.length - to)];
  return Math.max(left.length, right.length) < 2 || (left.length === 2 && left === [...right].reverse().join(''));
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_\s]/g, '');

interface Placed {
  path: readonly PropertyKey[];
  message: string;
}

/** A fault as zod has it, or one of our own. */
export type Issue = Placed & {
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
};

/** Of something that may have several forms, what it lacks of the one that it comes nearest to; of a wrong key, its own place. */
export function placed(issue: Issue, at: readonly PropertyKey[] = []): Placed[] {
  const path = [...at, ...issue.path];
  const nearest = (issue.errors ?? []).filter((faults) => faults.length > 0).toSorted((a, b) => far(a) - far(b))[0];
  if (nearest) return nearest.flatMap((inner) => placed(inner, path));
  return [{ ...issue, path: issue.keys?.[0] === undefined ? path : [...path, issue.keys[0]] }];
}

/** What is wrong as a whole is of another form than what is wrong in a part. */
const far = (faults: readonly Issue[]): number =>
  faults.length + (faults.some(({ path, keys }) => path.length === 0 && keys === undefined) ? 1_000 : 0);

/** `steps.0.id`: where a fault lies, beside its line. */
export const pathText = (path: readonly PropertyKey[]): string => path.join('.') || 'file';

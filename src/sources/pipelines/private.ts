import { SourceError } from '#sources/error.ts';
import { isKeptParameter } from '#sources/provenance/allow-list.ts';
import { MARK, redact, redactNamed, redactWhole } from '#sources/redact.ts';
import type { Binding } from '#status/pipeline.ts';

/** What a cluster tells of a run before any of it is kept: a value may be secret by its own look, or by its name. */

const DEPTH = 60;
/** A shorter one would black out words that have nothing to do with it. */
const SECRET = 6;
/** Fields that hold what the name beside them stands for. */
const VALUES = new Set(['value', 'default', 'values']);

/** A parameter as a file of a public repository gives it. */
export function shownBinding({ name, value }: Binding): Binding {
  const shown = Array.isArray(value) ? value.map((one) => redactNamed(name, one)) : redactNamed(name, value);
  return { name: redact(name), value: shown };
}

/** The values of a run that its pipeline's text must not tell: those of names that are not kept, which look secret. */
export function secretsOf(given: readonly Binding[]): string[] {
  return given
    .filter(({ name }) => !isKeptParameter(name))
    .flatMap(({ name, value }) => [value].flat().filter((one) => redactNamed(name, one) !== one))
    .filter((one) => one.length >= SECRET);
}

interface Around {
  run: string;
  secrets: readonly string[];
}

/** A specification without what looks like a secret, also where only the key or the name beside it tells. A SourceError where it is too deep. */
export function cleaned(value: unknown, around: Around, names: readonly string[] = [], depth = 0): unknown {
  if (depth > DEPTH)
    throw new SourceError(
      'konflux',
      'unreadable',
      `the pipeline of the run ${around.run} is nested more than ${DEPTH} deep`,
    );
  if (typeof value === 'string') return cleanText(value, around, names);
  if (Array.isArray(value))
    return value.map((one, at) => cleaned(one, around, [...names, ...flagBefore(value, at)], depth + 1));
  if (value === null || typeof value !== 'object') return value;
  const own = 'name' in value && typeof value.name === 'string' ? [value.name] : [];
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const inherited = VALUES.has(key) ? [...names, ...own] : [];
      return [redact(key), cleaned(one, around, [...inherited, key], depth + 1)];
    }),
  );
}

/** `--password` before its value in a list of arguments. */
function flagBefore(list: readonly unknown[], at: number): string[] {
  const before = list[at - 1];
  return typeof before === 'string' && /^--?[\w-]{1,60}$/.test(before) ? [before] : [];
}

function cleanText(text: string, { secrets }: Around, names: readonly string[]): string {
  const open = secrets.reduce((known, secret) => known.replaceAll(secret, MARK), text);
  return names.some((name) => redactNamed(name, open) === MARK) ? MARK : redactWhole(open);
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commandsOf } from '#runbook/catalog.ts';
import { quoted } from '#runbook/export/quote.ts';
import { fill } from '#runbook/template.ts';
import { envName, FREE_TYPES } from '#runbook/value.ts';
import { seenIn } from './shims.ts';
import { runbooks, shell, variables } from './shown.ts';
import { acceptable } from './values.ts';

/**
 * Every command of every runbook, with values that a field takes: each program gets the words that it gets with plain
 * values, but for the values; no other program starts and no other file appears.
 */
const SETS = 2;
/** Few values, all of them known: commands may choose by them, so the plain run has the same. */
const CLOSED = ['arch', 'platform', 'stream', 'digest', 'choice'];

test.each(runbooks.map((runbook) => [runbook.id, runbook] as const))(
  'no value changes what the commands of %s are',
  (_, runbook) => {
    const texts = runbook.steps.flatMap((step) => commandsOf(step).map(({ text }) => text));
    const names = texts.flatMap((text) => shell.read(text).commands.map(({ name }) => name));
    const sets = fc.sample(
      fc.record(Object.fromEntries(runbook.variables.map((name) => [name, arbitrary(name)]))),
      SETS,
    );
    const pairs = texts.flatMap((text) => sets.map((values) => ({ text, values, plain: markers(values) })));
    const runs = pairs.flatMap(({ text, values, plain }) => [withValues(text, plain), withValues(text, values)]);
    const seen = seenIn(runs, [...new Set(names)].filter(Boolean));
    for (const [at, { text, values, plain }] of pairs.entries()) {
      const [expected, found] = seen.slice(2 * at);
      const turned = (list: readonly string[] = []) => list.map((item) => swapped(item, plain, values)).sort();
      expect(found, `${text}\nwith ${JSON.stringify(values)}`).toEqual({
        calls: turned(expected?.calls),
        files: turned(expected?.files),
      });
    }
  },
);

test('a value that were no plain word would be found', () => {
  const [plain, bad] = seenIn(['kubectl get x', 'kubectl get x; touch y'], ['touch']);
  expect(plain?.files).toEqual([]);
  expect(bad).toEqual({ calls: ['kubectl | get | x | <', 'touch | y'], files: ['y'] });
});

const isFree = (name: string): boolean => FREE_TYPES.some((type) => type === variables[name]?.type);

const arbitrary = (name: string) => acceptable(variables[name] ?? { type: 'text' });

type Values = Readonly<Record<string, string>>;

/** In the place of each value a word that stands nowhere else, to be found again among the words of a program. */
const markers = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value], at) => [
      name,
      CLOSED.some((type) => type === variables[name]?.type) ? value : `zz${at}marker${at}zz`,
    ]),
  );

/** Values in the text; free texts exported before it, as the page does. */
function withValues(text: string, values: Values): string {
  const rows = Object.entries(values);
  const lines = rows
    .filter(([name]) => isFree(name))
    .map(([name, value]) => `export ${envName(name)}=${quoted(value)}`);
  return [...lines, 'set -uo pipefail', fill(text, Object.fromEntries(rows.filter(([name]) => !isFree(name))))].join(
    '\n',
  );
}

const swapped = (text: string, from: Values, to: Values): string =>
  Object.entries(from).reduce((done, [name, marker]) => done.replaceAll(marker, () => to[name] ?? ''), text);

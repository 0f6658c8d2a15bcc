import { readFileSync } from 'node:fs';
import {
  type Color,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
} from 'culori';
import { expect, test } from 'vitest';

const BUCKETS = ['ok', 'attention', 'bad', 'no-signal'] as const;
const PAIRS = BUCKETS.flatMap((one, index) => BUCKETS.slice(index + 1).map((other) => [one, other] as const));
const VISIONS: Record<string, (colour: Color) => Color> = {
  normal: (colour: Color) => colour,
  protan: filterDeficiencyProt(1),
  deutan: filterDeficiencyDeuter(1),
  tritan: filterDeficiencyTrit(1),
};

type Tokens = Map<string, string>;

/** The custom properties of one rule, `--sw-` cut off. */
function tokens(file: string, selector: string): Tokens {
  const css = readFileSync(`src/styles/${file}`, 'utf8');
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`${file} has no rule for ${selector}`);
  const body = css.slice(css.indexOf('{', start), css.indexOf('}', start));
  return new Map(
    [...body.matchAll(/--sw-([a-z-]+): (#[0-9a-f]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function colour(theme: Tokens, name: string): Color {
  const value = theme.get(name);
  const parsed = value ? parse(value) : undefined;
  if (!parsed) throw new Error(`--sw-${name} is not a colour`);
  return parsed;
}

const themes: [string, Tokens][] = [
  ['dark', tokens('tokens.css', ':root')],
  ['light', tokens('tokens.css', ":root[data-theme='light']")],
  ['print', tokens('print.css', ':root,\n  :root[data-theme]')],
];

test.each(themes)('text is readable on the page: %s', (_, theme) => {
  const page = colour(theme, 'bg');
  for (const name of ['ink', 'soft', 'link', ...BUCKETS]) {
    expect(wcagContrast(colour(theme, name), page), name).toBeGreaterThanOrEqual(4.5);
    expect(wcagContrast(colour(theme, name), colour(theme, 'raised')), `${name} on raised`).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(themes)('a bucket is readable on its own ground, and so is text: %s', (_, theme) => {
  for (const bucket of BUCKETS) {
    for (const name of [bucket, 'ink', 'soft']) {
      expect(
        wcagContrast(colour(theme, name), colour(theme, `${bucket}-bg`)),
        `${name} on ${bucket}`,
      ).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test.each(
  themes.flatMap(([name, theme]) =>
    Object.entries(VISIONS).map(([vision, filter]) => [name, vision, theme, filter] as const),
  ),
)('the four buckets can be told apart: %s, %s vision', (_, __, theme, filter) => {
  const difference = differenceCiede2000();
  for (const [one, other] of PAIRS) {
    const distance = difference(filter(colour(theme, one)), filter(colour(theme, other)));
    expect(distance, `${one} and ${other}`).toBeGreaterThanOrEqual(15);
  }
});

test('both themes define the same tokens', () => {
  const [dark, light] = themes;
  expect([...(light?.[1].keys() ?? [])]).toEqual([...(dark?.[1].keys() ?? [])]);
});

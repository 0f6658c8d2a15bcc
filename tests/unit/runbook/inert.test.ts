import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoted } from '#runbook/export/quote.ts';
import { FREE_TYPES, INERT_TYPES, refusal } from '#runbook/value.ts';
import { acceptable, anything, hostile } from './values.ts';

/** What a field takes is inert in every place of a command, in bash and in dash; all else is refused. */

const HARMLESS = /^[A-Za-z0-9_][A-Za-z0-9_.:/@+-]*$/;
const SHELLS = ['bash', 'dash'] as const;
const PLACES = {
  'a bare word': (value: string) => `printf '%s\\0' ${value}`,
  'the value of a variable': (value: string) => `v=${value}; printf '%s\\0' "$v"`,
  'double quotes': (value: string) => `printf '%s\\0' "${value}"`,
  'single quotes': (value: string) => `printf '%s\\0' '${value}'`,
  'a heredoc': (value: string) => `printf '%s\\0' "$(cut -c 3- <<EOF\n: ${value}\nEOF\n)"`,
  'a heredoc that is quoted': (value: string) => `printf '%s\\0' "$(cut -c 3- <<'EOF'\n: ${value}\nEOF\n)"`,
} as const;

test.each(INERT_TYPES)('whatever a field of type %s takes is made of harmless characters', (type) => {
  fc.assert(
    fc.property(anything, (value) => refusal({ type }, value) !== null || HARMLESS.test(value)),
    { numRuns: 1_500 },
  );
});

test.each(SHELLS.flatMap((shell) => Object.entries(PLACES).map(([place, write]) => [shell, place, write] as const)))(
  'in %s a value in %s stays what it is',
  (shell, _, write) => {
    const values = fc.sample(
      fc.constantFrom(...INERT_TYPES).chain((type) => acceptable({ type })),
      300,
    );
    expect(printed(shell, values.map(write))).toEqual(values);
  },
);

test.each(SHELLS)('in a comment of %s no value is read', (shell) => {
  const values = fc.sample(
    fc.constantFrom(...INERT_TYPES).chain((type) => acceptable({ type })),
    300,
  );
  expect(printed(shell, [...values.map((value) => `: # ${value}`), "printf 'end\\0'"])).toEqual(['end']);
});

test.each(SHELLS)('in %s a free text, quoted, is the same text again', (shell) => {
  const values = fc.sample(
    fc.constantFrom(...FREE_TYPES).chain((type) => acceptable({ type })),
    400,
  );
  const lines = values.map((value) => `export REASON=${quoted(value)}\nprintf '%s\\0' "$REASON"`);
  expect(printed(shell, lines)).toEqual(values);
});

test('of the hostile texts a field takes only those that are harmless', () => {
  const taken = INERT_TYPES.flatMap((type) => hostile.filter((value) => refusal({ type }, value) === null));
  expect([...new Set(taken)].sort()).toEqual(['EOF', 'constructor', '__proto__'].sort());
});

test.each(FREE_TYPES)('a free text of type %s has no character that hides or moves others', (type) => {
  fc.assert(
    fc.property(
      anything,
      (value) =>
        refusal({ type }, value) !== null ||
        !/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00a0]/u.test(value),
    ),
    { numRuns: 1_500 },
  );
});

function printed(shell: string, lines: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(shell, [], { input: lines.join('\n'), encoding: 'utf8', maxBuffer: 1 << 24 });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
}

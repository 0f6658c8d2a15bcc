import fc from 'fast-check';
import { refusal, type Shape } from '#runbook/value.ts';

/** Values that a reader, or somebody who wishes him ill, may put into a field. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789._/+-:@';

const of = (letters: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength });
const dotted = of('abcxyz0189-', 40);
const odd = [
  'a',
  '0',
  '0123',
  'true',
  'null',
  '1e9',
  'a--b',
  'a..b',
  'x.lock',
  'a.b',
  '_a',
  'a_b',
  'a:b',
  'a@b',
  'a+b',
  'HEAD',
];

/** Fit values of each kind, the odd ones among them. */
const LIKELY: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'image-repo': fc
    .tuple(of('abcz09', 8), of('abcz09', 9), of('abcz09', 9))
    .map(([a, b, c]) => `${a}.io:8080/${b}__${c}/x`),
  digest: fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
    .map((hex) => `sha256:${hex}`),
  commit: of('0123456789abcdef', 40),
  platform: fc.constantFrom('linux/amd64', 'linux-d160-m2xlarge/arm64', 'linux/s390x', 'linux/x86_64'),
  arch: fc.constantFrom('x86_64', 'aarch64', 'ppc64le', 's390x'),
  stream: fc.constantFrom('rawhide', 'eln', '45', '046'),
  quantity: fc.constantFrom('0', '512Mi', '8Gi', '100m'),
  duration: fc.constantFrom('6h', '90m', '0s'),
  integer: fc.nat(999_999_999).map(String),
  date: fc.constantFrom('2026-11-21', '0000-99-99'),
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  url: of(`${LETTERS}?&=#%~()$!*;,[]`, 40).map((rest) => `https://${rest}`),
};

export const acceptable = (shape: Shape): fc.Arbitrary<string> =>
  fc
    .oneof(LIKELY[shape.type] ?? dotted, fc.constantFrom(...odd), of(LETTERS, 30), fc.constantFrom(...hostile))
    .filter((value) => refusal(shape, value) === null);

/** What has broken commands of others: each is refused, or taken as the text that it is. */
export const hostile = [
  ...['-x', '--all', '+main', '@/etc/passwd', '=ls', '~root', 'a b', 'a;id', '$(id)', '`id`', 'a\nid', 'a\u0000b', ''],
  ...[
    'a\u202eb',
    'a\u200bb',
    'a\u00a0b',
    'a\ufeffb',
    'a\u2028b',
    'a\u001b[201~b',
    'a\rb',
    'а',
    'ａ',
    'a\u0301',
    'ﬁ',
    '‮',
  ],
  ...[
    "x'; id; '",
    '"; id; "',
    'a\\',
    'a\\\nb',
    '$HOME',
    '${HOME}',
    '$((1+1))',
    '!!',
    '!id',
    '^a^b',
    '#',
    'a #b',
    '{a,b}',
  ],
  ...[
    '*',
    '?',
    '[a]',
    'a>b',
    'a<b',
    '<(id)',
    'a|id',
    'a&id',
    'a&&id',
    '../x',
    '/etc/passwd',
    'EOF',
    'a%20b',
    '%s',
    '\\x24',
  ],
  ...['a'.repeat(300), `$${'('.repeat(3)}id`, "'", '"', '\t', ' ', '\u{e0041}', '\ud800', 'constructor', '__proto__'],
];

/** Any text, with something hostile in it more often than not. */
export const anything: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(of(LETTERS, 20), fc.constantFrom(...hostile), of(LETTERS, 20)).map((parts) => parts.join('')),
);

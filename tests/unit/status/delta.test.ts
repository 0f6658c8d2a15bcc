import { expect, test } from 'vitest';
import { type Delta, deltaOf, type Installed } from '#status/delta.ts';

/** `bash-5.2-1.x86_64` as a package. */
function installed(text: string): Installed {
  const [, name = '', evr = '', arch = ''] = /^(.*)-([^-]+-[^-]+)\.([^.]+)$/.exec(text) ?? [];
  return { name, evr, arch };
}

/** A delta in lines: `+ name evr`, `- name evr`, `^ name from to`, `v name from to`. */
function lines({ added, removed, upgraded, downgraded }: Delta): string[] {
  return [
    ...added.map(({ name, evr }) => `+ ${name} ${evr}`),
    ...removed.map(({ name, evr }) => `- ${name} ${evr}`),
    ...upgraded.map(({ name, from, to }) => `^ ${name} ${from} ${to}`),
    ...downgraded.map(({ name, from, to }) => `v ${name} ${from} ${to}`),
  ];
}

test.each([
  ['nothing', ['a-1-1.noarch'], ['a-1-1.noarch'], []],
  ['an addition', [], ['a-1-1.noarch'], ['+ a 1-1']],
  ['a removal', ['a-1-1.noarch'], [], ['- a 1-1']],
  ['an upgrade by number, not by letter', ['a-1.9-1.x86_64'], ['a-1.10-1.x86_64'], ['^ a 1.9-1 1.10-1']],
  ['a downgrade', ['a-2-1.x86_64'], ['a-2~rc1-1.x86_64'], ['v a 2-1 2~rc1-1']],
  ['a new epoch, whatever the version', ['a-9-1.x86_64'], ['a-1:1-1.x86_64'], ['^ a 9-1 1:1-1']],
  ['another arch as another package', ['a-1-1.x86_64'], ['a-1-1.noarch'], ['+ a 1-1', '- a 1-1']],
  [
    'two spellings of one version as what went and came',
    ['a-1.01-1.noarch'],
    ['a-1.1-1.noarch'],
    ['+ a 1.1-1', '- a 1.01-1'],
  ],
  [
    'a second kernel beside the first',
    ['kernel-6.1-1.x86_64'],
    ['kernel-6.1-1.x86_64', 'kernel-6.2-1.x86_64'],
    ['+ kernel 6.2-1'],
  ],
  [
    'two kernels that moved on by one',
    ['kernel-6.9-1.x86_64', 'kernel-6.10-1.x86_64'],
    ['kernel-6.10-1.x86_64', 'kernel-6.11-1.x86_64'],
    ['^ kernel 6.9-1 6.11-1'],
  ],
  [
    'two kernels that became one: the newest moved, the oldest is gone',
    ['kernel-6.9-1.x86_64', 'kernel-6.10-1.x86_64'],
    ['kernel-6.12-1.x86_64'],
    ['- kernel 6.9-1', '^ kernel 6.10-1 6.12-1'],
  ],
  [
    'keys as keys',
    ['gpg-pubkey-aaaa-1.noarch'],
    ['gpg-pubkey-bbbb-2.noarch'],
    ['+ gpg-pubkey bbbb-2', '- gpg-pubkey aaaa-1'],
  ],
])('finds %s', (_, before, after, expected) => {
  const delta = deltaOf(before.map(installed), after.map(installed));
  expect(lines(delta)).toEqual(expected);
});

test('turns around when the lists do', () => {
  const [one, other] = [
    ['a-1-1.noarch', 'b-2-1.noarch'],
    ['a-2-1.noarch', 'c-1-1.noarch'],
  ].map((list) => list.map(installed));
  const [forth, back] = [deltaOf(one ?? [], other ?? []), deltaOf(other ?? [], one ?? [])];
  expect(back.added).toEqual(forth.removed);
  expect(back.removed).toEqual(forth.added);
  expect(back.downgraded).toEqual(forth.upgraded.map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from })));
});

test('gives its lists by name, whatever the order of what it was given', () => {
  const names = ['zlib', 'bash', 'kernel-core', 'kernel'].map((name) => installed(`${name}-1-1.noarch`));
  expect(deltaOf([], names).added.map(({ name }) => name)).toEqual(['bash', 'kernel', 'kernel-core', 'zlib']);
});

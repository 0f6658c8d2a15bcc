import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answers, EXAMPLE } from '#onboard/answers.ts';
import { faultsOf, LONGEST_COMPONENT } from '#onboard/faults.ts';
import { filesOf } from '#onboard/files.ts';

const faultOf = (field: keyof Answers, value: unknown, more: Partial<Answers> = {}) =>
  faultsOf({ ...EXAMPLE, ...more, [field]: value })[field];

test('the example has no faults', () => {
  expect(faultsOf(EXAMPLE)).toEqual({});
});

test.each<[keyof Answers, unknown, string, Partial<Answers>?]>([
  ['component', 'sample-3.19', 'A name has no dots: write a hyphen, as in 3-19.'],
  ['component', 'Sample', 'A name takes small letters, digits and hyphens, and none of these at its ends.'],
  ['component', '-sample', 'A name takes small letters, digits and hyphens, and none of these at its ends.'],
  [
    'component',
    'a'.repeat(LONGEST_COMPONENT + 1),
    `At most ${LONGEST_COMPONENT} letters, since “-on-pull-request” and five more are added to it; this one has ${LONGEST_COMPONENT + 1}.`,
  ],
  ['application', 'a'.repeat(64), 'A name has at most 63 letters; this one has 64.'],
  ['tenant', '', 'This is empty.'],
  ['repository', '', 'This is empty.'],
  ['repository', 'sample', 'Write the whole address, as in https://gitlab.com/group/project.'],
  ['repository', 'http://gitlab.com/sample/sample', 'The address must begin with https://.'],
  [
    'repository',
    'git@gitlab.com:sample/sample.git',
    'Write the whole address, as in https://gitlab.com/group/project.',
  ],
  ['repository', 'https://user:sample@gitlab.com/a/b', 'Take the user and the password out: they would be published.'],
  ['repository', 'https://localhost/a/b', 'The cluster reads the repository over the internet: name a public forge.'],
  ['repository', 'https://10.0.0.1/a/b', 'The cluster reads the repository over the internet: name a public forge.'],
  [
    'repository',
    'https://forge.internal/a/b',
    'The cluster reads the repository over the internet: name a public forge.',
  ],
  [
    'repository',
    'https://gitlab.com:8443/a/b',
    'The cluster reads the repository over the internet: name a public forge.',
  ],
  ['repository', 'https://gitlab.com/a/b?x=1', 'Leave out what follows a ? or a #.'],
  ['repository', 'https://github.com/a/b', 'github.com is GitHub: choose that above.'],
  ['repository', 'https://gitlab.example.org/a/b', 'Repositories on GitHub are at github.com.', { forge: 'github' }],
  [
    'repository',
    'https://github.com/a',
    'Write the address of the repository: its owner and its name.',
    { forge: 'github' },
  ],
  [
    'repository',
    'https://gitlab.com/a/b/-/tree/main',
    'Write the address of the project, as in https://gitlab.com/group/project.',
  ],
  ['branch', 'a b', 'A branch takes letters, digits, dots, dashes, underscores and single slashes.'],
  ['branch', 'main"', 'A branch takes letters, digits, dots, dashes, underscores and single slashes.'],
  ['branch', 'a..b', 'A branch takes letters, digits, dots, dashes, underscores and single slashes.'],
  ['context', '/etc', 'Write the folder as it is seen from the repository.'],
  ['containerfile', '../Containerfile', 'Write the Containerfile as it is seen from the repository.'],
  ['containerfile', 'a b', 'A path takes letters, digits, dots, dashes, underscores and slashes.'],
  ['buildArgs', 'A=1\nB', '“B” is not NAME=value with letters, digits and . _ / : @ + -.'],
  [
    'buildArgs',
    Array.from({ length: 31 }, (_, at) => `A${at}=1`).join('\n'),
    'More than 30 arguments belong into a file of their own.',
  ],
  ['arches', [], 'Choose at least one.'],
  ['arches', ['riscv64'], 'The cluster has no machines of that kind.'],
  ['digest', 'sha256:abc', 'A digest is sha256: and 64 of the letters 0 to 9 and a to f.'],
  ['target', 'sample.managed', 'A name has no dots: write a hyphen, as in 3-19.'],
  [
    'destination',
    'quay.io/sample/sample:latest',
    'Write host/organisation/repository without a tag, in small letters.',
  ],
  ['destination', 'sample/sample', 'Write host/organisation/repository without a tag, in small letters.'],
  ['tags', ' , ', 'This is empty.'],
  ['tags', 'latest, {{timestamp', '“{{timestamp” is no tag, and nothing like {{ timestamp }}.'],
  ['policy', 'sample', 'Write namespace/name.'],
])('%s %j is refused: %s', (field, value, words, more = {}) => {
  expect(faultOf(field, value, more)).toBe(words);
});

test('answers about a release are not asked for where there is none', () => {
  expect(faultsOf({ ...EXAMPLE, isReleased: false, target: '', destination: '', tags: '' })).toEqual({});
});

test('deep groups of GitLab, and repositories of the other forges, are taken', () => {
  expect(faultOf('repository', 'https://gitlab.com/fedora/bootc/base-images')).toBeUndefined();
  expect(faultOf('repository', 'https://github.com/coreos/fedora-coreos-config', { forge: 'github' })).toBeUndefined();
  expect(faultOf('repository', 'https://forge.fedoraproject.org/infra/ansible', { forge: 'forgejo' })).toBeUndefined();
});

test('no text, however hostile, is both called fit and found outside its own value', () => {
  const fields = [
    'repository',
    'branch',
    'context',
    'containerfile',
    'tenant',
    'component',
    'destination',
    'tags',
  ] as const;
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'a\n  kind: Secret',
      'a"\nx: y',
      '*alias',
      '&a b',
      '{{ a }}',
      "x' || true",
      '$(touch x)',
      'a: b',
      '!!js x',
      '%YAML',
      '---',
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...fields), hostile, (field, value) => {
      const answers = { ...EXAMPLE, [field]: value };
      if (faultsOf(answers)[field] !== undefined) return;
      expect(value).not.toMatch(/["'\n`$\\]/);
      expect(filesOf(answers).map(({ objects }) => objects.length)).toEqual(
        filesOf(EXAMPLE).map(({ objects }) => objects.length),
      );
    }),
  );
});

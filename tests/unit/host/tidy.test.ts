import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { git } from '#host/git.ts';
import { tidied, tidy } from '#host/tidy.ts';
import { scratch } from '../../support/remote.ts';

const BEFORE =
  '# About a lab\nschema: 1 # stays\ntitle: "One"\nlist: [a, b]\n\nsteps:\n  # the first\n  - id: x\n    run: |\n      ls\n';

test('what a program wrote gets its comments, order and quotes back, and keeps what it changed', () => {
  const value = parse(BEFORE);
  const now = stringify({ steps: value.steps, list: value.list, title: 'Two', schema: 1 });
  expect(tidied(BEFORE, now)).toBe(BEFORE.replace('"One"', '"Two"'));
});

test('a text whose comments a person changed is left alone, and so is what is no YAML', () => {
  expect(tidied(BEFORE, BEFORE.replace('stays', 'is new'))).toEqual({ outcome: 'own' });
  expect(tidied(BEFORE, 'a: [')).toEqual({ outcome: 'broken' });
});

test('a text that holds the sign of a comment is none, however a program breaks and quotes it', () => {
  const before = '# Whom to ask\nasks: "Write to #bootc, or to #konflux"\nrun: |\n  # look\n  ls # all\n';
  expect(tidied(before, 'run: "# look\\nls # all\\n"\nasks: "Write to\n  #bootc, or to #channel"\n')).toBe(
    before.replace('#konflux', '#channel'),
  );
  expect(tidied(before, 'run: |\n  # look there\n  ls\nasks: ""\n')).toBe(
    '# Whom to ask\nasks: ""\nrun: |\n  # look there\n  ls\n',
  );
});

test('only what differs from the last commit is written, and of each file it is told what became of it', async () => {
  const root = scratch();
  const run = git(root);
  const write = (name: string, text: string) => writeFileSync(join(root, name), text);
  mkdirSync(join(root, 'content/labs'), { recursive: true });
  for (const name of ['a', 'b', 'c']) write(`content/labs/${name}.yaml`, BEFORE);
  write('other.yaml', BEFORE);
  await run(['init', '--quiet']);
  await run(['add', '.']);
  await run(['-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'x']);
  write('content/labs/a.yaml', stringify({ ...parse(BEFORE), title: 'Two' }));
  write('content/labs/b.yaml', BEFORE.replace('"One"', '"Three"'));
  write('content/labs/d.yaml', 'schema: 1\n');
  mkdirSync(join(root, 'content/worlds/duty/project'), { recursive: true });
  write('content/worlds/duty/project/component.yaml', 'kind: A\n---\nkind: B\n');
  write('other.yaml', 'a: 1\n');
  expect(await tidy(root)).toEqual([
    { file: 'content/labs/a.yaml', outcome: 'tidied' },
    { file: 'content/labs/b.yaml', outcome: 'unchanged' },
    { file: 'content/labs/d.yaml', outcome: 'new' },
  ]);
  expect(readFileSync(join(root, 'content/labs/a.yaml'), 'utf8')).toBe(BEFORE.replace('"One"', '"Two"'));
  expect((await run(['diff', '--stat', '--', 'content/labs/a.yaml'])).toString()).toContain(
    '1 insertion(+), 1 deletion(-)',
  );
  expect(readFileSync(join(root, 'other.yaml'), 'utf8')).toBe('a: 1\n');
});

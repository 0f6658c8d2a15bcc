import { expect, test } from 'vitest';
import { endText as endTextIn, plain } from '#components/lab/notes.ts';
import type { Ended } from '#lab/shell.ts';
import { scriptWords } from '../../../support/script-words.ts';

const t = await scriptWords('lab.script');
const endText = (line: string, ended: Pick<Ended, 'stderr' | 'exitCode'>) => endTextIn(t, line, ended);

const ended = (stderr: string, exitCode: number) => ({ stderr, exitCode });
const missing = (name: string) => endText(name, ended(`bash: ${name}: command not found\n`, 127));

test('a line that ended well needs no words', () => {
  expect(endText('vi', ended('', 0))).toBeNull();
});

test('an exit code has a meaning only where it has one for every command', () => {
  expect(endText('x', ended('', 127))).toBe('Exit code 127: there is no such command.');
  expect(endText('grep x y', ended('grep: y: No such file or directory\n', 2))).toBe('Exit code 2.');
});

test('who looks for an editor or a pager is told what there is instead', () => {
  for (const name of ['vi', 'vim', 'nano']) expect(missing(name)).toContain('under "Files"');
  for (const name of ['less', 'more']) expect(missing(name)).toContain('can be scrolled');
  expect(missing('constructor')).toBe('Exit code 127: there is no such command.');
});

test('usual slips of those who type are named', () => {
  const unclosed = ended("bash: line 1: unexpected EOF while looking for matching `''\n", 2);
  expect(endText("echo 'a", unclosed)).toContain('quotation mark is opened');
  const unfinished = ended('bash: syntax error: unexpected end of file\n', 2);
  expect(endText('for i in 1 2', unfinished)).toContain('Shift+Enter');
  expect(endText('jq “.a”', ended('jq: error\n', 3))).toContain('curved');
  expect(missing('$')).toContain('stands for the prompt');
  expect(missing('Skopeo')).toContain('Capital letters count');
  const nowhere = ended(
    'Error from server (Forbidden): pods is forbidden: User "sample" cannot list resource "pods" in API group "" in the namespace "default"\n',
    1,
  );
  expect(endText('kubectl get pods', nowhere)).toContain('Add -n and the namespace');
  expect(endText('kubectl get pods -n default', nowhere)).toBe('Exit code 1.');
  expect(missing('skopeoo')).toBe('Exit code 127: there is no such command.');
});

test('colours of a terminal leave their text', () => {
  expect(plain('\u001b[1;31mred\u001b[0m [not] \u001b[2K')).toBe('red [not] ');
});

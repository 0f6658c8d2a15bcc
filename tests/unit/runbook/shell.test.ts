import { expect, test } from 'vitest';
import { readShell } from '#host/shell.ts';
import { commandsIn } from '#runbook/lint/shell.ts';

const shell = await readShell();
const argvs = (text: string) => commandsIn(text, shell).map(({ argv }) => argv);
const position = (text: string) => shell.read(text).placeholders.map((one) => one.position);

test.each([
  [
    "kubectl get pods -n {{ns}} -o jsonpath='{.a} {.b}'",
    [['kubectl', 'get', 'pods', '-n', '{{ns}}', '-o', 'jsonpath={.a} {.b}']],
  ],
  ['kubectl get x \\\n  -n "{{ns}}"', [['kubectl', 'get', 'x', '-n', '{{ns}}']]],
  ['echo "a \\"b\\" $C" \\$d', [['echo', 'a "b" $C', '$d']]],
  ["kubectl apply -f - <<'EOF'\na: b\nEOF", [['kubectl', 'apply', '-f', '-']]],
  ['cat <<EOF | kubectl apply -f - -n x\na\nEOF', [['cat'], ['kubectl', 'apply', '-f', '-', '-n', 'x']]],
  ['kubectl create -f - <<EOF -n x\na\nEOF', [['kubectl', 'create', '-f', '-', '-n', 'x']]],
  ['kubectl get a >f -n x', [['kubectl', 'get', 'a', '-n', 'x']]],
  ['for a in x; do if b | c; then d; fi; done', [['b'], ['c'], ['d']]],
  ['echo "a $(b \'c d\')" <(e)', [['echo', "a $(b 'c d')", '<(e)'], ['b', 'c d'], ['e']]],
  ['a | xargs -r kubectl delete', [['a'], ['xargs', '-r', 'kubectl', 'delete'], ['kubectl', 'delete']]],
  ['a && b || c; d & (e); { f; }; ! g', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
])('the commands of %j', (text, expected) => {
  expect(argvs(text)).toEqual(expected);
});

test('what a command sets is known, and its row', () => {
  expect(commandsIn('A=1\nB=2 c\nexport D=3', shell)).toEqual([
    { name: '', argv: [], row: 1, sets: ['A'] },
    { name: 'c', argv: ['c'], row: 2, sets: ['B'] },
    { name: 'export', argv: ['export'], row: 3, sets: ['D'] },
  ]);
});

test.each([
  ['a {{x}} b', 'word'],
  ['A={{x}} b', 'word'],
  ['a docker://{{x}}/b', 'part'],
  ["a -o '{{x}}'", 'single'],
  ["a x='{{x}}'", 'single'],
  ['a "x {{x}} $(b)"', 'double'],
  ['a <<EOF\n{{x}} $B\nEOF', 'heredoc'],
  ['a <<EOF\n$B {{x}}\nEOF', 'heredoc'],
  ["a <<'EOF'\n b: {{x}}\nEOF", 'heredoc'],
  ['# {{x}}\na', 'comment'],
  ['a # {{x}}', 'comment'],
  ['a "$(b {{x}})"', 'word'],
  ['{{x}} a', 'other'],
  ['a/{{x}} a', 'other'],
  ['{{x}}=a b', 'other'],
  ['a ${{x}}', 'other'],
  ['a "${{x}}"', 'other'],
  ['a $B{{x}}', 'other'],
  ['a ~{{x}}', 'other'],
  ['a {{x}}>b', 'other'],
  ['a $(({{x}} + 1))', 'other'],
  ['for {{x}} in a; do b; done', 'other'],
  ['{{x}}() { a; }', 'other'],
])('in %j the value stands as %s', (text, expected) => {
  expect(position(text)).toEqual([expected]);
});

test('what is no bash has the row of its fault', () => {
  expect(shell.read('a\necho <name>').broken).toEqual([2]);
  expect(shell.read('echo "a').broken).not.toEqual([]);
  expect(shell.read('a | b\nc="$(d)"').broken).toEqual([]);
});

test('a value that comes out of a pipe is seen, and a pipe that feeds none is not', () => {
  expect(shell.read('a | b\nc=$(d | e)\nf "$(g)"').piped).toEqual([2]);
});

test('a variable that is read is quoted or not', () => {
  expect(shell.read('a "$B" $C "${D:?}" "$(e $F)"\ng <<EOF\n$H\nEOF').reads).toEqual([
    { name: 'B', row: 1, isQuoted: true },
    { name: 'C', row: 1, isQuoted: false },
    { name: 'D', row: 1, isQuoted: true },
    { name: 'F', row: 1, isQuoted: false },
    { name: 'H', row: 3, isQuoted: false },
  ]);
});

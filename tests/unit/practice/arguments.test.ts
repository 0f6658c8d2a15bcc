import { expect, test } from 'vitest';
import { readArguments } from '#practice/arguments.ts';

const FLAGS = { values: ['output o', 'namespace n', 'header H'], switches: ['all-namespaces A', 'watch w', 'dry-run'] };
const read = (...argv: string[]) => readArguments('kubectl get', argv, FLAGS);

test('words and flags stand in any order', () => {
  const args = read('runs', '-n', 'ns', 'one', '--output', 'json', '-w');
  expect(args.words).toEqual(['runs', 'one']);
  expect([args.one('namespace'), args.one('output'), args.has('watch')]).toEqual(['ns', 'json', true]);
});

test('a value may be joined to its flag in every way that pflag knows', () => {
  for (const word of ['--output=json', '-ojson', '-o=json', '-Aojson'])
    expect([word, read(word).one('output')]).toEqual([word, 'json']);
  expect(read('-o=').one('output')).toBe('');
});

test('short switches may be joined, and a switch may be turned off', () => {
  const args = read('-Aw', '--watch=false');
  expect([args.has('all-namespaces'), args.has('watch'), args.has('dry-run')]).toEqual([true, false, false]);
  expect(read('--dry-run=client').one('dry-run')).toBe('client');
});

test('a flag that is repeated keeps every value, and the last one counts', () => {
  const args = read('-H', 'a: b', '-H', 'c: d');
  expect([args.all('header'), args.one('header')]).toEqual([['a: b', 'c: d'], 'c: d']);
});

test('nothing behind a double dash is a flag', () => {
  const args = read('a', '--', '-o', 'json');
  expect([args.words, args.after, args.given]).toEqual([['a'], ['-o', 'json'], []]);
});

test('a dash alone is a word', () => {
  expect(read('-').words).toEqual(['-']);
});

test('what follows the first word belongs to it where the client says so', () => {
  const args = readArguments('podman run', ['-w', 'image', '-x'], { switches: ['watch w'], wordEnds: true });
  expect([args.has('watch'), args.words]).toEqual([true, ['image', '-x']]);
});

test('a flag that is not known is not simulated, long or short', () => {
  expect(() => read('--prune=x')).toThrow('does not simulate the flag --prune of kubectl get');
  expect(() => read('-Ax')).toThrow('does not simulate the flag -x of kubectl get');
});

test('a value that is missing is said as the real clients say it', () => {
  expect(() => read('--output')).toThrow('flag needs an argument: --output');
  expect(() => read('-wo')).toThrow("flag needs an argument: 'o' in -wo");
});

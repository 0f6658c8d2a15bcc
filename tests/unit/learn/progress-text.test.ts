import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultText } from '#learn/import.ts';
import { merged, nothingDone, type Progress, withDone, withStep } from '#learn/progress.ts';
import { progressText, readProgress } from '#learn/progress-text.ts';

const AT = '2026-11-21T10:00:00.000Z';

const read = (value: unknown) => {
  const result = readProgress(JSON.stringify(value));
  if ('fault' in result) throw new Error(result.fault);
  return result;
};

test('what is written is read as it was', () => {
  const progress = withStep(withDone(nothingDone(), 'page:/start/', AT), 'quiz:bootc', 'running', AT);
  expect(readProgress(progressText(progress))).toEqual({ progress, dropped: 0 });
});

test('two texts of the same progress are the same, in whatever order it was done', () => {
  const one = withDone(withDone(nothingDone(), 'lab:a', AT), 'lab:b', AT);
  const other = withDone(withDone(nothingDone(), 'lab:b', AT), 'lab:a', AT);
  expect(progressText(one)).toBe(progressText(other));
});

test.each<[string, string, string]>([
  ['nothing', '  \n', 'empty'],
  ['half a text', '{"schema": 1, "done": {', 'no-json'],
  ['another JSON', '[1, 2]', 'no-progress'],
  ['a lone word', '"progress"', 'no-progress'],
  ['null', 'null', 'no-progress'],
  ['a later version', '{"schema": 2}', 'newer'],
  ['blanks without end', ' '.repeat(400_000), 'empty'],
  ['a flood', `{"schema": 1, "x": "${'x'.repeat(400_000)}"}`, 'too-long'],
])('says of %s what is wrong', (_, text, fault) => {
  expect(readProgress(text)).toEqual({ fault });
});

test('fields that are not fit are left out and counted, the others are taken', () => {
  const { progress, dropped } = read({
    schema: 1,
    done: { 'lab:a': AT, 'lab:b': 'yesterday', 'lab:c': 5, 'javascript:alert(1)': AT, 'page:start': AT },
    steps: { 'quiz:a': { one: AT, 'Two!': AT }, 'quiz:b': 'all', 'quiz:c': {} },
  });
  expect(progress.done).toEqual({ 'lab:a': AT });
  expect(progress.steps).toEqual({ 'quiz:a': { one: AT } });
  expect(dropped).toBe(6);
});

test('a name that this site does not have is kept', () => {
  expect(read({ schema: 1, done: { 'lab:of-tomorrow': AT } }).progress.done).toEqual({ 'lab:of-tomorrow': AT });
});

test('dates of any zone are kept in one form, so that they can be compared', () => {
  expect(read({ schema: 1, done: { 'lab:a': '2026-11-21T11:00:00+01:00' } }).progress.done).toEqual({ 'lab:a': AT });
});

test.each([
  '2026-13-45T10:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-01-01T00:00:00Z',
  '2026-11-21',
  '',
  'Z'.repeat(5_000),
])('the date “%.24s” is none', (at) => {
  expect(read({ schema: 1, done: { 'lab:a': at } })).toMatchObject({ dropped: 1, progress: { done: {} } });
});

test('no name reaches the prototype of an object', () => {
  const { progress, dropped } = readResult(
    `{"schema":1,"done":{"__proto__":"${AT}"},"steps":{"__proto__":{"x":"${AT}"},"lab:a":{"__proto__":"${AT}","constructor":"${AT}"}}}`,
  );
  expect(progress).toEqual({ schema: 1, done: {}, steps: { 'lab:a': { constructor: AT } } });
  expect(dropped).toBe(3);
  expect(Object.getPrototypeOf(progress.done)).toBe(Object.prototype);
});

function readResult(text: string) {
  const result = readProgress(text);
  if ('fault' in result) throw new Error(result.fault);
  return result;
}

test('no more is taken than a reader can have done', () => {
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`lab:l${n}`, AT]));
  const { progress, dropped } = read({ schema: 1, done: many });
  expect(Object.keys(progress.done)).toHaveLength(2_000);
  expect(dropped).toBe(1_000);
});

const anyRef = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'lab:a', 'quiz:b', 'page:/', 'page:/start/', 'lab:__proto__', 'lab:..'),
);
const anyDate = fc.oneof(fc.constant(AT), fc.string(), fc.date().map(String), fc.jsonValue());
const anyProgress = fc.record(
  {
    schema: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.jsonValue() }),
    done: fc.oneof(fc.dictionary(anyRef, anyDate), fc.jsonValue()),
    steps: fc.oneof(
      fc.dictionary(anyRef, fc.oneof(fc.dictionary(fc.string(), anyDate), fc.jsonValue())),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

const isProgress = (progress: Progress): boolean =>
  progress.schema === 1 &&
  Object.entries(progress.done).every(([ref, at]) => ref.length <= 160 && new Date(at).toISOString() === at) &&
  Object.values(progress.steps).every((own) =>
    Object.values(own).every((at) => typeof at === 'string' && new Date(at).toISOString() === at),
  );

test('whatever is brought in, what comes out is progress or a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(anyProgress, fc.jsonValue()), (value) => {
      const result = readProgress(JSON.stringify(value) ?? '');
      if ('fault' in result) return /\.$/.test(faultText(result.fault));
      return isProgress(result.progress) && result.dropped >= 0;
    }),
  );
});

test('whatever text is brought in, it is read without an error', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof readProgress(text) === 'object'));
});

test('what was read can be written, read again and merged with itself, and is the same', () => {
  fc.assert(
    fc.property(anyProgress, (value) => {
      const result = readProgress(JSON.stringify(value));
      if ('fault' in result) return;
      expect(readProgress(progressText(result.progress))).toEqual({ progress: result.progress, dropped: 0 });
      expect(merged(result.progress, result.progress)).toEqual(result.progress);
    }),
  );
});

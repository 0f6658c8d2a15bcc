import { expect, test } from 'vitest';
import { forget, type Keeping, keep, keptOf, withDeed } from '#components/lab/kept.ts';
import type { Deed } from '#practice/protocol.ts';

const NAME = 'slipway:lab:sample';
const none = { deeds: [], done: [] };

/** A window that keeps, and one that does not. */
function windowWith(kept: Record<string, string> = {}) {
  const map = new Map(Object.entries(kept));
  const localStorage = {
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, value: string) => void map.set(name, value),
    removeItem: (name: string) => void map.delete(name),
  };
  return { window: { localStorage }, map };
}

const blocked: Keeping = {
  get localStorage(): Storage {
    throw new DOMException('blocked', 'SecurityError');
  },
};

const deeds: Deed[] = [
  { kind: 'run', line: 'ls' },
  { kind: 'write', path: 'a', text: 'b' },
  { kind: 'pass', ms: 5 },
];

test('what was done comes back', () => {
  const { window } = windowWith();
  expect(keep(window, 'sample', { deeds, done: ['one'] })).toBe(true);
  expect(keptOf(window, 'sample')).toEqual({ deeds, done: ['one'] });
  forget(window, 'sample');
  expect(keptOf(window, 'sample')).toEqual(none);
});

test.each([
  '',
  'nonsense',
  'null',
  '[]',
  '{}',
  '{"schema":2,"deeds":[],"done":[]}',
  '{"schema":1,"deeds":{},"done":[]}',
  '{"schema":1,"deeds":[{"kind":"run"}],"done":["one"]}',
  '{"schema":1,"deeds":[{"kind":"run","line":"ls"},{"kind":"pass","ms":-1}],"done":["one"]}',
  '{"schema":1,"deeds":[{"kind":"pass","ms":1e999}],"done":[]}',
  '{"schema":1,"deeds":[{"kind":"format","line":"ls"}],"done":[]}',
  `{"schema":1,"deeds":[{"kind":"run","line":"${'x'.repeat(300_000)}"}],"done":[]}`,
])('of %.80s nothing is taken: half of the deeds would be another world', (text) => {
  expect(keptOf(windowWith({ [NAME]: text }).window, 'sample')).toEqual(none);
});

test('names of steps that are no names are left out', () => {
  const text = '{"schema":1,"deeds":[],"done":["one",3,null]}';
  expect(keptOf(windowWith({ [NAME]: text }).window, 'sample').done).toEqual(['one']);
});

test('too much is not kept, and what was kept before is gone', () => {
  const { window, map } = windowWith();
  keep(window, 'sample', { deeds, done: [] });
  const long: Deed = { kind: 'write', path: 'a', text: 'x'.repeat(300_000) };
  expect(keep(window, 'sample', { deeds: [...deeds, long], done: [] })).toBe(false);
  expect(map.size).toBe(0);
});

test('where nothing may be kept, nothing fails', () => {
  expect(keptOf(blocked, 'sample')).toEqual(none);
  expect(keep(blocked, 'sample', { deeds, done: [] })).toBe(false);
  forget(blocked, 'sample');
});

test('time that goes by in small pieces is one deed', () => {
  const passed = withDeed(withDeed(deeds, { kind: 'pass', ms: 7 }), { kind: 'pass', ms: 8 });
  expect(passed).toEqual([...deeds.slice(0, 2), { kind: 'pass', ms: 20 }]);
  expect(withDeed(passed, { kind: 'run', line: 'ls' })).toHaveLength(4);
});

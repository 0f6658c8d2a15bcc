import { expect, test } from 'vitest';
import { KEY, openStore } from '#components/learn/store.ts';
import { isDone, nothingDone, withDone } from '#learn/progress.ts';

const AT = '2026-11-21T10:00:00.000Z';

/** As much of a window as a store asks for; `shared` is what tabs of one browser have together. */
function tab(shared = new Map<string, string>(), { moved = '', deny = [] as string[] } = {}) {
  const events = new EventTarget();
  const guarded = (what: string) => {
    if (deny.includes(what)) throw new Error(`${what} is denied`);
  };
  const window = Object.assign(events, {
    document: { querySelector: () => (moved ? { textContent: moved } : null) },
    localStorage: {
      getItem: (key: string) => {
        guarded('read');
        return shared.get(key) ?? null;
      },
      setItem: (key: string, text: string) => {
        guarded('write');
        shared.set(key, text);
      },
      removeItem: (key: string) => shared.delete(key),
    },
  });
  return { window, store: openStore(window as unknown as Window), shared, deny };
}

const kept = (text: string) => new Map([[KEY, text]]);

test('all parts of a page have one store', () => {
  const { window, store } = tab();
  expect(openStore(window as unknown as Window)).toBe(store);
});

test('what is marked is kept at once, and everybody who listens is told', () => {
  const { store, shared } = tab();
  const told: number[] = [];
  const end = store.subscribe(({ done }) => told.push(Object.keys(done).length));
  store.markDone('lab:a');
  store.markDone('lab:a');
  end();
  store.markStep('lab:b', 'one');
  expect(told).toEqual([1]);
  expect(JSON.parse(shared.get(KEY) ?? '')).toMatchObject({
    done: { 'lab:a': expect.stringMatching(/T/) },
    steps: { 'lab:b': { one: expect.stringMatching(/T/) } },
  });
});

test('a tab that was told of nothing still writes over nothing', () => {
  const shared = new Map<string, string>();
  const one = tab(shared);
  const other = tab(shared);
  one.store.markDone('lab:a');
  other.store.markDone('lab:b');
  one.store.markDone('lab:c');
  expect(Object.keys(one.store.now().done)).toEqual(['lab:a', 'lab:b', 'lab:c']);
});

test('what one tab forgets, another does not bring back', () => {
  const shared = new Map<string, string>();
  const one = tab(shared);
  const other = tab(shared);
  one.store.markDone('lab:a');
  other.store.markDone('lab:b');
  one.store.forget('lab:a', 'lab:never');
  other.store.markDone('lab:c');
  expect(Object.keys(other.store.now().done)).toEqual(['lab:b', 'lab:c']);
  other.store.clear();
  expect(shared.has(KEY)).toBe(false);
});

test('a page that comes back from the browser’s memory looks again', () => {
  const { window, store, shared } = tab();
  shared.set(KEY, JSON.stringify(withDone(nothingDone(), 'lab:a', AT)));
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(isDone(store.now(), 'lab:a')).toBe(true);
});

test('only what happens under its own key is heard', () => {
  const { window, store } = tab();
  let told = 0;
  store.subscribe(() => told++);
  for (const key of ['theme', KEY, null]) window.dispatchEvent(Object.assign(new Event('storage'), { key }));
  expect(told).toBe(2);
});

test.each([['read'], ['write']])('where the browser denies to %s, all works as long as the page lives', (what) => {
  const { store } = tab(new Map(), { deny: [what] });
  store.markDone('lab:a');
  store.markStep('lab:a', 'one');
  expect(store.now()).toMatchObject({
    done: { 'lab:a': expect.stringMatching(/T/) },
    steps: { 'lab:a': { one: expect.stringMatching(/T/) } },
  });
  expect(store.isKept).toBe(false);
  store.forget('lab:a');
  expect(store.now()).toEqual(nothingDone());
});

test('what somebody else put under the key is read as nothing, and replaced by the first mark', () => {
  const { store, shared } = tab(kept('[object Object]'));
  expect(store.now()).toEqual(nothingDone());
  store.markDone('lab:a');
  expect(store.isKept).toBe(true);
  expect(shared.get(KEY)).toContain('lab:a');
});

test('what a later version wrote stays as it is', () => {
  const { store, shared } = tab(kept('{"schema":9}'));
  store.markDone('lab:a');
  expect(isDone(store.now(), 'lab:a')).toBe(true);
  expect(store.isKept).toBe(false);
  expect(shared.get(KEY)).toBe('{"schema":9}');
});

test('progress survives that a lab was renamed, also progress that is brought in', () => {
  const old = withDone(nothingDone(), 'lab:old', AT);
  const { store } = tab(kept(JSON.stringify(old)), { moved: '{"lab:old":"lab:new","x":5}' });
  expect(store.now().done).toEqual({ 'lab:new': AT });
  store.clear();
  store.add(old);
  expect(store.now().done).toEqual({ 'lab:new': AT });
});

test('a table of names that cannot be read is none', () => {
  expect(tab(new Map(), { moved: '{"lab:' }).store.now()).toEqual(nothingDone());
});

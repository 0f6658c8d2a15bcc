import { expect, test } from 'vitest';
import { parseWalkthrough } from '#pipeline/content.ts';
import { bundleLink } from '#pipeline/text/task.ts';
import { figuresOf, sourceOf } from '#pipeline/text/walk.ts';
import { SeenPipeline } from '#status/pipeline.ts';
import { definition } from '../../../support/definitions.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const AT = '2026-11-21T10:00:00Z';
const walk = (more: string) => {
  const text = `schema: 1\nkind: pipeline\ntitle: T\nsummary: S\norder: 1\nintro: I\nguide: [{ title: g, at: [a], text: t }]\nsources: [{ title: s }]\n${more}`;
  const parsed = parseWalkthrough(text, 'one.yaml');
  if (parsed.kind !== 'pipeline') throw new Error('It is no pipeline.');
  return parsed;
};
const read = walk('reads: { bundle: quay.io/a/b:1, name: p }');
const seen = (more: object) =>
  SeenPipeline.parse({
    ...{ id: 'one', state: 'read', why: null, kind: 'bundle', place: 'quay.io/a/b:1', digest: DIGEST, readAt: AT },
    ...{ namedBy: null, given: [], versions: [], ...more },
  });
const recorded = { image: 'standard rawhide', digest: DIGEST, finishedAt: AT };

test('says what it was read from, its digest and when', () => {
  const { text, facts } = sourceOf(read, seen({}), 'definition', null);
  expect(text).toBe(
    'Read from the bundle `quay.io/a/b:1`, digest `sha256:0123456789ab…`, last on 21 Nov 2026, 10:00 UTC.',
  );
  expect(facts).toContainEqual({
    what: 'Bundle',
    text: 'quay.io/a/b:1',
    href: 'https://quay.io/repository/a/b?tab=tags',
  });
  expect(facts).toContainEqual({ what: 'Digest', text: DIGEST, href: null });
});

test('in practice it is the simulator that was read, and nothing leads to the real place', () => {
  const named = { namedBy: { url: 'https://gitlab.com/x', commit: 'a'.repeat(40), changedAt: AT } };
  const { text, facts } = sourceOf(read, seen(named), 'definition', null, true);
  expect(text).toMatch(/^Read from the simulator, which stands in for the bundle `quay\.io\/a\/b:1`, digest /);
  expect(facts.map(({ what }) => what)).toEqual(['Bundle', 'Digest', 'Last seen to be the current one', 'Named by']);
  expect(facts.filter(({ href }) => href !== null)).toEqual([]);
  expect(sourceOf(walk(''), null, 'recording', recorded, true).text).toContain(
    'from the simulator’s recorded build of',
  );
});

test('says why it could not be read again', () => {
  expect(sourceOf(read, seen({ why: 'quay.io refused' }), 'definition', null).text).toMatch(
    / It could not be read again: quay\.io refused\.$/,
  );
});

test('a recording says that it is one, and that skipped tasks are not in it', () => {
  expect(sourceOf(walk(''), null, 'recording', recorded).text).toMatch(
    /^No definition of it can be read\. .*recorded build of standard rawhide: only tasks that ran are in it\.$/,
  );
  expect(sourceOf(read, null, 'recording', recorded).text).toMatch(/^Its own definition was not seen\./);
});

test('what nobody has seen is said to be not seen', () => {
  expect(sourceOf(read, null, 'nothing', null)).toEqual({
    text: 'Not seen: nobody has read it from where it lies yet. So nothing is drawn here.',
    facts: [],
  });
});

test('only addresses of the web become links', () => {
  const hostile = seen({
    kind: 'file',
    place: 'javascript:alert(1)',
    namedBy: { url: 'https://gitlab.com/x', commit: 'a'.repeat(40), changedAt: AT },
  });
  const { facts } = sourceOf(read, hostile, 'definition', null);
  expect(facts.find(({ what }) => what === 'File')?.href).toBeNull();
  expect(facts.find(({ what }) => what === 'Named by')).toMatchObject({
    text: 'https://gitlab.com/x, commit aaaaaaaaaaaa, changed 21 Nov 2026',
    href: 'https://gitlab.com/x',
  });
});

test.each([
  ['quay.io/a/b:1@sha256:00', 'https://quay.io/repository/a/b?tab=tags'],
  ['quay.io/a/b', 'https://quay.io/repository/a/b?tab=tags'],
  ['example.org/a/b:1', null],
  ['quay.io.evil.org/a', null],
  ['quay.io/../a', null],
  ['quay.io/a b', null],
])('the page of the bundle %s', (bundle, href) => {
  expect(bundleLink(bundle)).toBe(href);
});

test('counts what is special, one and many', () => {
  expect(figuresOf(definition({ tasks: '{ name: a }', finally: '{ name: z }' }))).toEqual([
    { count: 2, text: 'tasks' },
    { count: 1, text: 'runs at the end in any case' },
  ]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseBlockers, placeOf } from '#status/blockers-file.ts';

const TEXT = `schema: 1
blockers:
  - url: https://github.com/owner/name/issues/7
    blocks: [CoreOS]
    since: 2026-02-05
    why: It is broken.
queries:
  - project: https://gitlab.com/group/sub/name
    labels: [bug]
reports: https://gitlab.com/group/reports
`;

test('the file that people keep is one, and asks GitHub few enough things for an hour without a token', () => {
  const file = parseBlockers(readFileSync('content/blockers.yaml', 'utf8'), 'content/blockers.yaml');
  const places = [
    ...file.blockers.map(({ url }) => url),
    ...file.queries.map(({ project }) => project),
    ...file.changes.map(({ project }) => project),
    ...file.releases,
  ].map(placeOf);
  expect(places).not.toContain(null);
  expect(places.filter((place) => place?.source === 'github').length).toBeLessThanOrEqual(20);
});

test('a day without quotes stays a day, and what is left out has its default', () => {
  const file = parseBlockers(TEXT, 'b.yaml');
  expect(file.blockers[0]).toMatchObject({ since: '2026-02-05', blocks: ['CoreOS'] });
  expect(file).toMatchObject({ releases: [], changes: [], queries: [{ role: 'query', labels: ['bug'], blocks: [] }] });
});

test.each([
  ['https://github.com/owner/name', 'github', 'owner/name', 'issue', null],
  ['https://github.com/owner/name/issues/7', 'github', 'owner/name', 'issue', 7],
  ['https://github.com/owner/name/pull/8', 'github', 'owner/name', 'change', 8],
  ['https://gitlab.com/a/b/c/', 'gitlab', 'a/b/c', 'issue', null],
  ['https://gitlab.com/a/b/c/-/work_items/83', 'gitlab', 'a/b/c', 'issue', 83],
  ['https://gitlab.com/a/b/-/merge_requests/9', 'gitlab', 'a/b', 'change', 9],
])('%s is %s %s %s %s', (address, source, project, kind, number) => {
  expect(placeOf(address)).toEqual({ source, project, kind, number });
});

test.each([
  'http://github.com/owner/name',
  'https://github.com/owner',
  'https://github.com/owner/name/wiki',
  'https://github.com/owner/name/issues/0',
  'https://github.com.evil.example/owner/name',
  'https://user:secret@github.com/owner/name',
  'https://github.com/owner/..%2f..',
  'https://gitlab.com/../etc/passwd?x',
  'https://gitlab.com/a/b?private_token=x',
  'https://issues.example/KONFLUX-1',
  'javascript:alert(1)',
  'no address',
])('%s is none that may be asked', (address) => {
  expect(placeOf(address)).toBeNull();
});

test.each([
  [
    'an issue elsewhere',
    'github.com/owner/name/issues/7',
    'issues.example/7',
    /b\.yaml:3: blockers\.0\.url: write the address of an issue/,
  ],
  ['a repository where an issue is meant', '/issues/7', '', /b\.yaml:3: blockers\.0\.url/],
  ['nobody who is blocked', '[CoreOS]', '[]', /b\.yaml:4: blockers\.0\.blocks: say whom it blocks/],
  ['a date that is none', '2026-02-05', 'February', /b\.yaml:5: blockers\.0\.since: write a day/],
  ['no reason', '    why: It is broken.\n', '', /b\.yaml:3: blockers\.0\.why/],
  ['an unknown field', 'labels:', 'label:', /b\.yaml:\d+: queries\.0/],
  [
    'reports on GitHub',
    'gitlab.com/group/reports',
    'github.com/group/reports',
    /b\.yaml:10: reports: test reports are read from gitlab/,
  ],
  [
    'YAML that is none',
    'queries:',
    'queries: [',
    /b\.yaml:\d+: A text holds a colon and a space.*\. Put the text in quotes/,
  ],
])('%s is refused with file, line, field and remedy', (_, from, to, message) => {
  expect(TEXT).toContain(from);
  expect(() => parseBlockers(TEXT.replace(from, to), 'b.yaml')).toThrow(message);
});

test('an address that is listed twice is named', () => {
  const again = TEXT.match(/ {2}- url[\s\S]*?broken\.\n/)?.[0] ?? '';
  const twice = TEXT.replace('queries:', `${again}queries:`);
  expect(() => parseBlockers(twice, 'b.yaml')).toThrow(/blockers\.1\.url: .* is listed twice\. Correct this field\./);
});

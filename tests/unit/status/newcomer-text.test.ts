import { expect, test } from 'vitest';
import { type NewcomerProject, parseNewcomersRecord } from '#status/newcomer.ts';
import type { NewcomersFile } from '#status/newcomers-file.ts';
import { newcomersView } from '#status/text/newcomer.ts';

const NOW = '2026-11-21T12:00:00Z';
const FILE: NewcomersFile = {
  schema: 1,
  projects: [
    {
      project: 'https://github.com/up/stream',
      label: 'easy',
      about: 'Sample.',
      source: 'https://github.com/up/stream/issues/1',
    },
    { project: 'https://gitlab.com/fe/dora', about: 'Sample too.' },
  ],
};
const issue = (number: number, more: Partial<NewcomerProject['issues'][number]> = {}) => ({
  number,
  title: `Sample ${number}`,
  url: `https://github.com/up/stream/issues/${number}`,
  labels: ['easy'],
  assignees: [],
  createdAt: '2026-11-01T12:00:00Z',
  updatedAt: `2026-11-${String(10 + (number % 10)).padStart(2, '0')}T12:00:00Z`,
  ...more,
});
const told = (more: Partial<NewcomerProject> = {}): NewcomerProject => ({
  source: 'github',
  project: 'up/stream',
  label: 'easy',
  about: 'Sample.',
  askedAt: '2026-11-21T11:30:00Z',
  failed: null,
  isCut: false,
  issues: [],
  bots: 0,
  ...more,
});
const view = (projects: NewcomerProject[], isSample = false) =>
  newcomersView(FILE, { github: { schema: 1, projects }, gitlab: null }, NOW, isSample);

test('what nobody has taken stands first, then what something happened to last', () => {
  const { groups, counts } = view([told({ issues: [issue(1), issue(5, { assignees: ['ann'] }), issue(3)] })]);
  expect(groups[0]?.rows.map(({ name, assignees }) => `${name} ${assignees}`)).toEqual([
    'up/stream#3 unassigned',
    'up/stream#1 unassigned',
    'up/stream#5 ann',
  ]);
  expect(groups[0]?.rows[0]).toMatchObject({
    age: '20 d',
    quiet: '8 d ago',
    url: 'https://github.com/up/stream/issues/3',
  });
  expect(counts).toEqual({ open: 3, free: 2 });
});

test('a project says how its issues were chosen, and one without a label says that nobody chose them', () => {
  const { groups } = view([]);
  expect(groups[0]).toMatchObject({
    chosen: 'Those that the project marks with “easy”.',
    source: 'https://github.com/up/stream/issues/1',
  });
  expect(groups[1]).toMatchObject({ chosen: expect.stringContaining('nobody has chosen them'), source: null });
});

test('an empty list, one that was never told and one that failed are three different things', () => {
  const failed = { at: '2026-11-21T11:59:00Z', why: 'it answered 500' };
  expect(view([told()]).groups[0]).toMatchObject({ state: 'empty', notes: ['Looked for on 21 Nov 2026, 11:30 UTC.'] });
  expect(view([]).groups[1]).toMatchObject({ state: 'unread', notes: ['GitLab has not told of it yet.'] });
  expect(view([told({ askedAt: null, failed })]).groups[0]).toMatchObject({
    state: 'unread',
    notes: ['GitHub has not told of it yet. It says: it answered 500.'],
  });
  expect(view([told({ failed, issues: [issue(1)] })]).groups[0]?.notes[0]).toBe(
    'GitHub did not answer on 21 Nov 2026, 11:59 UTC: it answered 500. What stands here is older.',
  );
});

test('a long list is cut, and says so; what programs opened is counted', () => {
  const issues = Array.from({ length: 40 }, (_, at) => issue(at + 1));
  const [group] = view([told({ issues, isCut: true, bots: 2 })]).groups;
  expect(group?.rows).toHaveLength(15);
  expect(group?.notes).toContain('15 of more than 40 are shown.');
  expect(group?.notes).toContain('2 opened by programs are left out.');
});

test('the sample leads nowhere, and foreign texts are made visible', () => {
  const { groups } = view(
    [told({ issues: [issue(1, { title: 'a\u202eb', url: 'https://github.com/up/stream/issues/1' })] })],
    true,
  );
  expect(groups[0]?.url).toBeNull();
  expect(groups[0]?.source).toBeNull();
  expect(groups[0]?.rows[0]?.url).toBeNull();
  expect(groups[0]?.rows[0]?.title).not.toContain('\u202e');
});

test('answers about another label do not pass for these', () => {
  expect(view([told({ label: null, issues: [issue(1)] })]).groups[0]?.state).toBe('unread');
});

test('a damaged record counts as none', () => {
  for (const text of [null, '', '{', '{"schema":2}', '{"schema":1,"projects":[{}]}'])
    expect(parseNewcomersRecord(text)).toBeNull();
});

import { expect, test } from 'vitest';
import ProjectIssues from '#components/newcomers/ProjectIssues.astro';
import type { NewcomerGroup } from '#status/text/newcomer.ts';
import { render, spoken } from '../../../support/render.ts';

const GROUP: NewcomerGroup = {
  id: 'project-up-stream',
  project: 'up/stream',
  forge: 'GitHub',
  url: 'https://github.com/up/stream',
  about: 'Sample.',
  chosen: 'Every open issue.',
  source: null,
  rows: [
    {
      ...{
        name: 'up/stream#7',
        title: '<b>Sample</b>',
        url: 'https://github.com/up/stream/issues/7',
        labels: ['easy'],
      },
      ...{ age: '9 d', quiet: '2 d ago', assignees: 'unassigned', isFree: true },
    },
  ],
  notes: ['Looked for on 21 Nov 2026, 11:30 UTC.'],
  state: 'read',
};
const shown = (change: Partial<NewcomerGroup> = {}) =>
  render(ProjectIssues, { group: { ...GROUP, ...change }, ask: '/start/whom-to-ask/' });

test('an issue shows its name, who has it, its age, and when something happened last', async () => {
  const html = await shown();
  expect(spoken(html)).toContain(
    '<b>Sample</b> up/stream#7 · easy unassigned 9 d 2 d ago'.replace(/<\/?b>/g, (tag) =>
      tag.replace('<', '&lt;').replace('>', '&gt;'),
    ),
  );
  expect(html).toContain('href="https://github.com/up/stream/issues/7"');
  expect(spoken(html)).toContain('Looked for on 21 Nov 2026, 11:30 UTC.');
});

test('an empty list and one that nobody has read say whom to ask, each in its own words', async () => {
  const empty = await shown({ rows: [], state: 'empty' });
  const unread = await shown({ rows: [], state: 'unread' });
  expect(spoken(empty)).toContain('Nothing is open there.');
  expect(spoken(unread)).toContain('What is open there is not known.');
  for (const html of [empty, unread]) {
    expect(html).toContain('href="/start/whom-to-ask/"');
    expect(html).not.toContain('<table');
  }
});

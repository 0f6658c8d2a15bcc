import { expect, test } from 'vitest';
import Differences from '#components/pipeline/Differences.astro';
import Guide from '#components/pipeline/Guide.astro';
import Links from '#components/pipeline/Links.astro';
import MiniMap from '#components/pipeline/MiniMap.astro';
import Picture from '#components/pipeline/Picture.astro';
import { introOf } from '#components/pipeline/paragraphs.ts';
import TaskItem from '#components/pipeline/TaskItem.astro';
import TaskTable from '#components/pipeline/TaskTable.astro';
import Versions from '#components/pipeline/Versions.astro';
import Yaml from '#components/pipeline/Yaml.astro';
import { yamlHtml } from '#components/pipeline/yaml.ts';
import { yamlLines } from '#pages/pipelines/_yaml.ts';
import { graphOfDefinition } from '#pipeline/graph/graph.ts';
import { pictureOf } from '#pipeline/picture.ts';
import { showPipeline } from '#pipeline/view.ts';
import { definition } from '../../../support/definitions.ts';
import { render, spoken } from '../../../support/render.ts';

const HOSTILE = '<img src=x onerror=alert(1)>';
const shown = showPipeline(
  { guide: [{ title: HOSTILE, at: ['a', 'gone'], text: `one\n\n\`two\` ${HOSTILE}` }] },
  {
    ...{ recording: null, tasks: new Map() },
    definition: definition('{ name: a }\n{ name: b, runAfter: [a], retries: 1 }'),
    words: [
      {
        ...{ schema: 1, task: 'b', also: [], purpose: 'Does `it`.', takes: [], gives: [], sources: [{ title: 'x' }] },
        fails: [{ looks: HOSTILE, cause: 'C', cure: 'D', runbook: 'out-of-memory' }],
      },
    ],
  },
);
const item = (at: number, more: object = {}) =>
  render(TaskItem, { task: shown.tasks[at], at: at + 1, hasText: true, runbooks: {}, ...more });

test('a task without words says so and where they go', async () => {
  expect(spoken(await item(0))).toContain(
    'Undocumented: nobody has written yet what it is for. Words for it go into content/pipelines/tasks/a.yaml.',
  );
});

test('a task with words says what it is for, how it runs, and what is beside it', async () => {
  const text = spoken(await item(1));
  expect(text).toMatch(/Does it\. Is tried again once when it fails\. After a\. Then nothing waits for it\./);
  expect(text).not.toContain('Undocumented');
});

test('names in a line are told apart, each with the comma that follows it', async () => {
  const links = [
    { text: 'one', anchor: 'a' },
    { text: 'two', anchor: 'b', label: 'its label' },
    { text: 'three', anchor: '' },
  ];
  expect(spoken(await render(Links, { links, end: '.' }))).toBe('one, two (by its label), three.');
  expect(spoken(await render(Links, { links: [], none: 'nothing', end: '.' }))).toBe('nothing.');
});

test('a task leads to its lines of the YAML from its first lines, where the text is there', async () => {
  const [task] = shown.tasks;
  const lines = { from: 3, to: 9 };
  const html = await item(0, { task: { ...task, lines } });
  expect(html.slice(0, html.indexOf('<details'))).toMatch(/href="#yaml-task-a"[^>]*>\s*Its YAML, lines 3 to 9/);
  const without = await item(0, { task: { ...task, lines }, hasText: false });
  expect(without).not.toContain('#yaml-');
  expect(spoken(without)).toContain('In the YAML: lines 3 to 9.');
});

test('a runbook is a link only where it is written', async () => {
  expect(await item(1)).not.toMatch(/runbook|out-of-memory/i);
  const runbooks = { 'out-of-memory': { title: 'Give it more', href: '/runbooks/out-of-memory/' } };
  expect(await item(1, { runbooks })).toMatch(/href="\/runbooks\/out-of-memory\/"[^>]*>Runbook: Give it more/);
});

test('nothing foreign reaches a page as HTML', async () => {
  const html = `${await item(1)}${await render(Guide, { steps: shown.guide, drawing: null })}${await render(Differences, { differences: [{ kind: 'added', task: 'a', text: HOSTILE }], none: '' })}`;
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(html).not.toContain('<img');
});

test('a step that names what was not read says so', async () => {
  const text = spoken(await render(Guide, { steps: shown.guide, drawing: null }));
  expect(text).toContain('gone, which is not in what we read');
});

test('a picture is a group of named links, its lines silent, its end in a frame', async () => {
  const face = (id: string) => ({
    text: id,
    title: `${id}, whole`,
    anchor: `task-${id}`,
    isConditional: true,
    isRepeated: true,
    note: '',
  });
  const picture = pictureOf(graphOfDefinition(definition({ tasks: '{ name: a }', finally: '{ name: z }' })), face);
  const html = await render(Picture, { picture, id: 'p', title: 'All', page: '/there/', marked: ['task-z'] });
  expect(html.match(/role="group"/g)).toHaveLength(2);
  expect(html).toMatch(/<a class="pl-box pl-conditional" href="\/there\/#task-a" aria-label="a, whole"/);
  expect(html.match(/class="pl-behind"/g)).toHaveLength(4);
  expect(html.match(/class="pl-group"/g)).toHaveLength(2);
  expect(html.match(/data-mark="here"/g)).toHaveLength(2);
});

const side = pictureOf(
  graphOfDefinition(
    definition('{ name: a }\n{ name: b, runAfter: [a] }\n{ name: c, runAfter: [a] }\n{ name: d, runAfter: [a] }'),
  ),
  (id) => ({ text: id, title: id, anchor: `task-${id}`, isConditional: false, isRepeated: false, note: '' }),
  [['b', 'c', 'd']],
);

test('what runs side by side stands in a frame that says so, and the line to it belongs to all in it', async () => {
  const html = await render(Picture, { picture: side, id: 'p', title: 'All' });
  expect(html.match(/3 run side by side/g)).toHaveLength(2);
  expect(html.match(/data-from="task-a" data-to="task-b task-c task-d"/g)).toHaveLength(2);
});

test('the help of the keys is that of the drawing and of the page that it stands in', async () => {
  const own = spoken(await render(Picture, { picture: side, id: 'p', title: 'All' }));
  expect(own).toMatch(/up and down within a column.*Escape comes back.*up and down lead from row to row/);
  const elsewhere = await render(Picture, { picture: side, id: 'p', title: 'All', page: '/there/' });
  expect(spoken(elsewhere)).toContain('on the page of its own');
  expect(elsewhere).not.toMatch(/Escape|data-said/);
});

test.each(['handed', 'switched', 'repeated', 'reached'])(
  'a small picture marks %s with the shape of the legend',
  async (mark) => {
    const html = await render(MiniMap, { drawing: side?.right, marks: new Map([['task-b', mark]]) });
    expect(html.match(/href="#pl-mark-[a-z]+"/g)).toEqual([`href="#pl-mark-${mark}"`]);
  },
);

test('an intro is its first paragraph and the others', () => {
  expect(introOf('one\nmore\n\ntwo\n \nthree\n')).toEqual({ first: 'one\nmore', rest: 'two\n\nthree' });
  expect(introOf('one')).toEqual({ first: 'one', rest: '' });
});

test('YAML is escaped, every line has an address, and those of a task stand together', () => {
  const lines = ['a: 1', `b: ${HOSTILE}`, 'c: "x"'].map((text) => [{ text, kind: text[0] === 'c' ? 'string' : null }]);
  const html = yamlHtml(lines, [
    { anchor: 'task-b', lines: { from: 2, to: 3 } },
    { anchor: 'task-over', lines: { from: 3, to: 3 } },
    { anchor: 'task-beyond', lines: { from: 4, to: 9 } },
  ]);
  expect(html).not.toContain('<img');
  expect(html.match(/id="L\d+"/g)).toEqual(['id="L1"', 'id="L2"', 'id="L3"']);
  expect(html).toMatch(/id="L1".*<span class="pl-part" id="yaml-task-b"><span class="pl-l" id="L2"/s);
  expect(html).toContain('<span class="pl-string">c: &quot;x&quot;</span>');
  expect(html).not.toMatch(/task-over|task-beyond/);
});

test('versions are seen since, and what is not known of them is said', async () => {
  const version = {
    ...{ digest: 'sha256:00', firstSeenAt: '2026-11-20T10:00:00Z', lastSeenAt: '2026-11-21T10:00:00Z' },
    ...{ seenFor: [{ text: 'One', href: '/one/' }], namedBy: [] },
  };
  const more = {
    seenFor: [...version.seenFor, { text: 'Two', href: '/two/' }],
    namedBy: [{ what: 'Named by', text: 'https://forge/run.yaml', href: null }],
  };
  const rows = [
    { ...version, ...more, differences: [], hasBefore: true },
    { ...version, differences: null, hasBefore: true },
    { ...version, differences: null, hasBefore: false },
  ];
  const text = spoken(await render(Versions, { rows }));
  expect(text).toContain('Seen since 20 Nov 2026, 10:00 UTC');
  expect(text).toMatch(
    /Seen for One and Two\s*, which are read from the same place.*Named by https:\/\/forge\/run\.yaml/,
  );
  expect(text.match(/Seen for/g)).toHaveLength(1);
  expect(text).toMatch(
    /only the text was changed.*one of the two definitions was not kept.*The first version that we saw/,
  );
});

test('the list of tasks names the file that is missing, and where the others are corrected', async () => {
  const row = { anchor: 'task-a', name: 'a', usedIn: [{ text: 'One', alias: null, href: '/pipelines/one/#task-a' }] };
  const rows = [
    { ...row, purpose: null, file: 'content/pipelines/tasks/a.yaml', edit: null },
    {
      ...{ ...row, purpose: 'Does `it`.', file: 'content/pipelines/tasks/b.yaml', edit: 'https://forge/b.yaml' },
      usedIn: [...row.usedIn, { text: 'Two', alias: 'b-two', href: '/pipelines/two/#task-b-two' }],
    },
  ];
  const html = await render(TaskTable, { id: 't', title: 'Tasks', rows });
  expect(spoken(html)).toMatch(
    /Not written yet\. Its words go into content\/pipelines\/tasks\/a\.yaml\. .*Does it\. Correct it in content\/pipelines\/tasks\/b\.yaml\. One, Two as b-two/,
  );
  expect(html).toContain('href="https://forge/b.yaml"');
});

test('what turns a line of YAML around, or hides in it, is shown; tabs stay', () => {
  const html = yamlHtml([[{ text: 'a\t# \u202e\u2066x\u200b', kind: 'comment' }]], []);
  expect(html).toContain('a\t# ⟨U+202E⟩⟨U+2066⟩x⟨U+200B⟩');
});

test('tasks whose names differ by a suffix have ids of their own', async () => {
  const { tasks } = showPipeline(
    { guide: [] },
    {
      ...{ recording: null, tasks: new Map(), words: [] },
      definition: definition('{ name: init }\n{ name: init-name }'),
    },
  );
  const props = { at: 1, hasText: false, runbooks: {} };
  const html = (await Promise.all(tasks.map((task) => render(TaskItem, { task, ...props })))).join('');
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(4);
});

test('of a text that is too long for a page the first lines are shown, and how many there are is said', async () => {
  const { lines, count } = await yamlLines('- a\n'.repeat(3_005));
  expect([lines.length, count]).toEqual([3_000, 3_005]);
  const html = await render(Yaml, { lines: lines.slice(0, 2), count, tasks: [], from: 'here' });
  expect(spoken(html)).toContain('Show the first 2 of 3005 lines');
  expect(spoken(await render(Yaml, { lines: [], count: 0, tasks: [], from: 'here' }))).toContain('Show all 0 lines');
});

import { expect, test } from 'vitest';
import Board from '#components/status/board/Board.astro';
import Folded from '#components/status/board/Folded.astro';
import ReleaseTable from '#components/status/board/ReleaseTable.astro';
import Streams from '#components/status/board/Streams.astro';
import Summary from '#components/status/board/Summary.astro';
import Worst from '#components/status/board/Worst.astro';
import { foldedText, layBoard } from '#status/board.ts';
import { cellOf, cellsOf } from '#status/cell.ts';
import { countBuckets, worstFirst } from '#status/summary.ts';
import { render, spoken } from '../../../support/render.ts';
import { everyState, image, NOW, snapshot } from '../../../support/snapshot.ts';

const images = [
  image('production/standard/44'),
  image('development/standard/44', 'stale'),
  image('development/minimal/43', 'aging'),
  image('development/minimal/42', 'eol'),
];
const shown = snapshot(images);
const cells = cellsOf({ snapshot: shown, targets: [] });
const { tables, folded } = layBoard(cells);

test('is a table with a caption and heads that say what they are heads of', async () => {
  const html = await render(Board, { table: tables[0], releases: shown.releases, now: NOW, asOf: 'today' });
  expect(html).toMatch(/<caption[^>]*>Base images, as of today<\/caption>/);
  expect(html.match(/scope="col"/g)).toHaveLength(4);
  expect(html).toMatch(/scope="rowgroup" rowspan="2"[^>]*> ?standard/);
  expect(html.match(/scope="row"/g)).toHaveLength(3);
});

test('heads each column with its release and where that stands in its life', async () => {
  const html = await render(Board, { table: tables[0], releases: shown.releases, now: NOW, asOf: 'today' });
  expect(spoken(html)).toContain('Fedora 44 until 2 Jun 2027 Fedora 43 ends 9 Dec 2026');
});

test('says of a place without an image that nothing is watched there', async () => {
  const html = await render(Board, { table: tables[0], releases: shown.releases, now: NOW, asOf: 'today' });
  expect(spoken(html)).toContain('not watched');
});

test('has streams down and channels across, in the same frame', async () => {
  const streams = ['stable', 'testing', 'next'].map((release) => image(`production/coreos/${release}`));
  const view = cellsOf({ snapshot: snapshot([...streams, image('development/coreos/next')]), targets: [] });
  const [table] = layBoard(view).tables;
  const html = await render(Streams, { table, releases: [], now: NOW, asOf: 'today' });
  expect(html).toMatch(/<caption[^>]*>CoreOS streams, as of today<\/caption>/);
  expect(html).toContain('class="sw-board sw-streams"');
  expect(spoken(html)).toMatch(/Stream production development stable .* testing .* next /);
  expect(html.match(/class="sw-empty"/g)).toHaveLength(2);
});

test('counts in words and numbers, and hands on what time will turn', async () => {
  const turns = [{ at: NOW, from: 'ok', to: 'attention' }];
  const html = await render(Summary, { counts: countBuckets(cells), turns });
  expect(spoken(html)).toContain('1 bad 1 need a look 0 no data 1 ok');
  expect(html).toContain(`data-turns="[[&quot;${NOW}&quot;,&quot;ok&quot;,&quot;attention&quot;]]"`);
});

test('folds what is not counted and says how much of what', async () => {
  const html = await render(Folded, { cells: folded, text: foldedText(folded) });
  expect(html).toMatch(/<details[^>]*> ?<summary[^>]*>Not counted: 1 end of life/);
  expect(spoken(html)).toContain('End of life since 2026-05-27');
});

test('lists what is bad with a link to its page, and folds what can wait', async () => {
  const { urgent, later } = worstFirst(cellsOf({ snapshot: snapshot(everyState()), targets: [] }));
  const leads = new Map(
    urgent.map(({ id }) => [id, [{ id: 'sample-runbook', title: 'Do it', fragment: '#v=release:45' }]]),
  );
  const html = await render(Worst, { urgent, later, laterText: '7 need a look', now: NOW, leads });
  const before = html.slice(0, html.indexOf('<details'));
  for (const { id, word } of urgent) {
    expect(before).toContain(`/status/images/${id}/`);
    expect(spoken(before)).toContain(word);
  }
  expect(before.match(/\/runbooks\/sample-runbook\/#v=release:45/g)).toHaveLength(urgent.length);
  expect(before).not.toContain(later[0]?.id ?? '?');
});

test('says that nothing needs a person when that is so', async () => {
  const html = await render(Worst, { urgent: [], later: [], laterText: '', now: NOW, leads: new Map() });
  expect(spoken(html)).toContain('Nothing is bad, and every image that is counted is good.');
});

test('says of an architecture that an image does not list that it is not watched', async () => {
  const one = image('production/iot/44');
  const narrow = { ...one, arches: one.arches.slice(0, 2) };
  const rows = [{ image: narrow, cell: cellOf(narrow, undefined, shown) }];
  const said = spoken(await render(ReleaseTable, { rows, title: 'All', now: NOW }));
  expect(said.match(/not watched/g)).toHaveLength(2);
  expect(said).not.toContain('not planned');
});

import { expect, test } from 'vitest';
import Comparison from '#components/replay/Comparison.astro';
import Others from '#components/replay/Others.astro';
import Replay from '#components/replay/Replay.astro';
import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { comparedRuns } from '#pipeline/replay/compare.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { recording, recordedTask as task } from '../../../support/recording.ts';
import { render, spoken } from '../../../support/render.ts';

const NOTHING = { notes: new Map(), about: new Map() };

async function shown(tasks: RecordedTask[], more: Partial<Recording> = {}, props: object = {}) {
  const run = recording(tasks, more);
  const html = await render(Replay, { recording: run, timeline: timelineOf(run), ...NOTHING, ...props });
  return { html, said: spoken(html) };
}

const BUILD = { after: ['init'], platform: 'linux/arm64' };

test('chart and transcript stand there without a script, and the player waits for one', async () => {
  const { html, said } = await shown([task('init', 0, 9), task('build-images', 30, 573, BUILD)]);
  expect(html).toMatch(/<section[^>]*data-player[^>]* hidden/);
  expect(said).toContain(
    'build-images, arm64: succeeded. Took 9 min 3 s. Began 21 s after the last task before it had ended.',
  );
  expect(html).toMatch(/id="t=4"[^>]*data-ms="30000"/);
  expect(html).toContain('href="#t=4"');
});

test('a leg is said with the name of its task', async () => {
  const legs = [task('build', 0, 9, BUILD), task('build', 0, 12, { ...BUILD, platform: 'linux-s390x' })];
  const { said } = await shown([task('init', 0, 0), ...legs]);
  expect(said).toContain('build 2 legs, one per platform');
  expect(said).toContain('build, arm64: succeeded.');
  expect(said).toContain('build, s390x: succeeded.');
});

test('every end has its word, not only its colour', async () => {
  const { said } = await shown([
    task('a', 0, 9, { status: 'Failed' }),
    task('b', 0, 9, { status: 'TaskRunCancelled' }),
    task('c', 0, 9, { status: null }),
    task('d', null, null, { status: 'Skipped' }),
  ]);
  for (const word of ['a: failed.', 'b: cancelled.', 'c: how it ended is not recorded.', 'd: skipped.'])
    expect(said).toContain(word);
});

test('hostile names are text', async () => {
  const { html } = await shown([task('<img src=x onerror=alert(1)>\u202e', 0, 9), task('"><script>', 0, 9)]);
  expect(html).not.toContain('<img');
  expect(html).not.toMatch(/"><script>(?!\s*import|import)/);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;⟨U+202E⟩');
});

test('a recording without times has rows, and nothing to play', async () => {
  const { html, said } = await shown([task('a', null, null)], { startedAt: null, finishedAt: null });
  expect(html).not.toContain('data-player');
  expect(html).not.toContain('data-ms');
  expect(said).toContain('a: succeeded. How long it took is not recorded.');
});

test('what content says stands beside its event, and a task leads to where it is explained', async () => {
  const { html, said } = await shown(
    [task('init', 5, 9)],
    {},
    {
      notes: new Map([[2, [{ text: 'The `run` has left the queue.', edit: null }]]]),
      about: new Map([['init', '/pipelines/x/#task-init']]),
    },
  );
  expect(said).toContain('init begins, 5 s after it could The run has left the queue.');
  expect(html).toContain('href="/pipelines/x/#task-init"');
});

test('inside another page it has no addresses of its own, and leads to the page that has them', async () => {
  const { html } = await shown([task('init', 0, 9)], {}, { embedded: { home: '/replay/', at: 2, id: 'one' } });
  expect(html).not.toMatch(/\sid="(t=|row-)/);
  expect(html).toContain('href="/replay/#t=2"');
  expect(html).toContain('data-at="2"');
  expect(html).not.toContain('data-address');
});

test('a very long list of events is folded, and still has its addresses', async () => {
  const many = await shown(Array.from({ length: 200 }, (_, index) => task(`task-${index}`, index, index + 9)));
  expect(many.html).toMatch(/<summary[^>]*> *All 402 events as text/);
  expect(many.html).toContain('id="t=402"');
  const few = await shown([task('init', 0, 9)]);
  expect(few.html).not.toContain('<details');
});

test('of two runs, what changed is shown and the rest is folded', async () => {
  const before = recording([
    task('a', 0, 100),
    task('b', 0, 100),
    ...Array.from({ length: 6 }, (_, i) => task(`c${i}`, 0, 5)),
  ]);
  const after = recording([task('a', 0, 200), task('b', 0, 101)]);
  const html = await render(Comparison, { rows: comparedRuns(before, after), heads: ['Before', 'Now'] });
  const [open = '', ...folds] = html.split('<details');
  expect(spoken(open)).toContain('a none 1 min 40 s 3 min 20 s 1 min 40 s longer (+100 %)');
  expect(spoken(folds.join('<details'))).toMatch(/only one of the two has: 6.*took about as long: 1/);
  const same = await render(Comparison, { rows: comparedRuns(after, after), heads: ['Before', 'Now'] });
  expect(spoken(same)).toContain('No task run that both have took a notably other time.');
});

test('other replays are linked with when they began and how they ended', async () => {
  const at = '2026-11-20T04:53:00Z';
  const html = await render(Others, {
    pages: [
      { href: '/replay/', run: 'good', startedAt: at, attempt: null },
      { href: '/replay/a/', run: '<a>', startedAt: at, attempt: { outcome: 'failed', failedTask: 'build' } },
      { href: '/replay/b/', run: 'b', startedAt: null, attempt: { outcome: 'cancelled', failedTask: null } },
    ],
  });
  expect(html).toMatch(/href="\/replay\/a\/"[^>]*>&lt;a&gt;/);
  expect(spoken(html)).toMatch(/^The build of today.*s image, 20 Nov 2026, 04:53 UTC/);
  expect(spoken(html)).toContain('20 Nov 2026, 04:53 UTC, failed at build');
  expect(spoken(html)).toContain('b, begin not recorded, cancelled');
});

import { expect, test } from 'vitest';
import { commandHtml } from '#components/runbook/markup.ts';
import RunbookPage from '#components/runbook/Runbook.astro';
import RunbookList from '#components/runbook/RunbookList.astro';
import { filtersOf, listOf } from '#runbook/list.ts';
import type { Runbook } from '#runbook/model.ts';
import type { Review } from '#runbook/people.ts';
import { viewOf } from '#runbook/view.ts';
import { render, spoken } from '../../../support/render.ts';
import { recordOf, STEPS, sampleRunbook, VARIABLES } from '../../../support/runbooks.ts';

const OWNER = { name: 'Sample group', asks: 'All of it.', places: [{ title: 'Sample room' }], sources: [] };

async function page(
  runbook: Runbook,
  {
    reviews = [],
    changed = null,
    titles = { other: 'Another runbook' },
  }: { reviews?: Review[]; changed?: string | null; titles?: Record<string, string> } = {},
) {
  const view = await viewOf(runbook, await recordOf(runbook), VARIABLES);
  const files = { script: '/runbooks/sample.sh', markdown: '/runbooks/sample.md' };
  return render(RunbookPage, { view, owner: OWNER, reviews, titles, changed, project: '', files });
}

test('what foreign texts hold is shown as text', async () => {
  const nasty = '<img src=x onerror=alert(1)> </script> "quoted"';
  const step = {
    ...STEPS.look,
    title: nasty.slice(0, 80),
    text: nasty,
    run: `echo '${nasty}'\n`,
    expect: { output: nasty },
  };
  const html = await page(
    sampleRunbook({ steps: [step], variables: ['namespace'], unverified: [nasty], before: nasty }),
  );
  expect(html).not.toContain('<img');
  expect(html.match(/<\/script>/g)).toHaveLength(html.match(/<script/g)?.length ?? 0);
});

test('a step says what it risks in words, and where it is done', async () => {
  const html = await page(sampleRunbook());
  const text = spoken(html);
  expect(text).toContain('1 Look at it only reads signed in to the cluster');
  expect(text).toContain('2 Write it down changes something signed in to the cluster');
  expect(text).toContain('Taking it back It stays.');
  expect(text).toContain('Done by hand: no machine has tried it.');
});

test('a step without a way back says so in its badge', async () => {
  const html = await page(sampleRunbook({ steps: [{ ...STEPS.note, risk: 'no-return' }] }));
  expect(html).toMatch(/data-bucket="bad"[^>]*>.*?cannot be taken back/);
  expect(spoken(html)).toContain('No way back It stays.');
});

test('what a badge means is said once, before the first step, of those only that are there', async () => {
  const text = spoken(await page(sampleRunbook()));
  expect(text.match(/each such step says how to take it back/g)).toHaveLength(1);
  expect(text.indexOf('each such step says')).toBeLessThan(text.indexOf('1 Look at it'));
  expect(text).not.toContain('takes something away');
});

test('a command stands line by line, so that a long one wraps, and says the same', () => {
  const html = commandHtml("printf first\n\nprintf '{{namespace}}' | cat\n", { namespace: 'sample-tenant' });
  expect(html.match(/class="rb-row"/g)).toHaveLength(3);
  expect(html.replace(/<[^>]*>/g, '')).toBe("printf first\n\nprintf 'sample-tenant' | cat");
});

test('a step in a clone names the project, which is a variable', async () => {
  const variables = { ...VARIABLES, project: { ...VARIABLES['component'], type: 'path', example: 'sample/sample' } };
  const runbook = sampleRunbook({ steps: [{ ...STEPS.look, where: 'clone' }], variables: ['namespace', 'project'] });
  const view = await viewOf(runbook, null, JSON.parse(JSON.stringify(variables)));
  const html = await render(RunbookPage, {
    ...{ view, owner: OWNER, reviews: [], titles: {}, changed: null, project: '' },
    files: { script: '', markdown: '' },
  });
  expect(html).toContain('https://gitlab.com/<span class="rb-var" data-var="project">sample/sample</span>.git');
  expect(html).toMatch(/only reads<\/span> <span[^>]*>in a clone of <code>/);
});

test('a branch leads to its step by number, or to a runbook by title', async () => {
  const branches = [
    { if: 'Running|Pending', says: 'It runs.', step: 'ask' },
    { if: 'gone', says: 'It is gone.', runbook: 'other' },
  ];
  const html = await page(sampleRunbook({ steps: [{ ...STEPS.look, branches }, STEPS.ask, STEPS.note] }));
  expect(html).toContain('<code>Running</code> or <code>Pending</code>: It runs.');
  expect(html).toMatch(/<a href="#step-ask"[^>]*>Go to step 2</);
  expect(html).toMatch(/<a href="\/runbooks\/other\/"[^>]*>Another runbook</);
});

test('another runbook that a text names by its id is a link with its title; what merely looks like one is code', async () => {
  const runbook = sampleRunbook({ before: 'See `another-one`, then `constructor` and `not-one`.' });
  const html = await page(runbook, { titles: { 'another-one': 'Another <one>' } });
  expect(html).toContain('See <a href="/runbooks/another-one/">Another &lt;one&gt;</a>');
  expect(html).toContain('<code>constructor</code> and <code>not-one</code>');
});

test('a free text has a line for the shell before the first step', async () => {
  const html = await page(sampleRunbook());
  expect(html).toContain(`export REASON=<span class="rb-var" data-var="reason" data-quoted>'it'\\''s a sample'</span>`);
  expect(html.indexOf('export REASON')).toBeLessThan(html.indexOf('id="step-look"'));
});

test('text, run and review are three facts, and a review of an older text says so', async () => {
  const review = { runbook: 'sample', by: 'Sample Person', at: '2026-11-01', commit: '0123abc', cluster: 'sample' };
  const unread = spoken(await page(sampleRunbook(), { changed: '2026-11-20T10:00:00Z' }));
  expect(unread).toContain('Text changed 20 Nov 2026');
  expect(unread).toContain('Not yet confirmed on Fedora’s cluster.');
  expect(unread).toContain('Reviewed by a person by nobody yet');
  const read = spoken(await page(sampleRunbook(), { reviews: [review], changed: '2026-11-20T10:00:00Z' }));
  expect(read).toContain('Sample Person, 1 Nov 2026, on sample. The text has changed since.');
  expect(read).not.toContain('Not yet confirmed');
  const now = spoken(await page(sampleRunbook(), { reviews: [review], changed: '2026-10-20T10:00:00Z' }));
  expect(now).not.toContain('The text has changed since');
});

test('a draft says so before anything else', async () => {
  const text = spoken(await page(sampleRunbook({ status: 'draft' })));
  expect(text.indexOf('Draft: never executed.')).toBeLessThan(text.indexOf('Steps'));
  expect(text).not.toContain('kubectl 1.35.2');
});

test('what the script gets holds no test, whose objects are many', async () => {
  const html = await page(sampleRunbook({ tests: [{ given: [{ kind: 'Sample', metadata: { name: 'left-out' } }] }] }));
  expect(html).not.toContain('left-out');
});

test('the list says of each what it is for, the worst it does and whether it ran', async () => {
  const runbook = sampleRunbook();
  const view = await viewOf(runbook, await recordOf(runbook), VARIABLES);
  const html = await render(RunbookList, { parts: listOf([view]), filters: filtersOf([runbook]) });
  const text = spoken(html);
  expect(text).toContain('A sample of a runbook It is done. changes something minor');
  expect(text).toContain('ran on 21 Nov 2026 with real clients, against our simulator');
  expect(html).toContain('data-tool="kubectl"');
});

import { expect, test } from 'vitest';
import Incidents from '#components/status/runs/Incidents.astro';
import Runs from '#components/status/runs/Runs.astro';
import { incidentsOf } from '#status/incident.ts';
import type { Image, Snapshot } from '#status/model.ts';
import { Attempt, Build, Promotion, Tests } from '#status/run.ts';
import { attempts } from '../../../support/evidence.ts';
import { render, spoken } from '../../../support/render.ts';
import { hoursAgo, image, NOW, snapshot } from '../../../support/snapshot.ts';

const ID = 'development/standard/44';
const asked: Snapshot['sources'] = snapshot([]).sources.map((one) =>
  one.id === 'konflux' ? { ...one, state: 'ok' } : one,
);

async function page(one: Image, sources = asked): Promise<{ html: string; said: string }> {
  const html = await render(Runs, { image: one, snapshot: snapshot([one], { sources }), incidents: [] });
  return { html, said: spoken(html) };
}

/** An image with the build of these attempts; the last of them gave it. */
function built(runs: Attempt[], change: Partial<Image> = {}): Image {
  const one = image(ID, 'failing-fresh');
  const gave = { ...runs.at(-1), digest: one.digest };
  const build = Build.parse({
    ...{ checkedAt: NOW, current: runs[0], of: gave.name ? gave : null, failingSince: hoursAgo(2), isLowerBound: true },
  });
  return { ...one, attempts: runs, build, ...change };
}

const failure = {
  ...{ task: 'build-images', arch: 's390x', arches: ['s390x', 'ppc64le'], step: 'build', reason: 'OOMKilled' },
  ...{ message: '<script>alert(1)</script>', log: 'line one\n<b>Killed</b>\u202e' },
};

function broken(): Attempt[] {
  const [first, ...others] = attempts('failed', 'failed', 'ok');
  return [
    Attempt.parse({ ...first, url: 'https://ui.example/run', failedTask: 'build-images', failure, tasksReadAt: NOW }),
    ...others,
  ];
}

test('says where it broke, on which arches, why, and since when at least', async () => {
  const { html, said } = await page(built(broken()));
  expect(said).toContain('Newest attempt run-0: failed, began 21 Nov 2026, 13:07 UTC');
  expect(said).toContain('Failing since at least 21 Nov 2026, 12:07 UTC');
  expect(said).toContain('Broke in task build-images, step build, on s390x, ppc64le Because OOMKilled: ');
  expect(html).toContain('href="https://ui.example/run"');
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('&lt;b&gt;Killed&lt;/b&gt;⟨U+202E⟩');
  expect(said).toContain('What looked like a secret is blacked out.');
});

test('a recorded run can be replayed, the one that broke from where it is told', async () => {
  const one = built(broken());
  const replays = new Map([['run-0', '/replay/run-0/']]);
  const html = await render(Runs, {
    image: one,
    snapshot: snapshot([one], { sources: asked }),
    incidents: [],
    replays,
  });
  expect(html.match(/href="\/replay\/run-0\/"/g)).toHaveLength(2);
  expect(spoken(html)).toContain('Replay the run that broke, up to the task that failed.');
  expect((await page(one)).said).not.toContain('Replay');
});

test('says why there is no log', async () => {
  const [first, ...others] = broken();
  const silent = Attempt.parse({ ...first, failure: { ...failure, log: null, noLog: 'nobody had it any more' } });
  expect((await page(built([silent, ...others]))).said).toContain('No log: nobody had it any more.');
});

test('a good run whose checks fail is both', async () => {
  const [good] = attempts('ok');
  const run = Attempt.parse({
    ...good,
    checks: 'FAILURE',
    checkTasks: ['clair-scan'],
    tasksReadAt: NOW,
    isSigned: true,
  });
  const { said } = await page(built([run]));
  expect(said).toContain('the run succeeded, and its checks report FAILURE: clair-scan');
  expect(said).toContain('Tekton Chains signed it');
});

test('does not guess which run gave an image', async () => {
  const one = built(broken());
  const { said } = await page({ ...one, build: one.build && { ...one.build, of: null } });
  expect(said).toContain('Gave this image not known: no run that we saw names its digest');
});

test('tests in a row each, with their word; none is not tested', async () => {
  const row = {
    scenario: 'boot',
    source: 'konflux',
    isOptional: false,
    at: NOW,
    url: 'javascript:alert(1)',
    detail: null,
  };
  const none = { checkedAt: NOW, of: [] };
  const { said: untested } = await page(
    built(broken(), { tests: Tests.parse({ ...none, lastReportAt: hoursAgo(500) }) }),
  );
  expect(untested).toContain('Not tested: no result for this image was found. No public test report since ');
  const { said: recent } = await page(built(broken(), { tests: Tests.parse({ ...none, lastReportAt: hoursAgo(3) }) }));
  expect(recent).toContain('Not tested: no result for this image was found. The newest public test report, of another');
  const tests = {
    ...Tests.parse(none),
    of: [{ ...Tests.shape.of.element.parse({ ...row, url: null, outcome: 'failed', isOptional: true }) }],
  };
  const { said, html } = await page(built(broken(), { tests }));
  expect(said).toContain('boot failed (does not block)');
  expect(html).not.toContain('javascript:');
});

test('a promotion under way says for how long and at which attempt', async () => {
  const promotion = Promotion.parse({
    ...{ checkedAt: NOW, name: 'r-1', state: 'running', step: 'ManagedPipelineProcessed', reason: null, attempts: 4 },
    ...{ startedAt: hoursAgo(80), endedAt: null, digest: null, url: null },
  });
  const { said } = await page(built(broken(), { promotion }));
  expect(said).toContain('Promotion r-1: is running at ManagedPipelineProcessed, attempt 4, for 3 d');
});

test('without a token one line says what a token would add, and only where Konflux builds', async () => {
  const { sources } = snapshot([]);
  const { said } = await page(image(ID), sources);
  expect(said).toContain('the Konflux API asks for a token and none is set. With one, this page would tell');
  expect(said).not.toContain('Tests');
  expect((await page(image('production/standard/44'), sources)).said).toBe('');
});

test('what was told earlier is said to be so', async () => {
  const one = built(broken());
  const { said } = await page({ ...one, build: one.build && { ...one.build, checkedAt: hoursAgo(9) } });
  expect(said).toContain('As the cluster told us 21 Nov 2026, 05:07 UTC; it did not answer since.');
});

test('an incident names its images once each, with their runs', async () => {
  const found = incidentsOf([built(broken()), { ...built(broken()), id: 'development/minimal/44' }]);
  const html = await render(Incidents, {
    incidents: found,
    names: new Map([['development/minimal/44', 'minimal, in words']]),
  });
  expect(found).toHaveLength(1);
  expect(html.match(/<h2/g)).toHaveLength(1);
  expect(html).toContain('href="/status/images/development/minimal/44/"');
  expect(html).not.toContain('<script>alert');
  expect(spoken(html)).toContain('build-images breaks on ppc64le, s390x: OOMKilled');
  expect(spoken(html)).toContain('minimal, in words');
});

test('an image that fails like another leads to what they have in common', async () => {
  const one = built(broken());
  const incidents = incidentsOf([one, { ...one, id: 'development/minimal/44' }]);
  const html = await render(Runs, { image: one, snapshot: snapshot([one]), incidents });
  expect(html).toContain(`href="/status/incidents/#${incidents[0]?.id}"`);
  expect(spoken(html)).toContain('build-images breaks in the same way in 1 other image');
});

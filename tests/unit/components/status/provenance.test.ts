import { expect, test } from 'vitest';
import Provenance from '#components/status/trust/Provenance.astro';
import Trust from '#components/status/trust/Trust.astro';
import { presenceOf } from '#status/detail.ts';
import type { Fact } from '#status/text/provenance.ts';
import { render, spoken } from '../../../support/render.ts';
import { digest, image, NOW, signature, snapshot } from '../../../support/snapshot.ts';

const ID = 'production/standard/44';
const KEY = 'SHA256:bGxKKaybwKwKDeg1CwOJ03zsZGTAx+meRmqTTZNOuh8';
const FACT: Fact = { what: 'At the commit', text: 'd11c0ad', href: 'https://github.com/team/repo/commit/d11c0ad' };
const TASK = {
  ...{ name: '<b>init</b>', status: 'Succeeded', startedAt: NOW, took: '7 s' },
  ...{ platform: null, bundle: null, check: null },
};

test('names the key that verified, and what is wrong with what is not', async () => {
  const verified = image(ID, 'fresh', {
    signature: signature('verified', { keyId: KEY, checkedAt: NOW, digest: digest('sig') }),
  });
  const rows = presenceOf(verified, snapshot([]));
  const said = spoken(await render(Trust, { rows, keys: 'All carry one key.' }));
  expect(said).toContain(`Signature present and verified ${KEY} ${digest('sig')}`);
  expect(said).toContain('All carry one key.');
  const wrong = image(ID, 'trust-failed', {
    signature: signature('failed', { why: 'it was made for another digest' }),
  });
  expect(presenceOf(wrong, snapshot([]))[0]?.says).toBe('checked and invalid: it was made for another digest');
});

test('does not call present what was read and could not be verified without saying why', () => {
  const seen = image(ID, 'fresh', { signature: signature('present-unverified', { checkedAt: NOW }) });
  expect(presenceOf(seen, snapshot([]))[0]?.says).toContain('no key for it is known to us');
});

test('folds the tasks, escapes their names, and links only what it was given to link', async () => {
  const facts = [FACT, { what: 'Built by', text: 'chains', href: null }];
  const html = await render(Provenance, { facts, tasks: [TASK], isUnverified: false });
  expect(html).toContain('&lt;b&gt;init&lt;/b&gt;');
  expect(html.match(/href=/g)).toHaveLength(1);
  expect(html).toMatch(/<details[^>]*>\s*<summary[^>]*>\s*1 task on record/);
  expect(spoken(html)).not.toContain('was not verified');
});

test('says that nobody has verified it, that tasks are not recorded, and nothing where there is nothing', async () => {
  const said = spoken(await render(Provenance, { facts: [FACT], tasks: null, isUnverified: true }));
  expect(said).toContain('Its signature was not verified.');
  expect(said).toContain('records no tasks');
  expect(spoken(await render(Provenance, { facts: [], tasks: null, isUnverified: true }))).toBe('');
});

test('with a recording, tells platform, bundle and check of each task, what is not recorded, and where the recording is', async () => {
  const build = { ...TASK, name: 'build', platform: 'linux/arm64', check: 'its check found a failure' };
  const html = await render(Provenance, {
    facts: [FACT],
    tasks: [TASK, { ...build, bundle: { name: 'task-build:0.2', digest: 'ec962d0be18f' } }],
    isUnverified: false,
    recording: { href: '/status/v1/recordings/abc.json', notRecorded: ['build for linux/s390x\u202e.'] },
  });
  const said = spoken(html);
  expect(said).toContain('build linux/arm64 Succeeded, its check found a failure');
  expect(said).toContain('task-build:0.2 ec962d0be18f');
  expect(said).toContain('not named Succeeded 21 Nov');
  expect(said).toContain('Not recorded: build for linux/s390x⟨U+202E⟩.');
  expect(html).toContain('href="/status/v1/recordings/abc.json"');
  expect(said).toContain('Recording of this build, 2 tasks, JSON');
});

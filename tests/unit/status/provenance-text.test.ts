import { expect, test } from 'vitest';
import { Provenance } from '#status/attachment.ts';
import { buildFacts, keyLine, taskRows } from '#status/text/provenance.ts';
import { hoursAgo, image } from '../../support/snapshot.ts';

const KEY = 'SHA256:bGxKKaybwKwKDeg1CwOJ03zsZGTAx+meRmqTTZNOuh8';
const COMMIT = 'd11c0ada39f18f631ff4f54beafa72a9b62dcd7c';

const provenance = (change: Partial<Provenance> = {}) =>
  Provenance.parse({
    state: 'verified',
    digest: null,
    predicateType: 'https://slsa.dev/provenance/v0.2',
    builder: 'https://tekton.dev/chains/v2',
    source: { repository: 'https://gitlab.com/fedora/bootc/base-images.git', commit: COMMIT },
    ...change,
  });
const factOf = (what: string, change: Partial<Provenance> = {}) =>
  buildFacts(provenance(change)).find((fact) => fact.what === what);

test('tells nothing of a build of which no statement was read', () => {
  expect(buildFacts(null)).toEqual([]);
  expect(buildFacts(Provenance.parse({ state: 'failed', digest: null }))).toEqual([]);
  expect(taskRows(provenance())).toBeNull();
});

test.each([
  [
    'https://gitlab.com/fedora/bootc/base-images.git',
    COMMIT,
    `https://gitlab.com/fedora/bootc/base-images/-/commit/${COMMIT}`,
  ],
  ['https://github.com/team/repo', COMMIT, `https://github.com/team/repo/commit/${COMMIT}`],
  ['https://github.com/team/repo', 'sample-1', null],
  ['https://forge.example/team/repo', COMMIT, null],
  ['http://github.com/team/repo', COMMIT, null],
  ['https://github.com.evil.example/x', COMMIT, null],
  ['constructor', COMMIT, null],
])('links the commit of %s at %s to %s', (repository, commit, href) => {
  expect(factOf('At the commit', { source: { repository, commit } })?.href).toBe(href);
});

test('says "not recorded" rather than leaving a fact out, and shows hidden letters', () => {
  expect(factOf('From the compose')?.text).toBe('not recorded');
  expect(factOf('Built by', { builder: 'a\u202eb' })?.text).toBe('a⟨U+202E⟩b');
});

test('tasks stand in the order in which they began, with what they took', () => {
  const tasks = [
    { name: 'build', status: 'Succeeded', startedAt: hoursAgo(2), finishedAt: hoursAgo(1.5) },
    { name: 'init', status: null, startedAt: hoursAgo(3), finishedAt: null },
  ];
  expect(taskRows(provenance({ tasks }))).toMatchObject([
    { name: 'init', status: 'not recorded', took: 'not recorded' },
    { name: 'build', status: 'Succeeded', took: '30 min 0 s' },
  ]);
});

const carrying = (id: string, keyId: string, hours: number) =>
  image(id, 'fresh', { provenance: provenance({ keyId, keySince: hoursAgo(hours) }) });

test('one key on all images is called consistency, and never trust', () => {
  const line = keyLine([
    carrying('development/standard/45', KEY, 48),
    carrying('development/standard/44', KEY, 24),
    image('production/standard/44'),
  ]);
  expect(line).toContain(`All 2 images whose attestation was read carry the same key ${KEY} since 19 Nov 2026.`);
  expect(line).toContain('consistency, not trust');
});

test('two keys are told apart, and of none nothing is said', () => {
  const line = keyLine([carrying('a/b/1', KEY, 1), carrying('a/b/2', KEY, 1), carrying('a/b/3', 'SHA256:other', 1)]);
  expect(line).toContain(`The 3 images whose attestation was read carry 2 keys: ${KEY} on 2, SHA256:other on 1.`);
  expect(keyLine([image('production/standard/44')])).toBeNull();
});

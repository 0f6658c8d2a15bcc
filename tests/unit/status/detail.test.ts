import { expect, test } from 'vitest';
import { Provenance } from '#status/attachment.ts';
import { commandsOf, expectationsOf, placeOf, presenceOf, unknownWhy } from '#status/detail.ts';
import type { Facets, Image, Snapshot } from '#status/model.ts';
import { facetRows } from '#status/text/facet.ts';
import { judged } from '#status/verdict.ts';
import { ID as EVIDENT, evidence } from '../../support/evidence.ts';
import { everyState, hoursAgo, image, NOW, signature, snapshot, target, verdict } from '../../support/snapshot.ts';

const ID = 'production/standard/44';

test('names exactly this image in every command, by digest', () => {
  const one = image(ID);
  const reference = `registry.example/team/standard-44@${one.digest}`;
  expect(commandsOf(one).map(({ text }) => text)).toEqual([
    `podman pull ${reference}`,
    `skopeo inspect docker://${reference}`,
    `sudo bootc switch ${reference}`,
  ]);
});

test('keeps the path of a registry that lies below one', () => {
  expect(placeOf({ registry: 'http://127.0.0.1:5000/quay.io', repository: 'fedora/fedora-bootc' })).toBe(
    '127.0.0.1:5000/quay.io/fedora/fedora-bootc',
  );
  expect(placeOf({ registry: 'https://quay.io', repository: 'a/b' })).toBe('quay.io/a/b');
});

test('offers nothing to pull without a digest, and no machine to boot from a compose image', () => {
  expect(commandsOf(image(ID, 'withdrawn'))).toEqual([]);
  expect(commandsOf(image('development/compose/44')).some(({ text }) => text.includes('bootc switch'))).toBe(false);
});

test('says of an attachment that it is there, never that it was checked, and why it is not known', () => {
  const says = Object.fromEntries(presenceOf(image(ID), snapshot([])).map(({ what, says: text }) => [what, text]));
  expect(says).toEqual({
    Signature: 'present, not verified',
    Provenance: 'not known: no source told us',
    SBOM: 'not found',
  });
  expect(unknownWhy(['konflux'], snapshot([]))).toBe('the source konflux was not asked');
});

test('tells a missing label from labels that were not read', () => {
  const wanted = ['containers.bootc', 'org.opencontainers.image.source'];
  expect(expectationsOf(image(ID), [], wanted).slice(1)).toEqual([
    { what: 'label containers.bootc', is: 'found', value: '1' },
    { what: 'label org.opencontainers.image.source', is: 'missing', value: null },
  ]);
  expect(expectationsOf(image(ID, 'missing'), [], wanted).map(({ is }) => is)).toEqual([
    'missing',
    'not known',
    'not known',
  ]);
});

test.each([
  ['absent', 'missing'],
  ['hidden', 'missing'],
  ['denied', 'not known'],
  ['failed', 'not known'],
  ['unreadable', 'not known'],
  [null, 'not known'],
] as const)('calls the tag of an image without a digest, after the answer %s, %s', (outcome, is) => {
  const lastPoll = outcome && { at: NOW, outcome, by: {} };
  expect(expectationsOf(image(ID, 'missing', { lastPoll }), [], [])[0]).toMatchObject({ what: 'tag latest', is });
});

test('says of an image that was never seen when we asked and what the answer was', () => {
  const poll = { at: hoursAgo(1), outcome: 'hidden', by: {} } as const;
  const one = image(ID, 'missing', { lastPoll: poll, checkedAt: hoursAgo(1) });
  const rows = facetRows(one, target(ID), NOW);
  const says = Object.fromEntries(rows.map(({ id, says: text }) => [id, text]));
  expect(rows.find(({ id }) => id === 'confidence')?.value).toBe('nothing found');
  expect(says['confidence']).toBe('Never seen. Asked 21 Nov 2026, 13:07 UTC: the repository is missing or private.');
  expect(says['complete']).toBe('There is no index that we know of.');
});

test('says when an image was seen, and what the last answer was where it brought nothing', () => {
  const says = (one: Image) => facetRows(one, target(ID), NOW).find(({ id }) => id === 'confidence')?.says;
  expect(says(image(ID))).toBe('Seen 21 Nov 2026, 13:55 UTC.');
  expect(says(image(ID, 'unknown-source'))).toBe(
    'Seen 21 Nov 2026, 05:07 UTC. Asked 21 Nov 2026, 13:55 UTC: there was no answer.',
  );
  expect(says(image(ID, 'unknown-never', { lastPoll: null }))).toBe('Never seen. No poll is on record.');
});

test.each([
  [[], 'The index could not be read.'],
  [['s390x'], 'Could not be read: s390x.'],
] as const)('says of an image whose architectures %j were not read: %s', (arches, text) => {
  const complete: Facets['complete'] = { value: 'unknown', arches: [...arches] };
  const one = image(ID, 'fresh', { verdict: verdict('fresh', NOW, { complete }) });
  expect(facetRows(one, target(ID), NOW).find(({ id }) => id === 'complete')?.says).toBe(text);
});

test.each([
  ['timestamp', ['45', '20250605-110837'], 'found', '20250605-110837'],
  ['compose', ['Fedora-45-20260903.n.0'], 'found', 'Fedora-45-20260903.n.0'],
  ['version', ['44.20260802.3.1'], 'found', '44.20260802.3.1'],
  ['timestamp', ['45'], 'missing', null],
  ['timestamp', null, 'not known', null],
] as const)('looks for a %s tag among %j', (scheme, alsoTagged, is, value) => {
  const one = image(ID, 'fresh', { alsoTagged: alsoTagged && [...alsoTagged] });
  expect(expectationsOf(one, [scheme], [])[1]).toMatchObject({ is, value });
});

test('answers every facet of every state in words', () => {
  for (const one of everyState()) {
    const rows = facetRows(one, target(one.id), NOW);
    expect(rows).toHaveLength(9);
    for (const { says } of rows) expect(says).toMatch(/\w.*[.:)\d]$/);
  }
});

test('says the thresholds of an age and when they will be passed', () => {
  const age = facetRows(image(ID), target(ID), NOW).find(({ id }) => id === 'fresh');
  expect(age?.says).toMatch(
    /Fresh up to 36 h, stale over 3 d; expected every 24 h\. Aging from .* UTC, stale from .* UTC\./,
  );
});

test('says why it is not confirmed that an image is still built', () => {
  const one = image(ID);
  const { facets } = one.verdict;
  const doubtful = {
    ...one,
    verdict: { ...one.verdict, facets: { ...facets, plan: { ...facets.plan, confirmed: false } } },
  };
  const plan = facetRows(doubtful, target(ID, { confirmed: false, why: 'Seen in a list only.' }), NOW)[0];
  expect(plan?.says).toContain('Not confirmed that this is still built: Seen in a list only.');
});

test.each([
  ['failed', 'verified', 'The signature is invalid: it was made for another digest.'],
  ['verified', 'verified', 'By a key that we know, over this digest: signature, provenance.'],
  ['verified', 'not-checked', 'over this digest: signature. The rest could not be read.'],
  ['not-checked', 'not-checked', 'We could not read it, or have not looked.'],
  ['present-unverified', 'absent', 'no key that we know has verified it'],
] as const)('says of a signature that is %s and a provenance that is %s what was found', (one, other, words) => {
  const found = {
    signature: signature(one, one === 'failed' ? { why: 'it was made for another digest' } : {}),
    provenance: Provenance.parse({ state: other, digest: null }),
    sbom: null,
  };
  const seen = { ...evidence(5), ...found };
  const judgement = judged(
    seen,
    target(EVIDENT),
    { id: '45', name: 'Fedora 45', state: 'supported', eolAt: null },
    NOW,
  );
  const row = facetRows(judgement, undefined, NOW).find(({ id }) => id === 'trust');
  expect(row?.says).toContain(words);
});

test('a key that was read from the cluster is said to be', () => {
  const keyId = 'SHA256:bGxKKaybwKwKDeg1CwOJ03zsZGTAx+meRmqTTZNOuh8';
  const signed = image(ID, 'fresh', { signature: signature('verified', { keyId, checkedAt: NOW }) });
  const clusterKey = { id: keyId, pem: '', since: NOW };
  const says = (change: Partial<Snapshot>) => presenceOf(signed, snapshot([], change))[0]?.says;
  expect(says({ clusterKey })).toBe('present and verified, with the key read from the cluster 21 Nov 2026, 14:07 UTC');
  expect(says({ clusterKey: { ...clusterKey, id: 'SHA256:other' } })).toBe('present and verified');
});

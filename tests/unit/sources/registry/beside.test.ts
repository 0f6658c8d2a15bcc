import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { inMemory } from '#sources/content.ts';
import { type Fetch, http } from '#sources/http.ts';
import { verifier } from '#sources/provenance/key.ts';
import { attest } from '#sources/provenance/provenance.ts';
import { memoryShelf, records } from '#sources/records.ts';
import { oci } from '#sources/registry/oci.ts';
import { report } from '#sources/report.ts';
import {
  BUNDLE,
  bundleLayer,
  envelopeLayer,
  envelopeOf,
  type Layer,
  manifestOf,
  payloadOf,
  sha256,
  signer,
  simpleLayer,
  statementOf,
} from '../../../support/beside.ts';
import { evidence, ID } from '../../../support/evidence.ts';
import { NOW, target } from '../../../support/snapshot.ts';

/** A plain registry that holds what it is given beside one image: tags, referrers, and bytes that mean harm. */

const IMAGE = evidence().digest ?? '';
const HEX = IMAGE.replace(':', '-');
const OTHER = sha256(Buffer.from('another image'));
const [ours, theirs] = [signer(), signer()];
const PAYLOAD = payloadOf(IMAGE);
const finished = (buildFinishedOn: string, by = ours) =>
  envelopeLayer(envelopeOf(statementOf(IMAGE, { metadata: { buildFinishedOn } }), [by]));

interface Held {
  sig?: Layer[];
  att?: Layer[];
  /** Answers to `referrers/…`; 404 when left out. */
  referrers?: () => Response;
  /** Bytes that stand in for those of a digest. */
  instead?: Map<string, () => Response>;
  bundles?: Layer[];
}

function registry({ sig, att, referrers, instead, bundles = [] }: Held): Fetch {
  const tags = new Map<string, Buffer>();
  if (sig) tags.set(`${HEX}.sig`, manifestOf(sig));
  if (att) tags.set(`${HEX}.att`, manifestOf(att));
  const manifests = [...tags.values(), ...bundles.map((one) => manifestOf([one]))];
  const blobs = [...(sig ?? []), ...(att ?? []), ...bundles].map(({ bytes }) => bytes);
  const byDigest = new Map([...manifests, ...blobs].map((bytes) => [sha256(bytes), bytes]));
  return async ({ url }) => {
    const [, verb = '', name = ''] = /\/(manifests|blobs|referrers)\/([^/]+)$/.exec(url) ?? [];
    if (verb === 'referrers') return referrers?.() ?? new Response('404 page not found', { status: 404 });
    const bytes = tags.get(name) ?? byDigest.get(name);
    const digest = bytes ? sha256(bytes) : '';
    const other = instead?.get(digest);
    if (other) return other();
    if (!bytes) return new Response('{}', { status: 404 });
    return new Response(new Uint8Array(bytes), { headers: { 'docker-content-digest': digest } });
  };
}

const listOf = (layers: readonly Layer[]) => () => {
  const manifests = layers.map((one) => manifestOf([one]));
  const rows = manifests.map((bytes) => ({ digest: sha256(bytes), size: bytes.length, artifactType: BUNDLE }));
  return new Response(JSON.stringify({ schemaVersion: 2, manifests: rows }));
};

/** Signature and provenance as an image with these things beside it gets them, and what could not be read. */
async function looked(held: Held, keys = [ours]) {
  const clock = pretendClock(Date.parse(NOW), 50);
  const client = http({ fetch: registry(held), clock, random: () => 0.5, isMultiplexed: () => true });
  const tally = report(null, client, Date.parse(NOW));
  const known = new Map(keys.map((one, index) => [`key-${index}`, verifier(one.pem)]));
  const watched = target(ID, { keys: keys.map(({ pem }, index) => ({ id: `key-${index}`, pem })) });
  const registryClient = oci(client, watched.registry, inMemory(), 'provenance');
  const attester = { oci: registryClient, report: tally, keys: known, records: records(memoryShelf()) };
  const before = evidence();
  const { signature, provenance } = await attest(attester, { target: watched, evidence: before }, before);
  const problems = tally.problems(new Set(['provenance'])).map(({ kind }) => kind);
  return { signature, provenance, problems, bytes: client.usage('provenance').bytes };
}

test('a plain registry is asked for the tags, and then for referrers and the tag that stands in for them', async () => {
  expect(await looked({})).toMatchObject({
    signature: { state: 'absent', checkedAt: NOW },
    provenance: { state: 'absent', checkedAt: NOW },
    problems: [],
  });
  const found = await looked({ sig: [simpleLayer(ours, PAYLOAD)], att: [finished('2026-11-20T09:00:00Z')] });
  expect([found.signature?.state, found.provenance?.state]).toEqual(['verified', 'verified']);
});

test('one good signature among wrong ones is enough', async () => {
  const wrong = [simpleLayer(theirs, PAYLOAD), simpleLayer(ours, payloadOf(OTHER))];
  const mixed = await looked({ sig: [...wrong, simpleLayer(ours, PAYLOAD)] });
  expect(mixed.signature).toMatchObject({ state: 'verified', keyId: ours.id });
  expect((await looked({ sig: wrong })).signature?.state).toBe('failed');
});

test('any key of the target may have signed', async () => {
  expect((await looked({ sig: [simpleLayer(theirs, PAYLOAD)] }, [ours, theirs])).signature?.keyId).toBe(theirs.id);
});

test('of several statements the newest build counts, a strange key never', async () => {
  const layers = [
    finished('2026-11-20T07:00:00Z'),
    finished('2026-11-20T09:00:00Z'),
    finished('2026-11-21T09:00:00Z', theirs),
    envelopeLayer(envelopeOf(statementOf(OTHER, { metadata: { buildFinishedOn: '2026-11-21T10:00:00Z' } }), [ours])),
  ];
  const { provenance } = await looked({ att: layers });
  expect(provenance).toMatchObject({ state: 'verified', keyId: ours.id, finishedAt: '2026-11-20T09:00:00.000Z' });
});

test('of two payload types the in-toto one is read', async () => {
  const text = envelopeLayer(envelopeOf('hello', [ours], 'text/plain'));
  expect((await looked({ att: [text, finished('2026-11-20T09:00:00Z')] })).provenance?.state).toBe('verified');
  expect((await looked({ att: [text] })).provenance).toMatchObject({
    state: 'absent',
    why: 'what lies there holds no provenance',
  });
});

test('an attestation that says that it has 200 MB is not asked for', async () => {
  const large = { ...finished('2026-11-20T09:00:00Z'), size: 200 << 20 };
  const { provenance, problems, bytes } = await looked({ att: [large] });
  expect([provenance?.state, problems]).toEqual(['not-checked', ['too-large']]);
  expect(bytes).toBeLessThan(10_000);
});

test('an attestation that turns out to have 200 MB is left at 4 MB', async () => {
  let sent = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => {
          sent += 1 << 16;
          if (sent > 200 << 20) controller.close();
          else controller.enqueue(new Uint8Array(1 << 16));
        },
      }),
    );
  const layer = finished('2026-11-20T09:00:00Z');
  const { provenance, problems } = await looked({ att: [layer], instead: new Map([[sha256(layer.bytes), endless]]) });
  expect([provenance?.state, problems]).toEqual(['not-checked', ['too-large']]);
  expect(sent).toBeLessThan(5 << 20);
});

test('a payload that is not what its digest says is no answer', async () => {
  const layer = simpleLayer(ours, PAYLOAD);
  const swapped = () => new Response(payloadOf(OTHER).toString());
  const { signature, problems } = await looked({ sig: [layer], instead: new Map([[sha256(PAYLOAD), swapped]]) });
  expect([signature?.state, problems]).toEqual(['not-checked', ['digest']]);
});

test('what cannot be read beside a good one is a problem, and the good one counts', async () => {
  const broken = { ...envelopeLayer('not an envelope') };
  const { provenance, problems } = await looked({ att: [broken, finished('2026-11-20T09:00:00Z')] });
  expect([provenance?.state, problems]).toEqual(['verified', ['unreadable']]);
});

test('a tag that holds something else is no signature', async () => {
  const { signature } = await looked({ sig: [{ mediaType: 'text/plain', bytes: Buffer.from('hello') }] });
  expect(signature).toMatchObject({ state: 'absent', found: 'tag', why: 'what lies there holds no signature' });
});

test('a manifest that is not what the tag names is no answer', async () => {
  const layer = simpleLayer(ours, PAYLOAD);
  const digest = sha256(manifestOf([layer]));
  const headers = { 'docker-content-digest': digest };
  const instead = new Map([[digest, () => new Response('{"layers":', { headers })]]);
  const { signature, problems } = await looked({ sig: [layer], instead });
  expect([signature?.state, problems]).toEqual(['not-checked', ['digest']]);
});

const signed = bundleLayer(envelopeOf(statementOf(IMAGE, {}, 'https://sigstore.dev/cosign/sign/v1'), [ours]));
const attested = bundleLayer(envelopeOf(statementOf(IMAGE), [ours]));

test('bundles without annotations are told apart by what they hold', async () => {
  const bundles = [signed, attested];
  const { signature, provenance } = await looked({ bundles, referrers: listOf(bundles) });
  expect([signature, provenance]).toMatchObject([
    { state: 'verified', found: 'referrer', digest: sha256(manifestOf([signed])) },
    { state: 'verified', found: 'referrer', digest: sha256(manifestOf([attested])) },
  ]);
});

test('a bundle that cannot be had does not hide the one beside it', async () => {
  const lost = bundleLayer(envelopeOf({}, [ours]));
  const { signature, problems } = await looked({ bundles: [signed], referrers: listOf([lost, signed]) });
  expect([signature?.state, problems]).toEqual(['verified', ['not-found']]);
});

test.each([
  ['400, as Quay says of a digest that it does not know', () => new Response('{}', { status: 400 }), 'absent', []],
  ['403', () => new Response('{}', { status: 403 }), 'not-checked', ['denied']],
  ['no JSON', () => new Response('<html>'), 'not-checked', ['unreadable']],
  [
    'a list of no digests',
    () => new Response('{"manifests":[{"digest":"x","size":1}]}'),
    'not-checked',
    ['unreadable'],
  ],
])('referrers that answer %s', async (_, referrers, state, problems) => {
  const answer = await looked({ referrers });
  expect([answer.signature?.state, answer.provenance?.state]).toEqual([state, state]);
  expect([...new Set(answer.problems)]).toEqual(problems);
});

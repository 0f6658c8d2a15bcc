import { expect, test } from 'vitest';
import { verifier } from '#sources/provenance/key.ts';
import { checkEnvelope, checkPayload, pae } from '#sources/provenance/signature.ts';
import { envelopeOf, payloadOf, sha256, signer, statementOf } from '../../../support/beside.ts';

const DIGEST = sha256(Buffer.from('an image'));
const OTHER = sha256(Buffer.from('another image'));
const [ours, theirs] = [signer(), signer()];
const [ourKey, theirKey] = [verifier(ours.pem), verifier(theirs.pem)];
const PAYLOAD = payloadOf(DIGEST);

test('a signature by the key over the digest is verified, and names the key', () => {
  expect(checkPayload(PAYLOAD, ours.sign(PAYLOAD), DIGEST, [theirKey, ourKey])).toEqual({
    state: 'verified',
    keyId: ours.id,
    why: null,
  });
});

test('without a key it is present and no more', () => {
  const check = checkPayload(PAYLOAD, ours.sign(PAYLOAD), DIGEST, []);
  expect(check).toEqual({ state: 'present-unverified', keyId: null, why: null });
});

const WRONG: [string, Buffer, string | undefined, string][] = [
  ['by an unknown key', PAYLOAD, theirs.sign(PAYLOAD), 'not by a key'],
  ['for another digest', payloadOf(OTHER), ours.sign(payloadOf(OTHER)), `another digest, ${OTHER.slice(0, 19)}…`],
  [
    'over another kind of thing',
    payloadOf(DIGEST, 'atomic'),
    ours.sign(payloadOf(DIGEST, 'atomic')),
    'not the signature',
  ],
  ['that is not there', PAYLOAD, undefined, 'its signature is not'],
  ['that is no base64', PAYLOAD, '<script>', 'not by a key'],
  ['that is no DER', PAYLOAD, Buffer.alloc(70, 1).toString('base64'), 'not by a key'],
  [
    'over a payload that is not JSON',
    Buffer.from('{"critical'),
    ours.sign(Buffer.from('{"critical')),
    'not what cosign',
  ],
  ['over bytes that are no text', Buffer.from([0xff, 0xfe]), ours.sign(Buffer.from([0xff, 0xfe])), 'not what cosign'],
  ['over null', Buffer.from('null'), ours.sign(Buffer.from('null')), 'not what cosign'],
];

test.each(WRONG)('a signature %s is refused, with the reason', (_, payload, signature, why) => {
  const check = checkPayload(payload, signature, DIGEST, [ourKey]);
  expect(check.state).toBe('failed');
  expect(check.why).toContain(why);
});

test('a digest that is none is not repeated', () => {
  const payload = payloadOf('<script>alert(1)</script>');
  expect(checkPayload(payload, ours.sign(payload), DIGEST, [ourKey]).why).toBe('it was made for another digest');
});

test('a signature for another digest is refused without a key too', () => {
  const payload = payloadOf(OTHER);
  expect(checkPayload(payload, ours.sign(payload), DIGEST, []).state).toBe('failed');
});

test('the bytes of an envelope are counted, not its letters', () => {
  expect(Buffer.from(pae('application/vnd.in-toto+json', Buffer.from('ö'))).toString()).toBe(
    'DSSEv1 28 application/vnd.in-toto+json 2 ö',
  );
});

test('any one of several signatures by any of several keys will do', () => {
  const envelope = envelopeOf(statementOf(DIGEST), [theirs, ours]);
  expect(checkEnvelope(envelope, [ourKey])).toMatchObject({ state: 'verified', keyId: ours.id });
  expect(
    checkEnvelope(
      envelope,
      [signer(), ours].map(({ pem }) => verifier(pem)),
    ).keyId,
  ).toBe(ours.id);
});

test('an envelope by a strange key names that key and is refused', () => {
  expect(checkEnvelope(envelopeOf({}, [theirs]), [ourKey])).toMatchObject({ state: 'failed', keyId: theirs.id });
});

test('an envelope that was relabelled, changed or never signed is refused', () => {
  const envelope = envelopeOf(statementOf(DIGEST), [ours]);
  const changed = [
    { ...envelope, payloadType: 'text/plain' },
    { ...envelope, payload: Buffer.from(JSON.stringify(statementOf(OTHER))).toString('base64') },
    { ...envelope, signatures: [] },
  ];
  expect(changed.map((one) => checkEnvelope(one, [ourKey]).state)).toEqual(['failed', 'failed', 'failed']);
});

test('a key id that is no fingerprint is not taken for one', () => {
  const envelope = envelopeOf(statementOf(DIGEST), [ours]);
  const signatures = envelope.signatures.map((one) => ({ ...one, keyid: '<b>me</b>' }));
  expect(checkEnvelope({ ...envelope, signatures }, [])).toEqual({
    state: 'present-unverified',
    keyId: null,
    why: null,
  });
});

import { expect, test } from 'vitest';
import { sound } from '#sources/evidence.ts';
import type { Records } from '#sources/records.ts';
import { report } from '#sources/report.ts';
import { Snapshot } from '#status/model.ts';
import { evidence, ID } from '../../support/evidence.ts';
import { image, NOW, snapshot, target } from '../../support/snapshot.ts';
import { imageOf, smallWorld, snapshotOf } from '../../support/world.ts';

/** Records that fail as no source does: by a fault of our own. */
function faulty(): Records {
  const fail = () => {
    throw new RangeError('too deep');
  };
  return {
    packages: fail,
    keepPackages: fail,
    runRecording: fail,
    recording: fail,
    keepRecording: fail,
    has: fail,
    read: fail,
    write: fail,
  };
}

test('a fault of ours costs what its step would have found out, and is told', async () => {
  const world = smallWorld(
    `repositories:\n  - { repository: "bootc-devel/fedora-bootc-45-{variant}", variant: [standard, minimal], defaults: { version: "45", attach: [signature, provenance, sbom] }, tags: { latest: [-29h, -5h] } }\n`,
  );
  const after = await snapshotOf(world, { records: faulty() });
  expect(() => Snapshot.parse(after)).not.toThrow();
  const faults = after.problems.filter(({ kind }) => kind === 'fault');
  expect([...new Set(faults.map(({ source }) => source))].sort()).toContain('sbom');
  expect(faults[0]?.message).toContain('too deep');
  expect(imageOf(after, ID)).toMatchObject({ digest: expect.any(String), verdict: { state: 'fresh' } });
});

test('evidence that could not be read back is not written; what was known before stays', () => {
  const http = { ask: () => Promise.reject(new Error('not asked')), usage: () => ({ requests: 0, bytes: 0 }) };
  const tally = report(null, http, Date.parse(NOW));
  const before = image(ID);
  const whole = { target: target(ID), evidence: evidence() };
  const broken = { ...whole, evidence: evidence(5, { version: 'v'.repeat(3_000) }) };
  expect(sound([whole], null, tally)).toEqual([whole]);
  expect(tally.problems(new Set())).toEqual([]);
  const [kept] = sound([broken], snapshot([{ ...before, tag: 'latest' }]), tally);
  expect(kept?.evidence.digest).toBe(before.digest);
  expect(tally.problems(new Set())).toMatchObject([
    { kind: 'fault', target: ID, message: expect.stringContaining('version') },
  ]);
});

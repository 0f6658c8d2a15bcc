import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Row } from '#pipeline/replay/shapes.ts';
import { timelineOf } from '#pipeline/replay/timeline.ts';
import { verifier } from '#sources/provenance/key.ts';
import { recordingOf } from '#sources/provenance/recording.ts';
import { checkPayload } from '#sources/provenance/signature.ts';
import { buildOf, readRun } from '#sources/provenance/slsa.ts';
import { readStatement } from '#sources/provenance/statement.ts';
import { Key } from '#status/key.ts';
import { sha256 } from '../../../support/beside.ts';

/** Recordings of real cosign signatures and Konflux attestations, where they lie beside the checkout. */

const DATA = new URL('../../../../../shared/data/quay/', import.meta.url);
const IMAGES = new URL('containers-image/', DATA);
const HEAD = Buffer.from('\0sigstore-json\n');
const lacking = existsSync(DATA) ? null : 'the recordings are not beside this checkout';

function recordedTest(title: string, work: () => void): void {
  test(title, (context) => {
    if (lacking) context.skip(lacking);
    work();
  });
}

const text = (name: string) => readFileSync(new URL(name, DATA), 'utf8');
const buildFrom = (type: string, predicate: unknown) => {
  const run = readRun(type, predicate);
  return run && buildOf(run);
};
const pem = (name: string) => text(`containers-image/${name}.pub`);

/** `dir-img-cosign-valid/signature-1` and how it fared with a key. */
function verdicts(key: string): string[] {
  return readdirSync(IMAGES)
    .filter((name) => name.startsWith('dir-'))
    .flatMap((dir) =>
      readdirSync(new URL(`${dir}/`, IMAGES))
        .filter((name) => name.startsWith('signature'))
        .map((name) => `${dir.replace('dir-img-cosign-', '')}/${name.at(-1)} ${verdictOf(dir, name, key)}`),
    );
}

function verdictOf(dir: string, name: string, key: string): string {
  const bytes = readFileSync(new URL(`${dir}/${name}`, IMAGES));
  const { payload, annotations } = JSON.parse(bytes.subarray(HEAD.length).toString());
  const manifest = new URL(`${dir}/manifest.json`, IMAGES);
  const digest = existsSync(manifest) ? sha256(readFileSync(manifest)) : 'none';
  const signature = annotations['dev.cosignproject.cosign/signature'];
  return checkPayload(Buffer.from(payload, 'base64'), signature, digest, [verifier(pem(key))]).state;
}

recordedTest('real signatures are verified by their key, and their hostile variants are refused', () => {
  const found = verdicts('cosign');
  expect(found).toContain('valid/1 verified');
  expect(found).toContain('valid-with-tag/1 verified');
  expect(found).toContain('mixed/2 verified');
  const refused = ['manifest-digest-error/1', 'modified-manifest/1', 'no-manifest/1', 'mixed/1', 'key-rekor-valid/1'];
  for (const name of refused) expect(found).toContain(`${name} failed`);
  expect(found).toContain('fulcio-rekor-valid/1 failed');
});

recordedTest('what the first key signed is refused by the second, and the other way round', () => {
  expect(verdicts('cosign2')).toContain('key-rekor-valid/1 verified');
  expect(verdicts('cosign2')).toContain('valid/1 failed');
});

recordedTest('real public keys are keys', () => {
  expect(['cosign', 'cosign2', 'rekor'].map((name) => Key.safeParse({ id: name, pem: pem(name) }).success)).toEqual([
    true,
    true,
    true,
  ]);
});

recordedTest('a golden attestation is read by its fields, and what it does not need is left out', () => {
  const { attestations } = JSON.parse(text('conforma-policy/policy-input-golden-container.json'));
  const { predicateType, predicate } = attestations[0].statement;
  const build = buildFrom(predicateType, predicate);
  expect(build).toMatchObject({
    builder: 'https://tekton.dev/chains/v2',
    source: {
      repository: 'https://github.com/conforma/golden-container',
      commit: 'd11c0ada39f18f631ff4f54beafa72a9b62dcd7c',
    },
    startedAt: '2025-02-10T01:05:06.000Z',
    finishedAt: '2025-02-10T01:12:30.000Z',
  });
  expect([build?.tasks?.length, build?.bundles?.length]).toEqual([15, 15]);
  const said = JSON.stringify(build);
  expect(said.length).toBeLessThan(6_000);
  const named = attestations[0].statement.subject.map((one: { digest: { sha256: string } }) => one.digest.sha256);
  expect(build?.sboms).toHaveLength(3);
  for (const { image, repository } of build?.sboms ?? []) {
    expect(named).toContain(image?.slice(7));
    expect(repository).toBe('quay.io/redhat-user-workloads/rhtap-contract-tenant/golden-container/golden-container');
  }
  expect(build?.inputs).toEqual([]);
  for (const secret of ['git-auth', 'installation', 'log-url', 'console.redhat', 'entryPoint'])
    expect(said).not.toContain(secret);
});

recordedTest('an attestation of four arches keeps every task that it records', () => {
  const { predicateType, predicate } = JSON.parse(text('mobster/data__integration__img_attestation.json'));
  const build = buildFrom(predicateType, predicate);
  expect([build?.tasks?.length, new Set(build?.tasks?.map(({ name }) => name)).size]).toEqual([22, 16]);
  expect(build?.bundles).toHaveLength(16);
  expect(new Set(build?.tasks?.map(({ status }) => status))).toEqual(new Set(['Succeeded']));
});

/** The longest time in which nothing on record ran. */
function longestHole(rows: readonly Row[]): number {
  let end = 0;
  let longest = 0;
  for (const { fromMs, toMs } of rows) {
    longest = Math.max(longest, (fromMs ?? end) - end);
    end = Math.max(end, toMs ?? 0);
  }
  return longest;
}

test.for<[string, { tasks: number; edges: number; steps: number; bytes: number; holeMs: number }, string[]]>([
  [
    'conforma-policy/policy-input-golden-container.json',
    { tasks: 15, edges: 21, steps: 38, bytes: 23_000, holeMs: 7_000 },
    [],
  ],
  [
    'mobster/data__integration__img_attestation.json',
    { tasks: 22, edges: 32, steps: 61, bytes: 36_000, holeMs: 1_031_000 },
    [
      'build-images for linux/arm64, linux/s390x, linux/ppc64le.',
      'What happened in 1031 s from 24 Sep 2025, 07:43 UTC: no task covers it.',
    ],
  ],
])('the recording of %s holds its tasks and names what is missing', ([name, counts, missing], context) => {
  if (lacking) context.skip(lacking);
  const value = JSON.parse(text(name));
  const { predicateType, predicate } = value.attestations?.[0].statement ?? value;
  const run = readRun(predicateType, predicate);
  const recording = run && recordingOf(run, sha256(Buffer.from('it')), true);
  const tasks = recording?.tasks ?? [];
  const edges = tasks.flatMap(({ after }) => after);
  expect(tasks).toHaveLength(counts.tasks);
  expect(edges).toHaveLength(counts.edges);
  expect(edges.filter((edge) => !tasks.some((task) => task.name === edge))).toEqual([]);
  expect(tasks.flatMap(({ steps }) => steps)).toHaveLength(counts.steps);
  expect(recording?.notRecorded.slice(1, -2)).toEqual(missing);
  const timeline = recording && timelineOf(recording);
  expect(timeline?.faults).toEqual([]);
  expect(timeline?.rows.map(({ id }) => id)).toEqual([...new Set(timeline?.rows.map(({ id }) => id))]);
  expect(timeline?.events).toHaveLength(2 * counts.tasks + 2);
  expect(longestHole(timeline?.rows ?? [])).toBe(counts.holeMs);
  const said = JSON.stringify(recording);
  expect(said.length).toBeLessThan(counts.bytes);
  for (const word of ['git-auth', 'installation', 'snyk-secret', 'entryPoint', '#!/']) expect(said).not.toContain(word);
});

recordedTest('a real bundle opens, and one without a provenance in it is passed over', () => {
  const bundle = Buffer.from(text('cosign/oci-attestation.sigstore.json'));
  const digest = sha256(Buffer.from('an image'));
  expect(readStatement(bundle, 'provenance', digest, [])).toBeNull();
});

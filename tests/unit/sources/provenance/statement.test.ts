import { expect, test } from 'vitest';
import { verifier } from '#sources/provenance/key.ts';
import { buildOf, readRun } from '#sources/provenance/slsa.ts';
import { readStatement } from '#sources/provenance/statement.ts';
import { envelopeOf, sha256, signer, statementOf } from '../../../support/beside.ts';

const DIGEST = sha256(Buffer.from('an image'));
const ours = signer();
const keys = [verifier(ours.pem)];
const V02 = 'https://slsa.dev/provenance/v0.2';
const V1 = 'https://slsa.dev/provenance/v1';
const BUNDLE = `quay.io/team/task-init:0.2@${sha256(Buffer.from('task'))}`;
const COMPOSE = `quay.io/team/compose:Fedora-45-20260903.n.0@${sha256(Buffer.from('compose'))}`;
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const buildFrom = (type: string, predicate: unknown) => {
  const run = readRun(type, predicate);
  return run && buildOf(run);
};
/** An envelope around a predicate that has one more field, on which whatever recurses runs out of stack. */
function deep(predicate: object, type: string): Buffer {
  const nest = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  return bytesOf(
    envelopeOf(JSON.stringify(statementOf(DIGEST, { ...predicate, nest: '#' }, type)).replace('"#"', nest), [ours]),
  );
}
const encoded = (value: unknown) => bytesOf(value).toString('base64');

const PREDICATE = {
  builder: { id: 'https://tekton.dev/chains/v2' },
  metadata: { buildStartedOn: '2026-11-20T08:00:00Z', buildFinishedOn: '2026-11-20T09:00:00Z' },
  invocation: {
    parameters: {
      'git-url': 'https://me:secret@gitlab.com/fedora/bootc/base-images?token=1',
      revision: 'a'.repeat(40),
      'build-args': ['MANIFEST=fedora-standard', `REPOS_IMAGE=${COMPOSE}`],
      'git-auth-secret': 'pac-gitauth',
    },
    environment: { annotations: { 'pipelinesascode.tekton.dev/log-url': 'https://console.example/run' } },
  },
  buildConfig: {
    tasks: [
      {
        name: 'init',
        ref: { params: [{ name: 'bundle', value: BUNDLE }] },
        startedOn: '2026-11-20T08:00:05Z',
        finishedOn: '2026-11-20T08:00:09Z',
        status: 'Succeeded',
        steps: [{ entryPoint: 'cat /secret' }],
      },
      { name: 'odd', startedOn: 7, status: null },
    ],
  },
};

test('reads builder, source, compose, bundles and tasks of SLSA v0.2, and nothing else', () => {
  expect(buildFrom(V02, PREDICATE)).toEqual({
    predicateType: V02,
    builder: 'https://tekton.dev/chains/v2',
    source: { repository: 'https://gitlab.com/fedora/bootc/base-images', commit: 'a'.repeat(40) },
    startedAt: '2026-11-20T08:00:00.000Z',
    finishedAt: '2026-11-20T09:00:00.000Z',
    compose: { id: 'Fedora-45-20260903.n.0', image: COMPOSE },
    sboms: [],
    inputs: [{ image: COMPOSE.replace(/@.*/, ''), digest: COMPOSE.replace(/.*@/, '') }],
    bundles: [BUNDLE],
    tasks: [
      {
        name: 'init',
        status: 'Succeeded',
        startedAt: '2026-11-20T08:00:05.000Z',
        finishedAt: '2026-11-20T08:00:09.000Z',
      },
      { name: 'odd', status: null, startedAt: null, finishedAt: null },
    ],
  });
});

const pinned = (name: string) => `quay.io/team/${name}@${sha256(Buffer.from(name))}`;
const results = (values: Record<string, unknown>) => Object.entries(values).map(([name, value]) => ({ name, value }));

test.each([
  [
    'the digest that the task gave',
    { IMAGE_DIGEST: `${DIGEST}\n`, SBOM_BLOB_URL: `${pinned('image')}\\n` },
    [{ image: DIGEST, repository: 'quay.io/team/image', blob: sha256(Buffer.from('image')) }],
  ],
  [
    'the reference that the task gave',
    { IMAGE_REF: `quay.io/team/image:tag@${DIGEST}`, SBOM_BLOB_URL: `quay.io:443/team/image:1@${DIGEST}` },
    [{ image: DIGEST, repository: 'quay.io:443/team/image', blob: DIGEST }],
  ],
  [
    'no image',
    { SBOM_BLOB_URL: pinned('image') },
    [{ image: null, repository: 'quay.io/team/image', blob: sha256(Buffer.from('image')) }],
  ],
  ['an SBOM without a digest', { IMAGE_DIGEST: DIGEST, SBOM_BLOB_URL: 'quay.io/team/image:1' }, []],
  ['credentials', { SBOM_BLOB_URL: `https://me:secret@quay.io/team/image@${DIGEST}` }, []],
  ['a list', { SBOM_BLOB_URL: [pinned('image')] }, []],
])('the SBOM of a task is of %s', (_, given, sboms) => {
  const tasks = [{ name: 'build', results: results(given) }];
  expect(buildFrom(V02, { buildConfig: { tasks } })?.sboms).toEqual(sboms);
});

test('inputs are images by digest of arguments, base images and materials, once each, without those that ran a step', () => {
  const material = (text: string) => ({
    uri: `oci://${text.split('@')[0]}`,
    digest: { sha256: text.split(':').at(-1) },
  });
  const build = buildFrom(V02, {
    invocation: { parameters: { 'build-args': [`BASE=${pinned('base')}`, 'PLAIN=quay.io/team/plain:1', 7] } },
    materials: [...['base', 'extra', 'step'].map(pinned).map(material), { uri: 'git+https://x.example/y', digest: {} }],
    buildConfig: {
      tasks: [
        {
          name: 'build',
          steps: [{ entryPoint: 'x', environment: { image: `oci://${pinned('step')}` } }],
          invocation: { parameters: { BUILD_ARGS: [`COMPOSE=${pinned('compose')}`] } },
          results: results({ BASE_IMAGES_DIGESTS: `${pinned('first')}\n${pinned('base')}\n` }),
        },
      ],
    },
  });
  expect(build?.inputs.map(({ image }) => image.replace('quay.io/team/', ''))).toEqual([
    'base',
    'compose',
    'first',
    'extra',
  ]);
});

const v1 = (buildType: string, resolvedDependencies: unknown[]) => ({
  buildDefinition: {
    buildType,
    externalParameters: { runSpec: { params: [{ name: 'git-url', value: 'https://github.com/team/repo' }] } },
    resolvedDependencies,
  },
  runDetails: { builder: { id: 'https://tekton.dev/chains/v2' }, metadata: { startedOn: '2026-11-20T08:00:00Z' } },
});

test('reads the task runs inside SLSA v1 as Tekton writes it', () => {
  const run = {
    metadata: { labels: { 'tekton.dev/pipelineTask': 'init' } },
    spec: { taskRef: { params: [{ name: 'bundle', value: BUNDLE }] } },
    status: {
      startTime: '2026-11-20T08:00:05Z',
      completionTime: '2026-11-20T08:00:09Z',
      conditions: [{ type: 'Succeeded', reason: 'Succeeded', message: 'log' }],
    },
  };
  const dependencies = [
    { name: 'pipelineTask', content: encoded(run) },
    { name: 'pipelineTask', content: '{' },
    { name: 'other', content: encoded(run) },
  ];
  const build = buildFrom(V1, v1('https://tekton.dev/chains/v2/slsa-tekton', dependencies));
  expect(build?.tasks).toEqual([
    {
      name: 'init',
      status: 'Succeeded',
      startedAt: '2026-11-20T08:00:05.000Z',
      finishedAt: '2026-11-20T08:00:09.000Z',
    },
  ]);
  expect(build?.bundles).toEqual([BUNDLE]);
  expect(build?.source).toEqual({ repository: 'https://github.com/team/repo', commit: null });
});

test('of plain SLSA v1 there is a list of materials and no task', () => {
  const [name = '', hex = ''] = BUNDLE.split('@sha256:');
  const dependencies = [
    { uri: `oci://${name}`, digest: { sha256: hex } },
    { uri: 'git+https://x', digest: {} },
  ];
  const build = buildFrom(V1, v1('https://tekton.dev/chains/v2/slsa', dependencies));
  expect([build?.bundles, build?.tasks]).toEqual([[BUNDLE], null]);
});

test.each([
  [V02, null],
  [V02, 'text'],
  [V1, {}],
  ['https://spdx.dev/Document', PREDICATE],
])('a predicate of %s without its shape is none', (type, predicate) => {
  expect(buildFrom(type, predicate)).toBeNull();
});

test('addresses that are not https, dates that are none and texts without end do not come through', () => {
  const build = buildFrom(V02, {
    builder: { id: 'x'.repeat(10_000) },
    metadata: { buildStartedOn: '+275760-09-13T00:00:00Z', buildFinishedOn: 'soon' },
    invocation: { parameters: { 'git-url': 'javascript:alert(1)', 'build-args': 'REPOS_IMAGE=x' } },
  });
  expect(build).toMatchObject({ source: null, compose: null, startedAt: null, finishedAt: null, tasks: null });
  expect(build?.builder).toHaveLength(200);
});

test('a verified statement about the digest brings its build along', () => {
  const reading = readStatement(
    bytesOf(envelopeOf(statementOf(DIGEST, PREDICATE), [ours])),
    'provenance',
    DIGEST,
    keys,
  );
  expect(reading).toMatchObject({ state: 'verified', keyId: ours.id, build: { source: { commit: 'a'.repeat(40) } } });
});

test('what a statement by a strange key says is not told', () => {
  const envelope = envelopeOf(statementOf(DIGEST, PREDICATE), [signer()]);
  expect(readStatement(bytesOf(envelope), 'provenance', DIGEST, keys)).toMatchObject({ state: 'failed', build: null });
});

test('a statement about other digests is refused, with and without a key', () => {
  const bytes = bytesOf(envelopeOf(statementOf(sha256(Buffer.from('other')), PREDICATE), [ours]));
  for (const held of [keys, []])
    expect(readStatement(bytes, 'provenance', DIGEST, held)).toMatchObject({ state: 'failed', build: null });
});

test('a payload that is no statement by its type is passed over, as is a statement of another kind', () => {
  const plain = envelopeOf(statementOf(DIGEST, PREDICATE), [ours], 'text/plain');
  const sbom = envelopeOf(statementOf(DIGEST, {}, 'https://spdx.dev/Document'), [ours]);
  for (const one of [plain, sbom]) expect(readStatement(bytesOf(one), 'provenance', DIGEST, keys)).toBeNull();
});

test('an envelope with two payload types is read as the one that was signed, or refused', () => {
  const envelope = envelopeOf(statementOf(DIGEST, PREDICATE), [ours], 'text/plain');
  const text = JSON.stringify(envelope).replace(/}$/, ',"payloadType":"application/vnd.in-toto+json"}');
  expect(readStatement(Buffer.from(text), 'provenance', DIGEST, keys)?.state).toBe('failed');
});

test.each([
  ['text', Buffer.from('no JSON')],
  ['an envelope without signatures', bytesOf({ payloadType: 'x', payload: '' })],
  ['an envelope around no statement', bytesOf(envelopeOf('no JSON', [ours]))],
  ['a statement without its shape', bytesOf(envelopeOf(statementOf(DIGEST, { builder: 1 }, V1), [ours]))],
  ['a payload nested without end', deep({ buildConfig: { tasks: [{ name: 'x' }] } }, V02)],
  ['a plan nested without end', deep({ buildDefinition: {}, runDetails: {} }, V1)],
  ['a thousand signatures', bytesOf({ payloadType: 'x', payload: '', signatures: Array(1_000).fill({ sig: '' }) })],
])('%s cannot be read, and says so', (_, bytes) => {
  expect(() => readStatement(bytes, 'provenance', DIGEST, keys)).toThrow(/^the attestation/);
});

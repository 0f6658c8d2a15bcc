import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ContentError, parseTargets } from '#status/parse.ts';

const REAL = await readFile('content/status/targets.yaml', 'utf8');
const HEAD = 'schema: 1\nservices:\n  quay: { api: https://quay.io/api/v1, registry: https://quay.io }\ntargets:\n';
const ROW = `  - channel: development
    variant: [standard, iot]
    release: [rawhide, 45]
    repository: bootc-devel/fedora-bootc-{release}-{variant}
    tag: latest
    arches: [x86_64]
    cadence: { expect: 24h, fresh: 36h, stale: 72h }
`;

test('writes a matrix out to one target a combination', () => {
  const { targets } = parseTargets(HEAD + ROW, 't.yaml');
  expect(targets.map(({ id, repository }) => [id, repository])).toEqual([
    ['development/standard/rawhide', 'bootc-devel/fedora-bootc-rawhide-standard'],
    ['development/standard/45', 'bootc-devel/fedora-bootc-45-standard'],
    ['development/iot/rawhide', 'bootc-devel/fedora-bootc-rawhide-iot'],
    ['development/iot/45', 'bootc-devel/fedora-bootc-45-iot'],
  ]);
  expect(targets[0]).toMatchObject({
    registry: 'https://quay.io',
    api: 'https://quay.io/api/v1',
    plan: 'planned',
    confirmed: true,
  });
});

test('takes single values and addresses from the environment', () => {
  const env = { SLIPWAY_QUAY_REGISTRY: 'http://127.0.0.1:5000/', SLIPWAY_QUAY_API: 'http://127.0.0.1:5001/api/v1' };
  const text = HEAD + ROW.replace('[standard, iot]', 'standard').replace('[rawhide, 45]', '"45"');
  expect(parseTargets(text, 't.yaml', env).targets).toMatchObject([
    { id: 'development/standard/45', registry: 'http://127.0.0.1:5000', api: 'http://127.0.0.1:5001/api/v1' },
  ]);
});

test.each(['foo', 'file:///etc/passwd', 'https://me:secret@quay.io'])(
  'refuses an address like %s from the environment without repeating it',
  (address) => {
    const parse = () => parseTargets(HEAD + ROW, 't.yaml', { SLIPWAY_QUAY_API: address });
    expect(parse).toThrow(/SLIPWAY_QUAY_API is not an http address/);
    expect(parse).not.toThrow(/secret/);
  },
);

test('tells Quay from another registry by name, also where a test puts both at one address', () => {
  const head = HEAD.replace('targets:', '  fedora: { registry: https://registry.fedoraproject.org }\ntargets:');
  const text = `${head}${ROW}    registry: fedora\n`.replace(
    'bootc-devel/fedora-bootc-{release}-{variant}',
    'fedora-bootc',
  );
  const address = 'http://127.0.0.1:5000';
  const { targets } = parseTargets(text, 't.yaml', {
    SLIPWAY_QUAY_REGISTRY: address,
    SLIPWAY_FEDORA_REGISTRY: address,
  });
  expect(targets[0]).toMatchObject({ registry: address, api: null, repository: 'fedora-bootc' });
});

test.each([
  ['a wrong type', ROW.replace('24h', '[24]'), /t\.yaml:11: targets\.0\.cadence\.expect/],
  [
    'a wrong duration',
    ROW.replace('36h', '36 hours'),
    /t\.yaml:11: targets\.0\.cadence\.fresh: write a number and m, h or d/,
  ],
  ['a missing field', ROW.replace(/ {4}tag: latest\n/, ''), /t\.yaml:5: targets\.0\.tag/],
  ['an unknown field', `${ROW}    tagg: latest\n`, /targets\.0.*tagg/],
  ['an unknown arch', ROW.replace('x86_64', 'amd64'), /t\.yaml:10: targets\.0\.arches\.0/],
  ['an id twice', ROW + ROW, /development\/standard\/rawhide is listed twice/],
  [
    'an unknown parity',
    `${ROW}    parity: production/standard/45\n`,
    /t\.yaml:12: targets\.0\.parity: no target is called/,
  ],
  ['a repository that is none', ROW.replace('bootc-devel/', '../'), /t\.yaml:8: targets\.0\.repository/],
  ['a tag that is none', ROW.replace('tag: latest', 'tag: "<script>"'), /t\.yaml:9: targets\.0\.tag/],
  ['a registry that is none', `${ROW}    registry: nowhere\n`, /no service called "nowhere"/],
  ['doubt without a reason', `${ROW}    confirmed: false\n`, /targets\.0\.why: say why/],
  ['fresh longer than stale', ROW.replace('36h', '96h'), /fresh must not be longer than stale/],
  ['broken YAML', ROW.replace('[x86_64]', '[x86_64'), /t\.yaml:1\d: .*a bracket is not closed\. Set them under/],
])('names file, line, field and remedy of %s', (_what, row, message) => {
  expect(() => parseTargets(HEAD + row, 't.yaml')).toThrow(ContentError);
  expect(() => parseTargets(HEAD + row, 't.yaml')).toThrow(message);
});

test('the real file parses, and what it doubts says why', () => {
  const { targets } = parseTargets(REAL, 'targets.yaml');
  expect(targets.length).toBeGreaterThan(60);
  expect(targets.filter(({ confirmed, why }) => !confirmed && !why)).toEqual([]);
  const variants = new Set(targets.filter(({ channel }) => channel === 'development').map(({ variant }) => variant));
  expect([...variants].sort()).toEqual(['compose', 'coreos', 'iot', 'minimal', 'minimal-plus', 'standard']);
});

test('branching day is one line of the real file', () => {
  const branched = REAL.replace('&numbered [rawhide, 45,', '&numbered [rawhide, 46, 45,');
  expect(branched).not.toBe(REAL);
  const ids = parseTargets(branched, 'targets.yaml').targets.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(['development/standard/46', 'production/standard/46', 'mirror/standard/46']),
  );
});

import { expect, test } from 'vitest';
import { doubleOf } from '#doubles/index.ts';
import { runDouble as run } from '../../support/doubles.ts';

const GOOD = 'quay.io/bootc-devel/fedora-bootc-45-standard:latest';
const UNLOGGED = '--insecure-ignore-tlog=true';

test('a good signature is accepted, with the claim that was signed', async () => {
  const { code, out, err } = await run('cosign', `verify --key cosign.pub ${UNLOGGED} ${GOOD}`);
  expect([code, err]).toEqual([
    0,
    expect.stringContaining('The signatures were verified against the specified public key'),
  ]);
  expect(JSON.parse(out)[0].critical.type).toBe('cosign container image signature');
});

test.each([
  ['of another digest', 'quay.io/bootc-devel/fedora-bootc-43-minimal-plus:latest', 'no matching signatures'],
  ['that does not verify', 'quay.io/bootc-devel/fedora-bootc-44-minimal-plus:latest', 'no matching signatures'],
  ['that is not there', 'quay.io/bootc-devel/fedora-bootc-eln-standard:latest', 'no signatures found'],
])('a signature %s is refused', async (_, image, why) => {
  const { code, err } = await run('cosign', `verify --key cosign.pub ${UNLOGGED} ${image}`);
  expect([code, err]).toEqual([1, expect.stringContaining(why)]);
});

test('an attestation is verified by its type, and given as it is', async () => {
  const { code, out } = await run(
    'cosign',
    `verify-attestation --key cosign.pub ${UNLOGGED} --type slsaprovenance ${GOOD}`,
  );
  expect(code).toBe(0);
  const statement = JSON.parse(Buffer.from(JSON.parse(out).payload, 'base64').toString());
  expect(statement.predicateType).toBe('https://slsa.dev/provenance/v0.2');
  expect((await run('cosign', `verify-attestation --key cosign.pub ${UNLOGGED} --type cyclonedx ${GOOD}`)).code).toBe(
    1,
  );
  expect((await run('cosign', `download attestation ${GOOD}`)).out).toBe(out);
});

test('the SBOM of a platform is the one of its image', async () => {
  const { code, out } = await run('cosign', `download sbom --platform linux/arm64 ${GOOD}`);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toHaveProperty('spdxVersion');
  const other = await run('cosign', `download sbom --platform linux/riscv64 ${GOOD}`);
  expect([other.code, other.err]).toEqual([1, expect.stringContaining('no image of the platform')]);
});

test.each([
  [
    'an option',
    'verify --key cosign.pub --rekor-url https://x.example a.example/b',
    64,
    'does not know the option "--rekor-url"',
  ],
  ['a verb', 'sign a.example/b', 64, 'does not know "sign'],
  ['no key', `verify ${GOOD}`, 64, 'with --key only'],
  ['the transparency log, which it has none of', `verify --key cosign.pub ${GOOD}`, 64, 'add --insecure-ignore-tlog'],
  ['a file that is not there', `verify --key none.pub ${UNLOGGED} ${GOOD}`, 1, 'no such file'],
  ['what is no reference', 'verify --key cosign.pub :::', 64, 'could not parse reference'],
  [
    'an image that is not there',
    'verify --key cosign.pub quay.io/bootc-devel/fedora-bootc-45-standard:none',
    1,
    'MANIFEST_UNKNOWN',
  ],
])('what it does not know is said: %s', async (_, line, code, message) => {
  const ran = await run('cosign', line);
  expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(message)]);
});

test('a tool without a double has none', () => {
  expect(doubleOf('skopeo')).toBeNull();
});

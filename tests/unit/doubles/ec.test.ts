import { expect, test } from 'vitest';
import { PEM, runDouble } from '../../support/doubles.ts';

const FILES = { 'cosign.pub': PEM, 'policy.json': '{"name":"sample"}' };
const check = (image: string, more = '') =>
  runDouble(
    'ec',
    `validate image --image ${image} --policy policy.json --public-key cosign.pub --ignore-rekor${more}`,
    FILES,
  );

test('an image with signature and attestation passes, and it is said that no rule was evaluated', async () => {
  const { code, out } = await check('quay.io/bootc-devel/fedora-bootc-45-standard:latest');
  expect([code, out]).toEqual([0, expect.stringContaining('Success: true')]);
  expect(out).toContain('evaluates no rule');
});

test('an image that is not signed fails, or is only listed where it is not to be strict', async () => {
  const image = 'quay.io/bootc-devel/fedora-bootc-eln-standard:latest';
  expect(await check(image)).toMatchObject({ code: 1, out: expect.stringContaining('Success: false') });
  expect(await check(image, ' --strict=false')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Success: false'),
  });
});

test.each([
  ['another verb', 'opa fmt', 64, 'does not know'],
  ['no policy', 'validate image --image a.example/b', 64, 'wants --public-key'],
])('what it cannot do is said: %s', async (_, line, code, message) => {
  expect(await runDouble('ec', line, FILES)).toMatchObject({ code, err: expect.stringContaining(message) });
});

import { expect, test } from 'vitest';
import { readRunbooks } from '#host/runbooks.ts';
import { cluesIn } from '#runbook/clues.ts';

const { variables } = await readRunbooks(process.cwd());

test.each([
  [
    'a run',
    'PipelineRun "fedora-bootc-45-standard-on-push-x7k2p" failed',
    { component: 'fedora-bootc-45-standard', pipelinerun: 'fedora-bootc-45-standard-on-push-x7k2p' },
  ],
  ['a link to the interface', 'https://x.example/ns/bootc-tenant/pipelinerun/a', { namespace: 'bootc-tenant' }],
  [
    'an image',
    `pulling quay.io/bootc-devel/fedora-bootc-45-standard@sha256:${'a'.repeat(64)}: denied`,
    { repository: 'quay.io/bootc-devel/fedora-bootc-45-standard', digest: `sha256:${'a'.repeat(64)}` },
  ],
  ['a platform', 'no hosts configured for platform linux/s390x', { platform: 'linux/s390x' }],
  ['a refusal', 'cannot patch resource "components" in the namespace "bootc-tenant"', { namespace: 'bootc-tenant' }],
  ['nothing', 'all is well', {}],
])('a pasted text names values: %s', (_, text, values) => {
  expect(cluesIn(text, variables)).toEqual(values);
});

import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '#host/child.ts';
import { lackingOf, realTest } from '../support/needs.ts';

const DEFINITIONS = '../shared/data/konflux/crds';
const lacks = existsSync(DEFINITIONS)
  ? lackingOf(['git', 'skopeo', 'jq', 'curl', 'openssl', 'podman'])
  : 'the real definitions are not beside this checkout';

/** Runs runbooks where the pretend cluster has these definitions; gives the exit code and what went wrong. */
async function verify(definitions: string, ...more: string[]) {
  const out = join(tmpdir(), `slipway-definitions-${process.pid}.json`);
  const args = ['scripts/verify-runbooks.ts', '--definitions', definitions, '--out', out, ...more];
  const { code, output } = await run(process.execPath, args, { capture: true, timeoutMs: 300_000 });
  await rm(out, { force: true });
  return { code, faults: output.split('\n').filter((line) => /^FAILED|expected|printed|\| /.test(line)) };
}

realTest(
  'every runbook runs where the pretend cluster has the real definitions',
  async () => expect(await verify(DEFINITIONS)).toEqual({ code: 0, faults: [] }),
  310_000,
  lacks,
);

realTest(
  'a field that upstream renames breaks the runbook that writes it',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-renamed-'));
    await cp(DEFINITIONS, folder, { recursive: true });
    const file = join(folder, 'appstudio.redhat.com_components.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('componentName', 'componentTitle'));
    const { code, faults } = await verify(folder, '--only', 'onboard-component');
    await rm(folder, { recursive: true });
    expect([code, faults.join('\n')]).toEqual([1, expect.stringContaining('componentName')]);
  },
  60_000,
  lacks,
);

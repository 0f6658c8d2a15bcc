import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeBin } from '#verify/bin.ts';
import { makeHome } from '#verify/home.ts';
import { scratch } from '../../support/remote.ts';

const OPTIONS = {
  proxy: 'http://127.0.0.1:1',
  certificate: '/none/certificate.pem',
  bin: '/none/bin',
  registries: ['quay.io'],
  token: 'sample-token',
  tools: [],
  commands: '',
};

test('nothing of our own environment reaches a command', async () => {
  process.env['SECRET_OF_THE_DAY'] = 'x';
  const { env } = await makeHome(scratch(), OPTIONS);
  delete process.env['SECRET_OF_THE_DAY'];
  expect(Object.keys(env).sort()).toEqual([
    ...['CONTAINERS_REGISTRIES_CONF', 'CONTAINERS_STORAGE_CONF', 'CURL_CA_BUNDLE', 'GIT_CONFIG_NOSYSTEM'],
    ...[
      'GIT_SSL_CAINFO',
      'GIT_TERMINAL_PROMPT',
      'HOME',
      'HTTPS_PROXY',
      'HTTP_PROXY',
      'LANG',
      'PATH',
      'REGISTRY_AUTH_FILE',
      'SSL_CERT_FILE',
      'TMPDIR',
      'TZ',
      'XDG_RUNTIME_DIR',
    ],
    ...['http_proxy', 'https_proxy'],
  ]);
  expect(env).toMatchObject({ PATH: '/none/bin', LANG: 'C.UTF-8', TZ: 'UTC' });
});

test('git hears nothing of what this machine sets for all its users', async () => {
  const { env } = await makeHome(scratch(), OPTIONS);
  const said = execFileSync('git', ['config', '--list', '--show-scope'], {
    env: { ...env, PATH: process.env['PATH'] },
    cwd: scratch(),
    encoding: 'utf8',
  });
  expect(said).toBe('global\tuser.name=sample\nglobal\tuser.email=sample@example.org\n');
});

test('the cluster is at its real address, with the token of the role and without a namespace', async () => {
  const { env, signIn } = await makeHome(scratch(), OPTIONS);
  await signIn('contributor');
  const config = parse(await readFile(`${env['HOME']}/.kube/config`, 'utf8'));
  expect(config.clusters[0].cluster.server).toBe('https://api.kflux-fedora-01.84db.p1.openshiftapps.com:6443');
  expect(config.users[0].user).toEqual({ token: 'sample-contributor' });
  expect(config.contexts[0].context).not.toHaveProperty('namespace');
  await signIn('none');
  expect(await readFile(`${env['HOME']}/.kube/config`, 'utf8')).toBe('');
});

test('a token is there for a runbook that reads it, and for no other', async () => {
  const { env } = await makeHome(scratch(), {
    ...OPTIONS,
    commands: 'curl --header "Authorization: Bearer $QUAY_TOKEN"',
  });
  expect(env).toHaveProperty('QUAY_TOKEN');
  expect(env).not.toHaveProperty('GITLAB_TOKEN');
});

test('a tool is remembered with its arguments, and keeps its name, its input and its code', async () => {
  const home = scratch();
  const jq = { client: 'real', path: '/usr/bin/env' } as const;
  const bin = await makeBin(home, { tools: ['jq'], provisions: { jq }, clock: '/none' });
  const start = () =>
    execFileSync('bash', ['--norc', '-c', `jq bash -c 'cat; exit 3' "two words" || echo "code $?"`], {
      env: { PATH: bin.folder },
      input: 'in\n',
      encoding: 'utf8',
    });
  expect(start()).toBe('in\ncode 3\n');
  expect(await bin.take()).toEqual([{ tool: 'jq', args: 'bash -c cat; exit 3 two words' }]);
  expect(await bin.take()).toEqual([]);
});

test('a tool that cannot be had says why', async () => {
  const cosign = { client: 'checked', why: "there's none" } as const;
  const bin = await makeBin(scratch(), { tools: ['cosign'], provisions: { cosign }, clock: '/none' });
  const said = execFileSync('bash', ['--norc', '-c', 'cosign version 2>&1 || echo $?'], {
    env: { PATH: bin.folder },
    encoding: 'utf8',
  });
  expect(said).toBe("cosign cannot be run here: there's none\n127\n");
});

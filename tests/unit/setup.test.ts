import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { put, scratch } from '../support/remote.ts';

const SETUP = new URL('../../scripts/setup.mjs', import.meta.url);
const LOCK = JSON.stringify({
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-os': { version: '1.0.0', optional: true },
  },
});

interface Project {
  root: string;
  /** What the pretended npm was asked to do, a line a call. */
  calls: () => string[];
  run: (...args: string[]) => Promise<{ code: number; output: string }>;
}

/** A project with a pretended npm; `npm` is the body of that program. */
function project(npm: string): Project {
  const root = scratch();
  mkdirSync(join(root, 'scripts'));
  copyFileSync(SETUP, join(root, 'scripts/setup.mjs'));
  put(join(root, 'package.json'), '{}');
  put(join(root, 'package-lock.json'), LOCK);
  put(
    join(root, 'scripts/start.ts'),
    "console.log('started', process.argv[2] ?? '', process.env.PATH.split(':')[0]);\nprocess.exit(7);\n",
  );
  const calls = join(root, 'calls.txt');
  put(
    join(root, 'npm-cli.js'),
    `const fs = require('node:fs');\nfs.appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(' ') + '\\n');\n${npm}`,
  );
  return {
    root,
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    run: (...args) =>
      new Promise((resolve) => {
        const env = { ...process.env, npm_execpath: join(root, 'npm-cli.js') };
        execFile(process.execPath, [join(root, 'scripts/setup.mjs'), ...args], { env }, (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
        );
      }),
  };
}

/** npm that installs package `a` and a Node. */
const INSTALLS = `
fs.mkdirSync('node_modules/node/bin', { recursive: true });
fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
fs.rmSync('node_modules/node/bin/node', { force: true });
fs.symlinkSync(process.execPath, 'node_modules/node/bin/node');`;

test('installs what the lock file says, opens the door and passes on its exit code', async () => {
  const { run, calls, root } = project(INSTALLS);
  const { code, output } = await run('start', 'argument');
  expect(code).toBe(7);
  expect(output).toContain(`started argument ${join(root, 'node_modules/node/bin')}`);
  expect(calls()).toEqual([expect.stringMatching(/^ci --include=dev/)]);
});

test('installs nothing a second time', async () => {
  const { run, calls } = project(INSTALLS);
  await run();
  expect((await run()).output).toContain('nothing to install');
  expect(calls()).toHaveLength(1);
});

test('installs again when the lock file names another version', async () => {
  const { run, calls, root } = project(INSTALLS);
  await run();
  put(join(root, 'package-lock.json'), LOCK.replace('1.0.0', '1.0.1'));
  const { code, output } = await run();
  expect(calls()).toHaveLength(2);
  expect(code).toBe(1);
  expect(output).toContain('"npm ci" succeeded, and yet node_modules/a is not the one in package-lock.json');
});

test('installs again when an installation was cut off', async () => {
  const { run, calls, root } = project(INSTALLS);
  await run();
  rmSync(join(root, 'node_modules/.package-lock.json'));
  expect((await run()).code).toBe(0);
  expect(calls()).toHaveLength(2);
});

test('says what to do when the packages cannot be fetched', async () => {
  const { code, output } = await project('process.exit(1);').run('start');
  expect(code).toBe(1);
  expect(output).toMatch(/"npm ci" ended with code 1.*registry could not be reached.*run the command again/);
});

test('goes on with a current Node when the package of Node brought none', async () => {
  const { run, calls } = project(INSTALLS.replace(/fs\.symlinkSync.*/, ''));
  const { code } = await run('start');
  expect(calls()).toHaveLength(1);
  expect(code).toBe(7);
});

test('does not take a Node that cannot run', async () => {
  const { run, root } = project(INSTALLS);
  await run();
  const node = join(root, 'node_modules/node/bin/node');
  rmSync(node);
  put(node, '#!/bin/sh\nexit 1\n');
  chmodSync(node, 0o755);
  expect((await run('start')).output).toContain(`started  ${dirname(process.execPath)}`);
});

test('names the doors when it is asked for another', async () => {
  const { code, output } = await project(INSTALLS).run('deploy');
  expect(code).toBe(2);
  expect(output).toMatch(/no "deploy".*npm start.*npm test/);
});

test('says how to get the lock file back when it cannot be read', async () => {
  const { run, root } = project(INSTALLS);
  await run();
  put(join(root, 'package-lock.json'), '{');
  const { code, output } = await run();
  expect(code).toBe(1);
  expect(output).toContain('git checkout -- package-lock.json');
});

test('has every platform of every optional package in the lock file, so that npm ci works everywhere', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  const packages: Record<string, { optionalDependencies?: Record<string, string> }> = lock.packages;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

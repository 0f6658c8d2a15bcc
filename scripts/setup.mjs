/** Sets up a fresh clone on any Node ≥ 20, then opens the door it is asked for: `start`, `test`, or none. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const DOORS = { start: 'scripts/start.ts', test: 'scripts/test.ts' };
const LEAST_NODE = 20;

class SetupError extends Error {
  constructor(message, exit = 1) {
    super(message);
    this.exit = exit;
  }
}

async function main([door, ...rest]) {
  if (door !== undefined && !Object.hasOwn(DOORS, door)) {
    throw new SetupError(
      `setup: there is no "${door}". Use "npm start", "npm test", or "npm run setup" to install only.`,
      2,
    );
  }
  checkNode();
  await install();
  const node = await projectNode();
  if (door === undefined) return 0;
  return run(node, [join(ROOT, DOORS[door]), ...rest], { ...process.env, ...onPath(node) });
}

function checkNode() {
  if (Number.parseInt(process.versions.node, 10) >= LEAST_NODE) return;
  throw new SetupError(
    `setup: this is Node ${process.versions.node}, and the set-up needs ${LEAST_NODE} or later. ` +
      'Install a current Node (on Fedora: "sudo dnf install nodejs npm") and run the command again.',
  );
}

async function install() {
  const reason = whyInstall();
  if (reason === null) return say('packages: as package-lock.json says, nothing to install');
  say(`packages: ${reason}; running "npm ci"`);
  const code = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    throw new SetupError(
      `setup: "npm ci" ended with code ${code}, so the packages are not installed. ` +
        'Its message is above; most often the package registry could not be reached: check the network or the proxy (npm config get registry), then run the command again.',
    );
  }
  const still = whyInstall();
  if (still !== null) {
    throw new SetupError(`setup: "npm ci" succeeded, and yet ${still}. Delete node_modules and run the command again.`);
  }
}

/** npm writes its own copy of the lock when an installation is complete; that copy is the stamp. */
function whyInstall() {
  const stamp = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(stamp)) return 'node_modules is missing or incomplete';
  const wanted = readLock(join(ROOT, 'package-lock.json'));
  const there = readLock(stamp);
  const differs = Object.entries(wanted).find(
    ([path, { version, optional }]) =>
      path !== '' && (there[path] ? there[path].version !== version : optional !== true),
  );
  return differs ? `${differs[0]} is not the one in package-lock.json` : null;
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (cause) {
    if (basename(file) === '.package-lock.json') return {};
    throw new SetupError(
      `setup: ${file} cannot be read (${cause.message}). Restore it: git checkout -- package-lock.json`,
    );
  }
}

/** The Node that the project runs on comes from the npm package `node`; its install script may have been held back. */
async function projectNode() {
  const node = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (await answers(node)) return node;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  say('node: its install script was held back; running "npm rebuild node"');
  await npm(['rebuild', 'node', '--foreground-scripts']);
  if (await answers(node)) return node;
  throw new SetupError(
    `setup: ${node} does not run, and this Node ${process.versions.node} cannot run TypeScript. ` +
      'Install Node 24 or later, or delete node_modules and run the command again with the registry within reach.',
  );
}

async function answers(node) {
  return existsSync(node) && (await run(node, ['--version'], process.env, 'ignore')) === 0;
}

function onPath(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { [key]: [dirname(node), join(ROOT, 'node_modules', '.bin'), process.env[key] ?? ''].join(delimiter) };
}

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli && basename(cli) === 'npm-cli.js') return run(process.execPath, [cli, ...args], process.env);
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', args, process.env, 'inherit', windows);
}

/** Runs a program to its end and gives its exit code; what stops us stops it. */
function run(program, args, env, stdio = 'inherit', shell = false) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio, shell });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', (cause) =>
      reject(new SetupError(`setup: ${program} did not start (${cause.message}). Is it installed and on PATH?`)),
    );
    child.on('close', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

function say(text) {
  console.log(text);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = error.exit ?? 1;
}

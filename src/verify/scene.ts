import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ended, run } from '#host/child.ts';
import type { Role, Step, Tool } from '#runbook/model.ts';
import type { Kind } from '#sim/kube/kind.ts';
import type { World } from '#world/model.ts';
import { type Bin, makeBin, type Provisions } from './bin.ts';
import type { Certificate } from './certificate.ts';
import { type Home, makeHome } from './home.ts';
import { type Asked, proxyTo } from './proxy.ts';
import { declares, servicesOf } from './services.ts';

/** All that one test of a runbook needs: a pretend world behind a proxy, a home, and a shell in it. */

export interface Outcome {
  code: number;
  /** Both streams, as on a terminal. */
  output: string;
  ms: number;
  started: { tool: string; args: string }[];
  asked: (Asked & { server: 'loopback' | 'simulator' })[];
}

export interface Scene {
  folder: string;
  home: Home;
  nowMs: () => number;
  /** Lets time go by in the pretend world. */
  pass: (ms: number) => Promise<void>;
  /** As the role of the test, or as another. */
  execute: (command: string, where: Step['where'], as?: Role) => Promise<Outcome>;
  close: () => Promise<void>;
}

export interface Needs {
  id: string;
  tools: readonly Tool[];
  /** Hosts that may be asked; null for all that there are. */
  hosts: readonly string[] | null;
  /** Registries to which one has signed in. */
  registries: readonly string[];
  /** All commands: a token that none reads is not there. */
  commands: string;
}

interface Options {
  needs: Needs;
  role: Role;
  world: World;
  kinds: readonly Kind[];
  /** Free texts by their environment variable. */
  exported: Readonly<Record<string, string>>;
  /** Path of the project that steps with `where: clone` work in. */
  project: string;
  provisions: Provisions;
  certificate: Certificate;
  /** Where its folder is made. */
  within: string;
}

const LIMIT_MS = 60_000;
const MINUTE_MS = 60_000;
/** A command that waits sees a minute of the pretend world go by in so much real time. */
const TICK_MS = 250;
const WAITS = /\bwait\b|--watch\b|\s-w\b|--follow\b|\bsleep\s+\d/;
const FORGE = 'gitlab.com';

/** Opens it; what it leaves behind lies in its folder. */
export async function openScene(options: Options): Promise<Scene> {
  const { needs, world, role, certificate, within } = options;
  const { hosts, tools } = needs;
  const folder = await mkdtemp(join(within, `${needs.id}-`));
  const clock = join(folder, 'clock');
  let nowMs = Date.parse(world.now);
  const setClock = () => writeFile(clock, String(nowMs));
  await setClock();
  const pass = (ms: number) => {
    nowMs += ms;
    return setClock();
  };
  const repositories = join(folder, 'repositories');
  await mkdir(repositories);
  const services = servicesOf(world, { now: () => nowMs, kinds: options.kinds }, repositories);
  const proxy = await proxyTo(services.handler, {
    certificate,
    isDeclared: (host) => hosts === null || declares(hosts, host),
  });
  const close = async () => {
    services.close();
    await proxy.close();
  };
  try {
    const bin = await makeBin(folder, { tools, provisions: options.provisions, clock });
    const home = await makeHome(folder, {
      proxy: proxy.url,
      certificate: certificate.file,
      bin: bin.folder,
      registries: needs.registries,
      token: world.forges?.token ?? 'sample-token',
      tools,
      commands: needs.commands,
    });
    const shell = shellIn(home, bin, options.exported);
    const clone = clones(home, options.project);
    return {
      folder,
      home,
      nowMs: () => nowMs,
      pass,
      execute: async (command, where, as = where === 'managed' ? 'managed' : role) => {
        await home.signIn(as);
        const cwd = where === 'clone' ? await clone() : home.cwd;
        proxy.take();
        const ticking = WAITS.test(command) ? setInterval(() => void pass(MINUTE_MS), TICK_MS) : undefined;
        const ended = await shell(command, cwd).finally(() => clearInterval(ticking));
        const asked = proxy.take().map((one) => ({ ...one, server: services.serverOf(one) }));
        return { code: ended.code, output: ended.output, ms: Math.round(ended.ms), started: await bin.take(), asked };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Shell = (command: string, cwd: string) => Promise<Ended>;

/** bash as a careful reader runs it: it stops at the first fault, and takes no unset variable. */
function shellIn(home: Home, bin: Bin, exported: Readonly<Record<string, string>>): Shell {
  const env = { ...home.env, ...exported };
  return (command, cwd) =>
    // Both streams into one pipe, so that lines come in their order.
    run(join(bin.folder, 'bash'), ['--norc', '-c', 'exec bash --norc -euo pipefail -c "$0" 2>&1', command], {
      cwd,
      env,
      capture: true,
      timeoutMs: LIMIT_MS,
    });
}

/** A clone of the project, made when it is first needed. */
function clones(home: Home, project: string): () => Promise<string> {
  let made: Promise<string> | undefined;
  const make = async () => {
    const url = `https://${FORGE}/${project}.git`;
    const path = join(home.cwd, project.split('/').at(-1) ?? 'clone');
    const { code, output } = await run('git', ['clone', '--quiet', url, path], {
      env: { ...home.env, PATH: process.env['PATH'] },
      capture: true,
      timeoutMs: LIMIT_MS,
    });
    if (code === 0) return path;
    throw new Error(
      `git clone ${url}, which every step with "where: clone" needs, ended with code ${code}: ${output.trim()}\n` +
        `Name ${FORGE} under needs.hosts, and see that the world has files of ${project} under "files:".`,
    );
  };
  return () => {
    made ??= make();
    return made;
  };
}

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { run } from '#host/child.ts';
import type { Lab } from '#lab/model.ts';
import type { Ended, Shell } from '#lab/shell.ts';
import { HOME } from '#practice/open.ts';
import { TOOLS, type Tool } from '#runbook/model.ts';
import type { World } from '#world/model.ts';
import type { Provisions } from './bin.ts';
import type { Certificate } from './certificate.ts';
import { openScene } from './scene.ts';

/** A real bash with real clients over the world of a lab: what the practice shell is held against. */

interface Options {
  lab: Lab;
  world: World;
  provisions: Provisions;
  certificate: Certificate;
  /** Where its folder is made. */
  within: string;
}

const LIMIT_MS = 60_000;
/** Variables of bash itself, which another bash must not be given. */
const OWN =
  '^declare -[A-Za-z]*r|^declare -[-A-Za-z]+ (BASH.*|COMP_.*|DIRSTACK|EPOCH.*|EUID|FUNCNAME|GIT_(AUTHOR|COMMITTER)_DATE|GROUPS|LINENO|OPTERR|PIPESTATUS|PPID|RANDOM|SECONDS|SHELLOPTS|SHLVL|SRANDOM|UID|_|SLIPWAY_.*)(=|$)';
const WRAPPER = `
cd "$(cat "$SLIPWAY_STATE/cwd")"
source "$SLIPWAY_STATE/variables"
sleep() { echo "$1" >>"$SLIPWAY_STATE/slept"; }
trap 'SLIPWAY_CODE=$?; pwd >"$SLIPWAY_STATE/cwd"; declare -p | grep -vE "$SLIPWAY_OWN" >"$SLIPWAY_STATE/variables"; exit $SLIPWAY_CODE' EXIT
eval "$0"
`;

/** Opens it; its home is a folder of the machine, and what is printed names it as the practice shell does. */
export async function openReal(options: Options): Promise<Shell & { close: () => Promise<void> }> {
  const { lab, world } = options;
  const scene = await openScene({
    needs: {
      id: lab.id,
      tools: lab.tools.filter((tool): tool is Tool => TOOLS.some((one) => one === tool)),
      hosts: null,
      registries: lab.registries,
      commands: '$GITLAB_TOKEN $GH_TOKEN $QUAY_TOKEN',
    },
    ...{ role: lab.role, world, kinds: [], exported: {}, project: '' },
    ...{ provisions: options.provisions, certificate: options.certificate, within: options.within },
  });
  await scene.home.signIn(lab.role);
  const home = scene.home.env['HOME'] ?? scene.folder;
  const at = (path: string) => (isAbsolute(path) ? path : join(home, path));
  async function start(script: string, state: string, env: Readonly<Record<string, string>>): Promise<Ended> {
    const err = join(scene.folder, 'stderr');
    const date = `@${Math.floor(scene.nowMs() / 1_000)} +0000`;
    const { code, output } = await run('bash', ['--norc', '-c', `exec 2>"$SLIPWAY_ERR"\n${WRAPPER}`, script], {
      cwd: home,
      env: {
        ...{ ...scene.home.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, ...env },
        ...{ SLIPWAY_STATE: state, SLIPWAY_OWN: OWN, SLIPWAY_ERR: err },
      },
      capture: true,
      timeoutMs: LIMIT_MS,
    });
    // Nobody waits for real: what was slept goes by in the pretend world afterwards.
    const slept = await readFile(join(state, 'slept'), 'utf8').catch(() => '');
    await rm(join(state, 'slept'), { force: true });
    for (const row of slept.split('\n').filter(Boolean)) await scene.pass(secondsOf(row) * 1_000);
    const told = (text: string) => text.replaceAll(home, HOME);
    return { stdout: told(output), stderr: told(await readFile(err, 'utf8')), exitCode: code };
  }
  async function stateIn(name: string, cwd: string, variables: string): Promise<string> {
    const state = join(scene.folder, name);
    await mkdir(state, { recursive: true });
    await writeFile(join(state, 'cwd'), `${cwd}\n`);
    await writeFile(join(state, 'variables'), variables);
    return state;
  }
  const main = await stateIn('state', home, '');
  return {
    run: (script) => start(script, main, {}),
    ask: async (script, env = {}) =>
      start(script, await stateIn('aside', home, await readFile(join(main, 'variables'), 'utf8')), env),
    readFile: (path) => readFile(at(path), 'utf8').catch(() => null),
    writeFile: async (path, text) => {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), text);
    },
    nowMs: scene.nowMs,
    pass: scene.pass,
    close: scene.close,
  };
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `90`, `5m` or `1h`. */
const secondsOf = (text: string): number => Number.parseFloat(text) * (UNITS[text.at(-1) ?? ''] ?? 1);

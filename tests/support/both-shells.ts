import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { worldOf } from '#host/labs.ts';
import { thisMachine } from '#host/machine.ts';
import { Lab } from '#lab/model.ts';
import type { Shell } from '#lab/shell.ts';
import type { Attempt } from '#lab/trial.ts';
import { openPractice } from '#practice/open.ts';
import { BODHI, ENDOFLIFE, GITHUB, STORAGE } from '#sim/place.ts';
import { certificateFor } from '#verify/certificate.ts';
import { openReal } from '#verify/lab-shell.ts';
import { provisionsOf } from '#verify/provisions.ts';
import { compared, type Pair } from '#verify/same.ts';

/** The same commands in the practice shell and in a real one, over the same world. */

const ROOT = join(import.meta.dirname, '../..');
const HOSTS = ['gitlab.com', 'github.com', 'quay.io', 'registry.fedoraproject.org', STORAGE, BODHI, ENDOFLIFE, GITHUB];

/** `tools` are the clients that the commands use; `world` is a file of content/worlds; `registries` may be written to. */
export async function inBoth(
  tools: readonly string[],
  commands: readonly string[],
  world = 'duty',
  registries: readonly string[] = [],
): Promise<Pair[]> {
  const lab: Lab = { ...Lab.parse({ ...BARE, tools, world, registries }), id: 'both' };
  const start = await worldOf(ROOT, lab);
  const within = await mkdtemp(join(tmpdir(), 'slipway-both-'));
  const real = await openReal({
    ...{ lab, world: start, within },
    provisions: await provisionsOf(
      thisMachine(() => {}),
      join(ROOT, '.cache/clients'),
    ),
    certificate: await certificateFor(HOSTS, within),
  });
  try {
    const ours = await ranIn(await openPractice(start, lab), commands);
    return compared([ours], [await ranIn(real, commands)]);
  } finally {
    await real.close();
    await rm(within, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function ranIn(shell: Shell, commands: readonly string[]): Promise<Attempt> {
  const ran = [];
  for (const command of commands) ran.push({ command, ...(await shell.run(command)) });
  return { step: '', what: '', ran, verdict: { done: true, because: '', wrong: null, said: '' }, fault: null };
}

const BARE = {
  ...{ schema: 1, title: 'Both shells', summary: 'x', minutes: 5, level: 'beginner', learn: ['x'], story: 'x' },
  steps: [
    {
      id: 'x',
      goal: 'x',
      check: [{ if: 'true', because: 'never said' }],
      hints: ['nothing to do'],
      solution: { run: 'true' },
    },
  ],
  next: ['page:/labs/'],
  sources: [{ title: 'x' }],
};

import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readLabs } from '#host/labs.ts';
import { readWorld } from '#host/world.ts';
import { checkLeads } from '#lab/catalog.ts';
import type { Lab } from '#lab/model.ts';
import { tried } from '#lab/trial.ts';
import { type Captured, captured } from '#practice/captured.ts';
import { openPractice } from '#practice/open.ts';
import { ContentError } from '#status/parse.ts';
import { withGiven } from '#world/given.ts';
import type { World } from '#world/model.ts';

/** The labs as the pages show them. */
export interface Labs {
  labs: Lab[];
  /** The world in which each begins, by the lab's id. */
  worlds: Record<string, World>;
  /** What each printed when it was run from start to end, by its id. */
  captured: Record<string, Captured>;
}

/** Runs every lab; throws on anything broken, also on a lab that does not pass, so that the build stops and says which. */
export async function loadLabs(root: URL): Promise<Labs> {
  const base = fileURLToPath(root).replace(/\/$/, '');
  const labs = await readLabs(base);
  checkLeads(
    labs.map(({ id, before, next }) => ({
      file: `content/labs/${id}.yaml`,
      refs: [...before, ...next].filter((ref) => !ref.startsWith('page:')),
    })),
    await known(base),
  );
  const worlds = new Map<string, World>();
  const rows: { id: string; world: World; captured: Captured }[] = [];
  for (const lab of labs) {
    const file = `content/worlds/${lab.world}.yaml`;
    const plain = worlds.get(file) ?? (await readWorld(join(base, file), file));
    worlds.set(file, plain);
    const world = withGiven(plain, lab.given);
    rows.push({ id: lab.id, world, captured: await tryOut(lab, world) });
  }
  return {
    labs,
    worlds: Object.fromEntries(rows.map(({ id, world }) => [id, world])),
    captured: Object.fromEntries(rows.map(({ id, captured }) => [id, captured])),
  };
}

async function tryOut(lab: Lab, world: World): Promise<Captured> {
  // Its mistakes are made by `npm run labs`: each needs a world of its own, and a build would take a minute longer.
  const steps = lab.steps.map((step) => ({ ...step, wrong: [] }));
  const attempts = await tried({ ...lab, steps }, () => openPractice(world, lab, PATIENCE_MS));
  const faults = attempts.flatMap(({ step, what, fault }) => (fault === null ? [] : [`  ${step}, ${what}: ${fault}`]));
  if (faults.length > 0)
    throw new ContentError(
      `content/labs/${lab.id}.yaml does not pass:\n${faults.join('\n')}\nSee it at work: npm run labs -- --only ${lab.id} --verbose`,
    );
  return captured(attempts);
}

/** A machine that builds may be busy; a reader's shell gives up earlier. */
const PATIENCE_MS = 120_000;

const FOLDERS = { lab: 'labs', quiz: 'quizzes', track: 'tracks', runbook: 'runbooks', walkthrough: 'pipelines' };

/** Refs of everything that has a file of its own; the check of the site's links looks after pages. */
async function known(base: string): Promise<ReadonlySet<string>> {
  const refs = new Set<string>();
  for (const [kind, folder] of Object.entries(FOLDERS))
    for await (const name of glob('*.{yaml,yml}', { cwd: join(base, 'content', folder) }))
      refs.add(`${kind}:${name.replace(/\.ya?ml$/, '')}`);
  return refs;
}

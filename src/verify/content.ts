import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunbooks } from '#host/runbooks.ts';
import { readShell } from '#host/shell.ts';
import { readWorld } from '#host/world.ts';
import { parseOwners, parseRunbook, parseVariables, type Shared } from '#runbook/catalog.ts';
import { lint } from '#runbook/lint/lint.ts';
import type { Runbook } from '#runbook/model.ts';
import { ContentError } from '#status/parse.ts';
import type { World } from '#world/model.ts';

/** What is to be run, as it lies in content/. */

export interface Content extends Pick<Shared, 'variables'> {
  runbooks: Runbook[];
}

/** All runbooks, or those with these ids: then nothing else needs to be whole. Throws a ContentError. */
export async function contentOf(root: string, only: readonly string[] | null): Promise<Content> {
  if (only === null) return readRunbooks(root, join(root, 'none'));
  const read = (name: string) => readFile(join(root, 'content', name), 'utf8');
  const shared = {
    variables: parseVariables(await read('variables.yaml'), 'content/variables.yaml'),
    owners: parseOwners(await read('owners.yaml'), 'content/owners.yaml'),
  };
  const shell = await readShell();
  const runbooks = only.map(async (id) => {
    const name = `runbooks/${id}.yaml`;
    const text = await read(name).catch(() => {
      throw new ContentError(`There is no content/${name}. Write the name of a file without .yaml.`);
    });
    return parseRunbook(text, `content/${name}`, shared, (one) => lint(one, shared.variables, shell));
  });
  return { variables: shared.variables, runbooks: await Promise.all(runbooks) };
}

/** Reads each world once. */
export function worldsOf(root: string): (name: string) => Promise<World> {
  const read = new Map<string, Promise<World>>();
  const load = async (name: string) => {
    const path = join(root, 'content/worlds', `${name}.yaml`);
    await access(path).catch(() => {
      throw new ContentError(`There is no content/worlds/${name}.yaml, which a test names.`);
    });
    return readWorld(path, `content/worlds/${name}.yaml`);
  };
  return (name) => {
    const world = read.get(name) ?? load(name);
    read.set(name, world);
    return world;
  };
}

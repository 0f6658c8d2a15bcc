import { readFile } from 'node:fs/promises';
import { loadReferences } from '#editing-loader.ts';
import { type MilestonesFile, parseMilestones } from '#handbook/milestones.ts';
import { parseSystems, type SystemsFile } from '#handbook/systems.ts';

export interface Handbook {
  systems: SystemsFile;
  milestones: MilestonesFile;
}

/** What pages of the handbook show beside their prose; throws on anything broken, so that the build stops and names the field. */
export async function loadHandbook(root: URL): Promise<Handbook> {
  const known = Object.keys(await loadReferences(root));
  const read = (file: string) => readFile(new URL(file, root), 'utf8');
  return {
    systems: parseSystems(await read('content/systems.yaml'), 'content/systems.yaml', known),
    milestones: parseMilestones(await read('content/milestones.yaml'), 'content/milestones.yaml', known),
  };
}

import { registry } from '#sim/registry/registry.ts';
import type { FileVersion } from '#sim/settled.ts';
import { settle } from '#sim/world.ts';
import type { World } from '#world/model.ts';

/** The files of a world as the history of git repositories. */

export type Forge = FileVersion['forge'];

export interface Histories {
  has: (forge: Forge, project: string) => boolean;
  /** What `git fast-import` reads: every version of every file up to a moment as a commit of its own, at its time. */
  importOf: (forge: Forge, project: string, nowMs: number) => Promise<Buffer>;
  /** The branch that a clone stands on. */
  trunkOf: (forge: Forge, project: string) => string;
}

/** The same texts as those that the pretend forges serve. */
export function historiesOf(world: World): Histories {
  const { files } = settle(world);
  const store = registry();
  const versionsOf = (forge: Forge, project: string) =>
    files.filter((one) => one.forge === forge && one.project === project);
  const trunkOf = (forge: Forge, project: string) => {
    const branches = versionsOf(forge, project).map(({ branch }) => branch);
    return branches.find((branch) => branch === 'main') ?? branches[0] ?? 'main';
  };
  return {
    trunkOf,
    has: (forge, project) => versionsOf(forge, project).length > 0,
    async importOf(forge, project, nowMs) {
      const versions = versionsOf(forge, project)
        .filter(({ startMs }) => startMs <= nowMs)
        .sort((a, b) => a.startMs - b.startMs);
      const tips = new Map<string, number>();
      const commits: Buffer[] = [];
      for (const [index, version] of versions.entries()) {
        // A branch begins where the trunk stood at that moment.
        const from = tips.get(version.branch) ?? tips.get(trunkOf(forge, project));
        commits.push(commitOf(version, index + 1, from, await store.textOf(version.holds)));
        tips.set(version.branch, index + 1);
      }
      return Buffer.concat(commits);
    },
  };
}

function commitOf(
  { branch, path, startMs }: FileVersion,
  mark: number,
  from: number | undefined,
  text: string,
): Buffer {
  const message = `Sample: ${path}`;
  const head = [
    `commit refs/heads/${branch}\nmark :${mark}\n`,
    `committer sample <sample@example.org> ${Math.floor(startMs / 1_000)} +0000\n`,
    `data ${Buffer.byteLength(message)}\n${message}\n`,
    from === undefined ? '' : `from :${from}\n`,
    `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n`,
  ];
  return Buffer.from(`${head.join('')}${text}\n`);
}

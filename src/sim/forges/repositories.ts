import type { FileVersion, Holding } from '#sim/settled.ts';
import { BlobIds, committed } from './git-objects.ts';

/** The git repositories of the pretend forges: what they hold, and what is pushed to them. */

export type Forge = FileVersion['forge'];

export interface GitCommit {
  /** The id that git gives it. */
  id: string;
  parents: string[];
  /** The whole tree: text by path. */
  tree: Record<string, string>;
  /** Of what is no plain file, as git writes them: 100755, 120000. */
  modes?: Record<string, string>;
  author: { name: string; email: string; atS: number };
  message: string;
}

export interface GitRepository {
  /** The branch that a clone stands on. */
  trunk: string;
  /** Newest commit by branch. */
  branches: Record<string, string>;
  commits: GitCommit[];
}

/** What a git client sends; not an API of the real forges, whose protocol no reader sees. */
export interface GitPush {
  commits: GitCommit[];
  updates: { branch: string; after: string | null }[];
  /** Push options, as in merge_request.create. */
  options: string[];
}

export interface Pushed {
  forge: Forge;
  project: string;
  branch: string;
  before: string | null;
  /** Null where the branch was deleted. */
  after: string | null;
  options: readonly string[];
  atMs: number;
}

/** Does what follows from a push; gives the lines that git prints after `remote: `. */
export type OnPush = (pushed: Pushed) => Promise<string[]>;

export interface Repositories {
  has: (forge: Forge, project: string) => boolean;
  get: (forge: Forge, project: string, nowMs: number) => Promise<GitRepository | null>;
  /** Throws where a commit has another id than git gives it, or an unknown parent. */
  push: (forge: Forge, project: string, push: GitPush, nowMs: number) => Promise<string[]>;
  /** Several may listen; their lines follow one another. */
  onPush: (listener: OnPush) => void;
}

/** One repository, and how much of the world's own history is in it. */
interface Kept {
  repository: GitRepository;
  byId: Map<string, GitCommit>;
  written: number;
}

/** Who wrote what lies in a world. */
const AUTHOR = { name: 'sample', email: 'sample@example.org' };

/** Every version of every file is a commit of its own, at its time; pushes come on top. `files` are sorted, the oldest first. */
export function repositoriesOf(
  files: readonly FileVersion[],
  textOf: (holds: Holding) => Promise<string>,
): Repositories {
  const versions = Map.groupBy(files, ({ forge, project }) => `${forge} ${project}`);
  const kept = new Map<string, Promise<Kept>>();
  const listeners: OnPush[] = [];
  const ids = new BlobIds();

  /** One after another: two who ask at once must not write the same history twice. */
  function at(key: string, nowMs: number): Promise<Kept> | null {
    const own = versions.get(key);
    if (!own) return null;
    const next = (kept.get(key) ?? Promise.resolve(fresh(own))).then((one) => advance(one, own, nowMs));
    kept.set(key, next);
    return next;
  }

  async function advance(one: Kept, own: readonly FileVersion[], nowMs: number): Promise<Kept> {
    const { repository } = one;
    for (let version = own[one.written]; version && version.startMs <= nowMs; version = own[++one.written]) {
      const { branch, path, startMs, holds } = version;
      // A branch begins where the trunk stood at that moment.
      const tip = repository.branches[branch] ?? repository.branches[repository.trunk];
      const before = one.byId.get(tip ?? '');
      const tree = { ...before?.tree, [path]: await textOf(holds) };
      const modes = before?.modes ? { modes: before.modes } : {};
      const author = { ...AUTHOR, atS: Math.floor(startMs / 1_000) };
      const message = `Sample: ${path}`;
      keep(one, await committed({ parents: tip ? [tip] : [], tree, ...modes, author, message }, ids), branch);
    }
    return one;
  }

  return {
    has: (forge, project) => versions.has(`${forge} ${project}`),
    get: async (forge, project, nowMs) => (await at(`${forge} ${project}`, nowMs))?.repository ?? null,
    onPush: (listener) => listeners.push(listener),
    async push(forge, project, { commits, updates, options }, nowMs) {
      const one = await at(`${forge} ${project}`, nowMs);
      if (!one) throw new Error(`The sample world has no ${project}.`);
      for (const commit of commits) await check(one, commit, ids);
      const { branches } = one.repository;
      const moved = updates.flatMap(({ branch, after }): Pushed[] => {
        const before = branches[branch] ?? null;
        if (before === after) return [];
        if (after !== null && !one.byId.has(after)) throw new Error(`The branch ${branch} has no commit ${after}.`);
        if (after === null) delete branches[branch];
        else branches[branch] = after;
        return [{ forge, project, branch, before, after, options, atMs: nowMs }];
      });
      const lines: string[] = [];
      for (const pushed of moved) for (const listener of listeners) lines.push(...(await listener(pushed)));
      return lines;
    },
  };
}

function fresh(own: readonly FileVersion[]): Kept {
  const names = own.map(({ branch }) => branch);
  const trunk = names.find((name) => name === 'main') ?? names[0] ?? 'main';
  // A branch may be called `constructor`.
  return { repository: { trunk, branches: Object.create(null), commits: [] }, byId: new Map(), written: 0 };
}

function keep({ repository, byId }: Kept, commit: GitCommit, branch?: string): void {
  repository.commits.push(commit);
  byId.set(commit.id, commit);
  if (branch !== undefined) repository.branches[branch] = commit.id;
}

async function check(one: Kept, commit: GitCommit, ids: BlobIds): Promise<void> {
  if (one.byId.has(commit.id)) return;
  const { id, ...draft } = commit;
  const is = (await committed(draft, ids)).id;
  if (is !== id)
    throw new Error(`The commit ${id} has something that the practice world does not keep: it would be ${is}.`);
  const unknown = commit.parents.find((parent) => !one.byId.has(parent));
  if (unknown !== undefined) throw new Error(`The commit ${id} has the unknown parent ${unknown}.`);
  keep(one, commit);
}

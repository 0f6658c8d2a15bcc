import type { FileVersion } from '#sim/settled.ts';

/** The git repositories of the pretend forges: what they hold, and what is pushed to them. */

export type Forge = FileVersion['forge'];

export interface GitCommit {
  /** The id that git gives it. */
  id: string;
  parents: string[];
  /** The whole tree: text by path. */
  tree: Record<string, string>;
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
  get: (forge: Forge, project: string, nowMs: number) => Promise<GitRepository | null>;
  push: (forge: Forge, project: string, push: GitPush, nowMs: number) => Promise<string[]>;
  /** Several may listen; their lines follow one another. */
  onPush: (listener: OnPush) => void;
}

import { reply } from '#sim/reply.ts';
import { BlobIds } from './git-objects.ts';
import type { Forge, GitCommit, GitPush, GitRepository, Repositories } from './repositories.ts';

/** How our git speaks with the pretend forges: at an address of our own, not in git's protocol. */

/** A repository with every text once. */
export interface GitWire extends Omit<GitRepository, 'commits'> {
  /** Their trees hold ids of `blobs` by path. */
  commits: GitCommit[];
  blobs: Record<string, string>;
}

const FORGES: Readonly<Record<string, Forge>> = { 'gitlab.com': 'gitlab', 'github.com': 'github' };
const FOLDER = '/-/sample/git/';

/** Where to ask for a repository, by its address for `git clone`; null for an address of no pretend forge. */
export function wireAddress(remote: string): string | null {
  const [, host = '', project = ''] = /^https:\/\/([^/]+)\/(.+?)\/*$/.exec(remote) ?? [];
  return FORGES[host] ? `https://${host}${FOLDER}${project.replace(/\.git$/, '')}` : null;
}

/** GET gives a GitWire, POST takes a GitPush and gives `{ lines }`; null for a request that is neither. */
export async function gitWire(
  request: Request,
  repositories: Repositories,
  nowMs: () => number,
): Promise<Response | null> {
  const { hostname, pathname } = new URL(request.url);
  const forge = FORGES[hostname];
  if (!forge || !pathname.startsWith(FOLDER)) return null;
  const project = pathname.slice(FOLDER.length);
  if (request.method === 'POST') {
    try {
      const push: GitPush = await request.json();
      return reply({ lines: await repositories.push(forge, project, push, nowMs()) });
    } catch (error) {
      return reply({ message: error instanceof Error ? error.message : String(error) }, 422);
    }
  }
  const repository = await repositories.get(forge, project, nowMs());
  return repository ? reply(await wireOf(repository)) : reply({ message: `The sample world has no ${project}.` }, 404);
}

async function wireOf({ commits, ...repository }: GitRepository): Promise<GitWire> {
  const ids = new BlobIds();
  const blobs: Record<string, string> = {};
  const thin = async (commit: GitCommit): Promise<GitCommit> => {
    const tree: Record<string, string> = {};
    for (const [path, text] of Object.entries(commit.tree)) {
      const id = await ids.of(text);
      tree[path] = id;
      blobs[id] = text;
    }
    return { ...commit, tree };
  };
  return { ...repository, commits: await Promise.all(commits.map(thin)), blobs };
}

import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#host/child.ts';
import { type GitWire, wireAddress } from '#sim/forges/git-wire.ts';
import type { GitCommit } from '#sim/forges/repositories.ts';
import { plain } from './git-backend.ts';
import { commitOf, importOf } from './git-history.ts';

/** A bare repository of real git that holds what a pretend forge's repository holds, and tells it of pushes. */

export interface GitMirror {
  /** Brings it to where the forge's is. */
  take: () => Promise<void>;
  /** Tells the forge of what was pushed since it was last there; gives the lines for `remote: `. */
  tell: () => Promise<string[]>;
}

type Ask = (request: Request) => Promise<Response>;

/** Only leaves the options of a push where we find them. */
const POST_RECEIVE = `#!/bin/sh
i=0
while [ "$i" -lt "\${GIT_PUSH_OPTION_COUNT:-0}" ]; do
  eval "printf '%s\\\\n' \\"\\$GIT_PUSH_OPTION_$i\\"" >>pushed-options
  i=$((i + 1))
done
cat >/dev/null
`;
const OVER = 'refs/sample/over';
const HEADS = 'refs/heads/';

/** The mirror at `path` of what is cloned from `remote`; null where the forge has none. */
export async function gitMirror(ask: Ask, remote: string, path: string): Promise<GitMirror | null> {
  const address = wireAddress(remote) ?? remote;
  const wire = async (): Promise<GitWire | null> => {
    const answer = await ask(new Request(address));
    return answer.ok ? answer.json() : null;
  };
  const first = await wire();
  if (!first) return null;
  const known = new Set<string>();
  const git = gitIn(path);
  await mkdir(path, { recursive: true });
  await git(
    `git init --quiet --bare --initial-branch="$1" .
     git config http.receivepack true
     git config receive.advertisePushOptions true
     git config uploadpack.allowAnySHA1InWant true`,
    first.trunk,
  );
  await mkdir(join(path, 'hooks'), { recursive: true });
  await writeFile(join(path, 'hooks/post-receive'), POST_RECEIVE);
  await chmod(join(path, 'hooks/post-receive'), 0o755);
  let tips: ReadonlyMap<string, string> = new Map();

  return {
    async take() {
      const now = await wire();
      if (!now) return;
      await writeFile(join(path, 'import'), importOf(now, known, OVER));
      for (const { id } of now.commits) known.add(id);
      const gone = [...tips.keys()].filter((branch) => !Object.hasOwn(now.branches, branch));
      const rows = [
        ...Object.entries(now.branches).map(([branch, id]) => `update ${HEADS}${branch} ${id}`),
        ...gone.map((branch) => `delete ${HEADS}${branch}`),
        `delete ${OVER}`,
      ];
      await git(`git fast-import --quiet --force <import\nprintf '%s\\n' "$@" | git update-ref --stdin`, ...rows);
      tips = new Map(Object.entries(now.branches));
    },
    async tell() {
      const options = await readFile(join(path, 'pushed-options'), 'utf8').catch(() => '');
      await rm(join(path, 'pushed-options'), { force: true });
      const rows = await git(`git for-each-ref --format='%(refname:lstrip=2) %(objectname)' ${HEADS}`);
      const now = new Map(
        rows.split('\n').flatMap((row) => {
          const [branch = '', id] = row.split(' ');
          return id === undefined ? [] : [[branch, id] as const];
        }),
      );
      const branches = [...new Set([...tips.keys(), ...now.keys()])];
      const updates = branches
        .filter((branch) => tips.get(branch) !== now.get(branch))
        .map((branch) => ({ branch, after: now.get(branch) ?? null }));
      if (updates.length === 0) return [];
      const commits = await newCommits(
        git,
        updates.flatMap(({ after }) => after ?? []),
        known,
      );
      for (const { id } of commits) known.add(id);
      tips = now;
      const body = JSON.stringify({ commits, updates, options: options.split('\n').filter(Boolean) });
      const answer = await ask(new Request(address, { method: 'POST', body }));
      const told: { lines?: string[]; message?: string } = await answer.json();
      return told.lines ?? [`sample: ${told.message}`];
    },
  };
}

type Git = (script: string, ...args: string[]) => Promise<string>;

function gitIn(path: string): Git {
  return async (script, ...args) => {
    const { code, output } = await run('bash', ['-euc', script, 'bash', ...args], {
      ...{ capture: true, cwd: path, env: plain() },
    });
    if (code !== 0) throw new Error(`git could not keep the repository ${path}: ${output.trim()}`);
    return output;
  };
}

async function newCommits(git: Git, tips: readonly string[], known: ReadonlySet<string>): Promise<GitCommit[]> {
  const ids = tips.length > 0 ? await git('git rev-list --reverse --topo-order "$@"', ...tips) : '';
  const commits: GitCommit[] = [];
  for (const id of ids.split('\n').filter((one) => one && !known.has(one))) {
    const listed = await git('git -c core.quotePath=false ls-tree -r "$1"', id);
    const batch = await git('git ls-tree -r "$1" | cut -f 1 | cut -d " " -f 3 | git cat-file --batch', id);
    const commit = await git('git cat-file commit "$1"', id);
    commits.push(commitOf(id, commit, listed.split('\n').filter(Boolean), Buffer.from(batch)));
  }
  return commits;
}

import { changedPaths, commitAt, mergeBase } from '#sim/forges/git-history.ts';
import type { MergeRequest } from '#sim/forges/merge-requests.ts';
import type { Forge, GitCommit, GitRepository, Pushed, Repositories } from '#sim/forges/repositories.ts';
import { labelOf, noteOf, withSpec } from '#sim/kube/controllers/parts.ts';
import { isOver } from '#sim/kube/controllers/runs.ts';
import { gitUrlOf } from '#sim/kube/core/tenant.ts';
import type { Inside, KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, textOf } from '#sim/kube/value.ts';
import { definitionsIn, type GitEvent } from './files.ts';
import { isFailed, runsOf, started, type Told, toldOf, watchersOf } from './start.ts';

/** Pipelines as Code: what it does when somebody pushes, opens a merge request or writes a comment. It writes none itself. */

/** Does something in the cluster as a controller would. */
export type Act = <T>(run: (inside: Inside) => Promise<T>, nowMs: number) => Promise<T>;

export interface PipelinesAsCode {
  pushed: (push: Pushed) => Promise<void>;
  /** A merge request was opened, or has a new commit. */
  changed: (request: MergeRequest, nowMs: number) => Promise<void>;
  commented: (request: MergeRequest, note: string, nowMs: number) => Promise<void>;
  /** Starts the push pipeline of a component; false where the world has no pipelines of its repository. */
  incoming: (component: KubeObject, inside: Inside) => Promise<boolean>;
  /** What the forge is told of a commit. */
  told: (commit: string, nowMs: number) => Promise<Told[]>;
  /** Files of a commit; null where nobody has it. */
  treeOf: (url: string, commit: string, nowMs: number) => Promise<GitCommit['tree'] | null>;
}

const COMMAND = /^\/(retest|test|cancel)(?: +(\S+))? *$/m;

/** `act` comes later than the service itself, since the cluster needs it. */
export function pipelinesAsCode(repositories: Repositories, act: Act): PipelinesAsCode {
  const faults = new Map<string, Told[]>();
  const note = (commit: string, told: Told[]) => {
    if (told.length > 0) faults.set(commit, [...(faults.get(commit) ?? []), ...told]);
  };

  async function eventOf(request: MergeRequest, type: string, nowMs: number): Promise<GitEvent | null> {
    const { project, source, target, iid } = request;
    const repository = await repositories.get('gitlab', project, nowMs);
    const [head, onto] = [repository && commitAt(repository, source), repository && commitAt(repository, target)];
    if (!repository || !head) return null;
    const base = onto && mergeBase(repository, onto, head);
    return {
      ...{ forge: 'gitlab', project, kind: 'pull_request', type, number: iid },
      ...{ sourceBranch: source, targetBranch: target, ...seen(head, changedPaths(base, head)) },
    };
  }

  async function headOf(component: KubeObject, nowMs: number) {
    const at = placeOf(gitUrlOf(component));
    const repository = at && (await repositories.get(at.forge, at.project, nowMs));
    if (!at || !repository) return null;
    const git = fieldOf(fieldOf(component['spec'], 'source'), 'git');
    const branch = textOf(fieldOf(git, 'revision')) || repository.trunk;
    const head = commitAt(repository, branch);
    return head ? { ...at, branch, head } : null;
  }

  return {
    async pushed({ forge, project, branch, before, after, atMs }) {
      const repository = await repositories.get(forge, project, atMs);
      const head = repository && after !== null ? commitAt(repository, after) : null;
      if (!repository || !head || /\[(skip (ci|tkn)|(ci|tkn) skip)\]/.test(head.message)) return;
      const event: GitEvent = {
        ...{ forge, project, kind: 'push', type: forge === 'gitlab' ? 'Push' : 'push', number: null },
        ...{ sourceBranch: branch, targetBranch: branch },
        ...seen(head, changedPaths(parentOf(repository, head, before), head)),
      };
      note(head.id, await act((inside) => started(event, inside), atMs));
    },

    async changed(request, nowMs) {
      const event = await eventOf(request, 'Merge_Request', nowMs);
      if (event) note(event.commit, await act((inside) => started(event, inside), nowMs));
    },

    async commented(request, text, nowMs) {
      const [, word = '', name] = COMMAND.exec(text) ?? [];
      if (word === '') return;
      const type = `${word}${name === undefined ? '-all' : ''}-comment`;
      const event = await eventOf(request, type, nowMs);
      if (!event) return;
      const isNamed = (one: string) => name === undefined || name === one;
      if (word === 'cancel') return act((inside) => cancelled(event, isNamed, inside), nowMs);
      faults.delete(event.commit);
      const isWanted = (one: string, runs: readonly KubeObject[]) =>
        isNamed(one) && (word === 'test' || name !== undefined || isToRetest(one, runs));
      note(event.commit, await act((inside) => started(event, inside, isWanted), nowMs));
    },

    async incoming(component, inside) {
      const found = await headOf(component, inside.nowMs);
      if (!found) return false;
      const { forge, project, branch, head } = found;
      const name = `${component.metadata.name}-on-push`;
      const every = Object.keys(head.tree);
      const event: GitEvent = {
        ...{ forge, project, kind: 'push', type: 'incoming', number: null, sourceBranch: branch },
        ...{ targetBranch: branch, ...seen(head, every) },
      };
      // A repository of which the world has other files only is one that it does not know.
      if (definitionsIn(event).definitions.length === 0) return false;
      note(head.id, await started(event, inside, (one) => one === name));
      return true;
    },

    told: (commit, nowMs) =>
      act(async (inside) => toldOf(await runsOf(commit, '', inside), faults.get(commit) ?? []), nowMs),

    async treeOf(url, commit, nowMs) {
      const at = placeOf(url);
      const repository = at && (await repositories.get(at.forge, at.project, nowMs));
      return repository?.commits.find(({ id }) => id === commit)?.tree ?? null;
    },
  };
}

/** Failed runs run again; those that were never there run for the first time. */
function isToRetest(name: string, runs: readonly KubeObject[]): boolean {
  const [newest] = runs.filter((run) => noteOf(run, 'pipelinesascode.tekton.dev/original-prname') === name);
  return newest === undefined || isFailed(newest);
}

async function cancelled(event: GitEvent, isNamed: (name: string) => boolean, inside: Inside): Promise<void> {
  for (const watcher of await watchersOf(event.forge, event.project, inside))
    for (const run of await runsOf(event.commit, watcher.metadata.namespace ?? '', inside)) {
      const name = noteOf(run, 'pipelinesascode.tekton.dev/original-prname');
      const isSame = labelOf(run, 'pipelinesascode.tekton.dev/pull-request') === String(event.number);
      if (isSame && isNamed(name) && !isOver(run)) await inside.write(withSpec(run, { status: 'CancelledRunFinally' }));
    }
}

const seen = ({ id, message, tree }: GitCommit, paths: readonly string[]) => ({
  ...{ commit: id, title: message.split('\n')[0] ?? '', tree, paths },
});

/** What a push is compared with: the branch as it was, or the parent of the first commit of a new one. */
const parentOf = (repository: GitRepository, head: GitCommit, before: string | null): GitCommit | null =>
  commitAt(repository, before ?? head.parents[0] ?? '');

function placeOf(url: string): { forge: Forge; project: string } | null {
  const [, host, project = ''] = /^https:\/\/(gitlab|github)\.com\/(.+?)(?:\.git)?\/*$/.exec(url) ?? [];
  return host === 'gitlab' || host === 'github' ? { forge: host, project } : null;
}

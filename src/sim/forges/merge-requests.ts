import { commitAt, mergeOf } from './git-history.ts';
import type { Pushed, Repositories } from './repositories.ts';

/** Merge requests that are opened on the pretend GitLab, by its API or by a push. */

export interface Note {
  id: number;
  body: string;
  atMs: number;
}

export interface MergeRequest {
  project: string;
  iid: number;
  title: string;
  description: string;
  source: string;
  target: string;
  state: 'opened' | 'merged' | 'closed';
  createdMs: number;
  updatedMs: number;
  mergedMs: number | null;
  /** The commit that merged it. */
  mergeCommit: string | null;
  /** Its newest commit, as it was when it was closed or merged. */
  head: string;
  notes: Note[];
}

export type Wanted = Pick<MergeRequest, 'project' | 'title' | 'description' | 'source' | 'target'>;

export interface MergeRequests {
  /** Of a project, the newest first. */
  of: (project: string) => MergeRequest[];
  get: (project: string, iid: number) => MergeRequest | null;
  /** A sentence as GitLab says it where it cannot be opened. */
  open: (wanted: Wanted, nowMs: number) => Promise<MergeRequest | string>;
  /** Throws nothing: what cannot be merged gives null. */
  merge: (request: MergeRequest, nowMs: number) => Promise<MergeRequest | null>;
  note: (request: MergeRequest, body: string, nowMs: number) => Note;
  /** What a push brings about: lines for git, and the merge requests that it opened or changed. */
  pushed: (push: Pushed) => Promise<{ lines: string[]; changed: MergeRequest[] }>;
}

const WEB = 'https://gitlab.com';
const AUTHOR = { name: 'sample', email: 'sample@example.org' };

export const addressOf = ({ project, iid }: Pick<MergeRequest, 'project' | 'iid'>): string =>
  `${WEB}/${project}/-/merge_requests/${iid}`;

/** `highest` is the number of the last one that the world knows. */
export function mergeRequestsOf(repositories: Repositories, highest: (project: string) => number): MergeRequests {
  const all: MergeRequest[] = [];
  let notes = 0;
  const of = (project: string) => all.filter((one) => one.project === project).toReversed();
  const openOn = (project: string, source: string) =>
    all.find((one) => one.project === project && one.source === source && one.state === 'opened');

  async function open(wanted: Wanted, nowMs: number): Promise<MergeRequest | string> {
    const { project, source, target } = wanted;
    const repository = await repositories.get('gitlab', project, nowMs);
    const head = repository?.branches[source];
    if (head === undefined) return `Source branch "${source}" does not exist`;
    if (repository?.branches[target] === undefined) return `Target branch "${target}" does not exist`;
    if (source === target) return "You can't use same project/branch for source and target";
    const other = openOn(project, source);
    if (other) return `Another open merge request already exists for this source branch: !${other.iid}`;
    const made: MergeRequest = {
      ...{ ...wanted, iid: highest(project) + of(project).length + 1, state: 'opened', head, notes: [] },
      ...{ createdMs: nowMs, updatedMs: nowMs, mergedMs: null, mergeCommit: null },
    };
    all.push(made);
    return made;
  }

  return {
    of,
    open,
    get: (project, iid) => all.find((one) => one.project === project && one.iid === iid) ?? null,
    note: (request, body, nowMs) => {
      const note = { id: ++notes, body, atMs: nowMs };
      request.notes.push(note);
      request.updatedMs = nowMs;
      return note;
    },
    async merge(request, nowMs) {
      const { project, source, target, title, iid } = request;
      const repository = await repositories.get('gitlab', project, nowMs);
      if (!repository || request.state !== 'opened') return null;
      const author = { ...AUTHOR, atS: Math.floor(nowMs / 1_000) };
      const message = `Merge branch '${source}' into '${target}'\n\n${title}\n\nSee merge request ${project}!${iid}\n`;
      const push = await mergeOf(repository, { source, target, author, message });
      if (!push) return null;
      Object.assign(request, { state: 'merged', mergedMs: nowMs, updatedMs: nowMs, mergeCommit: push.commits[0]?.id });
      await repositories.push('gitlab', project, push, nowMs);
      return request;
    },
    async pushed(push) {
      const { forge, project, branch, after, options, atMs } = push;
      const repository = forge === 'gitlab' ? await repositories.get(forge, project, atMs) : null;
      if (!repository || after === null) return { lines: [], changed: [] };
      const known = openOn(project, branch);
      if (known) {
        Object.assign(known, { head: after, updatedMs: atMs });
        return { lines: shown(`View merge request for ${branch}:`, addressOf(known)), changed: [known] };
      }
      if (branch === repository.trunk) return { lines: [], changed: [] };
      const said = optionsOf(options);
      if (!said.has('create')) {
        const address = `${WEB}/${project}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${encodeURIComponent(branch)}`;
        return { lines: shown(`To create a merge request for ${branch}, visit:`, address), changed: [] };
      }
      const [title = branch] = commitAt(repository, after)?.message.split('\n') ?? [];
      const made = await open(
        {
          ...{ project, source: branch, target: said.get('target') ?? repository.trunk },
          ...{ title: said.get('title') ?? title, description: said.get('description') ?? '' },
        },
        atMs,
      );
      if (typeof made === 'string') return { lines: shown('WARNINGS:', made), changed: [] };
      return { lines: shown(`View merge request for ${branch}:`, addressOf(made)), changed: [made] };
    },
  };
}

/** As GitLab writes after a push, between empty lines. */
const shown = (head: string, below: string): string[] => ['', head, `  ${below}`, ''];

/** Push options of merge requests: `merge_request.target=main` as target and main. */
function optionsOf(options: readonly string[]): Map<string, string> {
  return new Map(
    options.flatMap((option) => {
      const [, name, value = ''] = /^merge_request\.([a-z_]+)(?:=(.*))?$/s.exec(option) ?? [];
      return name === undefined ? [] : [[name, value] as const];
    }),
  );
}

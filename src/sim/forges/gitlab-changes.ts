import { instant } from '#sim/clock.ts';
import { fieldsOf, textOf } from '#sim/kube/value.ts';
import type { Told } from '#sim/pac/start.ts';
import type { Place } from '#sim/place.ts';
import { reply } from '#sim/reply.ts';
import type { World } from '#world/model.ts';
import { page, tagged } from './forge.ts';
import { addressOf, type MergeRequest, type MergeRequests, type Note } from './merge-requests.ts';
import type { Repositories } from './repositories.ts';

/** Merge requests, comments, branches and statuses of commits in GitLab's REST API, as far as somebody has made them here. */

export interface Changes {
  requests: MergeRequests;
  repositories: Repositories;
  /** What builds tell of a commit. */
  told: (commit: string, nowMs: number) => Promise<Told[]>;
  /** A merge request was opened. */
  opened: (request: MergeRequest, nowMs: number) => Promise<void>;
  commented: (request: MergeRequest, note: string, nowMs: number) => Promise<void>;
}

export interface Asked {
  request: Request;
  place: Place;
  project: string;
  /** The address below the project. */
  rest: string;
  nowMs: number;
  /** Whether the client has shown the token. */
  isKnown: boolean;
}

const CHECK = 'Konflux kflux-fedora-01';
const CONSOLE = 'https://konflux-ui.apps.kflux-fedora-01.84db.p1.openshiftapps.com';
const ME = { id: 1, username: 'sample', name: 'sample', state: 'active' };

/** Null for a request that is not about these. */
export function gitlabChanges(changes: Changes): (asked: Asked) => Promise<Response | null> {
  const { requests, repositories, told } = changes;

  return async (asked) => {
    const { request, project, rest, place, nowMs, isKnown } = asked;
    if (!repositories.has('gitlab', project)) return null;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead && !isKnown) return reply({ message: '401 Unauthorized' }, 401);
    const [, commit] = /^repository\/commits\/([^/]+)\/statuses$/.exec(rest) ?? [];
    if (commit && isRead) return page(await statuses(project, commit, nowMs), place, request);
    const [, branch] = /^repository\/branches(?:\/([^/]+))?$/.exec(rest) ?? [];
    if (rest.startsWith('repository/branches') && isRead) return branches(asked, branch);
    if (rest === 'merge_requests' && request.method === 'POST') return open(asked);
    const [, number, below = ''] = /^merge_requests\/(\d+)(?:\/([a-z]+))?$/.exec(rest) ?? [];
    const one = number ? requests.get(project, Number(number)) : null;
    return one ? ofOne(asked, one, below) : null;
  };

  async function ofOne(asked: Asked, one: MergeRequest, below: string): Promise<Response | null> {
    const { request, place, nowMs } = asked;
    const { method } = request;
    if (below === '' && method === 'GET') return tagged(await wireOf(one, nowMs), request);
    if (below === '' && method === 'PUT') return change(asked, one);
    if (below === 'merge' && method === 'PUT') return merge(asked, one);
    if (below === 'notes' && method === 'GET')
      return page(one.notes.map((note) => noteOf(note, one)).toReversed(), place, request);
    if (below === 'notes' && method === 'POST') {
      const body = await bodyOf(asked);
      const text = body['body'] ?? '';
      if (text === '') return reply({ error: 'body is missing' }, 400);
      const note = requests.note(one, text, nowMs);
      if (one.state === 'opened') await changes.commented(one, text, nowMs);
      return reply(noteOf(note, one), 201);
    }
    return null;
  }

  async function open(asked: Asked): Promise<Response> {
    const { project, nowMs } = asked;
    const body = await bodyOf(asked);
    const lacking = ['title', 'source_branch', 'target_branch'].filter((name) => !body[name]);
    if (lacking.length > 0) return reply({ error: lacking.map((name) => `${name} is missing`).join(', ') }, 400);
    const { title = '', source_branch: source = '', target_branch: target = '', description = '' } = body;
    const made = await requests.open({ project, title, source, target, description }, nowMs);
    if (typeof made === 'string') return reply({ message: [made] }, /already exists/.test(made) ? 409 : 422);
    await changes.opened(made, nowMs);
    return reply(await wireOf(made, nowMs), 201);
  }

  async function change(asked: Asked, one: MergeRequest): Promise<Response> {
    const { title, description, state_event: event } = await bodyOf(asked);
    if (event === 'close' && one.state === 'opened') one.state = 'closed';
    if (event === 'reopen' && one.state === 'closed') one.state = 'opened';
    Object.assign(one, {
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      updatedMs: asked.nowMs,
    });
    return reply(await wireOf(one, asked.nowMs));
  }

  async function merge({ nowMs }: Asked, one: MergeRequest): Promise<Response> {
    if (one.state !== 'opened') return reply({ message: '405 Method Not Allowed' }, 405);
    const merged = await requests.merge(one, nowMs);
    return merged ? reply(await wireOf(merged, nowMs)) : reply({ message: 'Branch cannot be merged' }, 422);
  }

  async function branches({ request, place, project, nowMs }: Asked, name: string | undefined): Promise<Response> {
    const repository = await repositories.get('gitlab', project, nowMs);
    const rows = Object.entries(repository?.branches ?? {}).map(([one, id]) => ({
      ...{ name: one, merged: false, protected: one === repository?.trunk, default: one === repository?.trunk },
      ...{ commit: { id, short_id: id.slice(0, 8) }, web_url: `https://gitlab.com/${project}/-/tree/${one}` },
    }));
    if (name === undefined) return page(rows, place, request);
    const found = rows.find((row) => row.name === decodeURIComponent(name));
    return found ? tagged(found, request) : reply({ message: '404 Branch Not Found' }, 404);
  }

  async function statuses(project: string, name: string, nowMs: number) {
    const repository = await repositories.get('gitlab', project, nowMs);
    const sha = repository?.branches[decodeURIComponent(name)] ?? name;
    return (await told(sha, nowMs)).map(({ name: of, state, description, run, atMs }, index) => ({
      ...{ id: index + 1, sha, status: state, name: `${CHECK} / ${of}`, description, author: ME },
      ...{ target_url: run && `${CONSOLE}/ns/${run.namespace}/pipelinerun/${run.name}`, created_at: instant(atMs) },
    }));
  }

  /** All states of its newest commit together, as GitLab shows them as one pipeline. */
  async function pipelineOf({ head, iid }: MergeRequest, nowMs: number) {
    const states = new Set((await told(head, nowMs)).map(({ state }) => state));
    const order = ['running', 'pending', 'failed', 'canceled', 'success'] as const;
    const status = order.find((one) => states.has(one));
    return status === undefined ? null : { id: iid, sha: head, status, source: 'external' };
  }

  async function wireOf(one: MergeRequest, nowMs: number) {
    return { ...shownOf(one), head_pipeline: await pipelineOf(one, nowMs) };
  }
}

/** A merge request as a list shows it. */
export function shownOf(one: MergeRequest) {
  const { iid, title, description, state, source, target, head, notes, mergeCommit } = one;
  const closed = state === 'closed' ? instant(one.updatedMs) : null;
  return {
    ...{ id: iid, iid, title, description, state, source_branch: source, target_branch: target, sha: head },
    ...{ author: ME, assignees: [], labels: [], draft: /^draft:/i.test(title), user_notes_count: notes.length },
    ...{ created_at: instant(one.createdMs), updated_at: instant(one.updatedMs), closed_at: closed },
    ...{ merged_at: one.mergedMs === null ? null : instant(one.mergedMs), merge_commit_sha: mergeCommit },
    web_url: addressOf(one),
  };
}

const noteOf = ({ id, body, atMs }: Note, { iid }: MergeRequest) => ({
  ...{ id, body, author: ME, system: false, noteable_type: 'MergeRequest', noteable_iid: iid },
  ...{ created_at: instant(atMs), updated_at: instant(atMs) },
});

/** Fields of JSON, of a form, and of the address. */
async function bodyOf({ request, place }: Pick<Asked, 'request' | 'place'>): Promise<Record<string, string>> {
  const type = request.headers.get('content-type') ?? '';
  const text = await request.text();
  const own = /json/.test(type) ? fieldsOf(parsed(text)) : Object.fromEntries(new URLSearchParams(text));
  const given = Object.entries(own).map(([name, value]) => [name, textOf(value)] as const);
  return { ...Object.fromEntries(place.query), ...Object.fromEntries(given) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The highest number of a merge request that a world names. */
export function highestOf({ forges, cluster }: World, project: string): number {
  const changes = forges?.gitlab[project]?.changes.map(({ number }) => number) ?? [];
  const runs = cluster?.components.flatMap((one) => one.runs.flatMap(({ change }) => change ?? [])) ?? [];
  return Math.max(0, ...changes, ...runs);
}

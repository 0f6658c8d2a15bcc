import { clusterOf } from '#sim/cluster/kubernetes.ts';
import { bodhi } from '#sim/fedora/bodhi.ts';
import { compose } from '#sim/fedora/compose.ts';
import { endoflife } from '#sim/fedora/endoflife.ts';
import { filesOf } from '#sim/forges/files.ts';
import { gitWire } from '#sim/forges/git-wire.ts';
import { github } from '#sim/forges/github.ts';
import { gitlab } from '#sim/forges/gitlab.ts';
import { gitlabChanges, highestOf } from '#sim/forges/gitlab-changes.ts';
import { mergeRequestsOf } from '#sim/forges/merge-requests.ts';
import { repositoriesOf } from '#sim/forges/repositories.ts';
import { digestAt } from '#sim/forges/test-report.ts';
import type { Kind } from '#sim/kube/kind.ts';
import { oci } from '#sim/registry/oci.ts';
import { quay } from '#sim/registry/quay.ts';
import { registry } from '#sim/registry/registry.ts';
import type { World } from '#world/model.ts';
import { faults, type Source } from './faults.ts';
import { limiter } from './limits.ts';
import {
  BODHI,
  COMPOSE,
  ENDOFLIFE,
  GITHUB,
  GITLAB,
  KONFLUX,
  KUBEARCHIVE,
  locate,
  type Place,
  STREAMS,
} from './place.ts';
import { headOf, reply, unknown } from './reply.ts';
import { settle } from './world.ts';

/** The pretend services of a world behind one function; runs in a browser, in a test and behind a socket. */

export interface Options {
  /** The world's clock in milliseconds since the epoch; the world's own `now` when left out. */
  now?: () => number;
  /** Whether Quay's rate limits are kept. */
  limits?: boolean;
  /** Definitions of the cluster's kinds in the place of our own, as kindOf makes them of real ones. */
  kinds?: readonly Kind[];
}

/** `connection` tells HTTP/2 connections apart for the rate limits: `h1`, or `h2-7`. */
export type Handler = (request: Request, connection?: string) => Promise<Response>;

/** Answers requests as the services of this world would; throws when the world contradicts itself. */
export function simulate(world: World, options: Options = {}): Handler {
  const settled = settle(world);
  const store = registry();
  const limit = options.limits ? limiter() : () => null;
  const fault = faults(world);
  const now = options.now ?? (() => settled.nowMs);
  const repositories = repositoriesOf(settled.files, store.textOf);
  const {
    settle: settleCluster,
    pac,
    ...cluster
  } = clusterOf(world, settled, store, repositories, {
    ...{ kinds: options.kinds ?? [], now },
  });
  const requests = mergeRequestsOf(repositories, (project) => highestOf(world, project));
  repositories.onPush(async (push) => {
    const { lines, changed } = await requests.pushed(push);
    await pac?.pushed(push);
    for (const request of changed) await pac?.changed(request, push.atMs);
    return lines;
  });
  const services = {
    quay: quay(world, settled, store),
    oci: oci(settled, store, world.quay.forgetful),
    bodhi: bodhi(world),
    endoflife: endoflife(world),
    ...cluster,
    github: github(world, filesOf(repositories, 'github')),
    gitlab: gitlab(world, digestAt(settled, store), filesOf(repositories, 'gitlab'), {
      requests,
      answer: gitlabChanges({
        ...{ requests, repositories, told: async (commit, nowMs) => (await pac?.told(commit, nowMs)) ?? [] },
        opened: async (request, nowMs) => pac?.changed(request, nowMs),
        commented: async (request, note, nowMs) => pac?.commented(request, note, nowMs),
      }),
    }),
    compose: compose(world),
  };

  return async (request, connection = 'h1') => {
    const byGit = await gitWire(request, repositories, now);
    if (byGit) return byGit;
    const place = locate(request.url, settled.hosts);
    if (!place) return unknown(request);
    const source = sourceOf(place);
    if (!['GET', 'HEAD'].includes(request.method) && !WRITABLE.has(source)) return unknown(request);
    const nowMs = now();
    // What a build or a release has brought to the registries is there for whoever asks next.
    if (source !== 'konflux') await settleCluster(nowMs);
    const serve = async (asked: Request, at: Place) => {
      try {
        return await services[source](asked, at, nowMs);
      } catch (error) {
        // An address such as /branches/%zz.
        if (error instanceof URIError) return reply({ message: '400 Bad Request' }, 400);
        throw error;
      }
    };
    const answer = limit(place, connection) ?? (await fault(request, place, source, nowMs, serve));
    return request.method === 'HEAD' ? headOf(answer) : answer;
  };
}

/** Services that take more than questions. */
const WRITABLE: ReadonlySet<Source> = new Set(['quay', 'oci', 'konflux', 'gitlab']);

const BY_HOST: Readonly<Record<string, Source>> = {
  [BODHI]: 'bodhi',
  [ENDOFLIFE]: 'endoflife',
  [KONFLUX]: 'konflux',
  [KUBEARCHIVE]: 'kubearchive',
  [GITHUB]: 'github',
  [GITLAB]: 'gitlab',
  [COMPOSE]: 'compose',
  [STREAMS]: 'compose',
};

function sourceOf({ host, path }: Place): Source {
  const named = BY_HOST[host];
  if (named) return named;
  return host === 'quay.io' && path.startsWith('/api/') ? 'quay' : 'oci';
}

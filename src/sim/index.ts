import { clusterOf } from '#sim/cluster/kubernetes.ts';
import { bodhi } from '#sim/fedora/bodhi.ts';
import { compose } from '#sim/fedora/compose.ts';
import { endoflife } from '#sim/fedora/endoflife.ts';
import { filesOf } from '#sim/forges/files.ts';
import { gitWire } from '#sim/forges/git-wire.ts';
import { github } from '#sim/forges/github.ts';
import { gitlab } from '#sim/forges/gitlab.ts';
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
import { headOf, unknown } from './reply.ts';
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
  const cluster = clusterOf(world, settled, store, { kinds: options.kinds ?? [], now });
  const repositories = repositoriesOf(settled.files, store.textOf);
  const services = {
    quay: quay(world, settled, store),
    oci: oci(settled, store, world.quay.forgetful),
    bodhi: bodhi(world),
    endoflife: endoflife(world),
    ...cluster,
    github: github(world, filesOf(repositories, 'github')),
    gitlab: gitlab(world, digestAt(settled, store), filesOf(repositories, 'gitlab')),
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
    const serve = async (asked: Request, at: Place) => services[source](asked, at, nowMs);
    const answer = limit(place, connection) ?? (await fault(request, place, source, nowMs, serve));
    return request.method === 'HEAD' ? headOf(answer) : answer;
  };
}

/** Services that take more than questions. */
const WRITABLE: ReadonlySet<Source> = new Set(['quay', 'oci', 'konflux']);

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

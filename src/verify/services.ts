import type { Handler } from '#host/serve.ts';
import { simulate } from '#sim/index.ts';
import type { Kind } from '#sim/kube/kind.ts';
import { STORAGE } from '#sim/place.ts';
import type { World } from '#world/model.ts';
import { gitServer } from './git-server.ts';
import type { Asked } from './proxy.ts';

/** The pretend services of one test: git's own server for repositories, the simulator for all else. */

export interface Services {
  handler: Handler;
  /** Which kind of server answered a request. */
  serverOf: (asked: Asked) => 'loopback' | 'simulator';
  close: () => void;
}

interface Pretended {
  now: () => number;
  kinds: readonly Kind[];
}

/** Fresh services of a world; repositories lie in `folder` while they are needed. */
export function servicesOf(world: World, { now, kinds }: Pretended, folder: string): Services {
  const simulator = simulate(world, { now, kinds });
  const git = gitServer(simulator, folder);
  const byGit = new Set<string>();
  return {
    handler: (request, connection) => {
      const answer = git.answer(request);
      if (!answer) return simulator(request, connection);
      byGit.add(request.url);
      return answer;
    },
    serverOf: ({ url }) => (byGit.has(url) ? 'loopback' : 'simulator'),
    close: git.close,
  };
}

/** Whether a runbook that names these hosts may ask this one: what quay.io sends its readers to belongs to quay.io. */
export function declares(hosts: readonly string[], host: string): boolean {
  return hosts.includes(host) || (host === STORAGE && hosts.includes('quay.io'));
}

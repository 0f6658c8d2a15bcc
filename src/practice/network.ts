import type { Handler } from '#sim/index.ts';
import { BODHI, COMPOSE, ENDOFLIFE, GITHUB, GITLAB, KONFLUX, KUBEARCHIVE, STORAGE, STREAMS } from '#sim/place.ts';
import type { World } from '#world/model.ts';

/** The network of the practice shell: hosts of the world, and no way out. */

const HOPS = 5;
const SERVICES = [BODHI, COMPOSE, ENDOFLIFE, GITHUB, GITLAB, KONFLUX, KUBEARCHIVE, STORAGE, STREAMS];
const OTHERS = ['quay.io', 'github.com', 'raw.githubusercontent.com'];

/** A name that the practice world does not have: for its clients there is no such host. */
export class UnknownHost extends Error {
  override name = 'UnknownHost' as const;
  readonly host: string;
  constructor(host: string) {
    super(`there is no ${host} in the practice world, and no way out of it.`);
    this.host = host;
  }
}

/** As fetch, with redirects unless the request says that they are its own. Rejects with an UnknownHost. */
export function networkOf(world: World, handler: Handler): typeof fetch {
  const registries = world.repositories.map(({ registry }) => registry);
  const hosts: ReadonlySet<string> = new Set([...SERVICES, ...OTHERS, ...registries]);
  return async (input, init) => {
    let request = new Request(input, init);
    for (let hop = 0; ; hop++) {
      request.signal.throwIfAborted();
      const { hostname } = new URL(request.url);
      if (!hosts.has(hostname)) throw new UnknownHost(hostname);
      const answer = await handler(request);
      const location = answer.headers.get('location');
      const isFollowed = answer.status >= 300 && answer.status < 400 && location !== null;
      if (!isFollowed || request.redirect === 'manual') return answer;
      if (hop === HOPS) throw new TypeError('redirect count exceeded');
      request = redirected(request, new URL(location, request.url));
    }
  };
}

/** What was told to one host is not told to another. */
function redirected({ url, method, headers, signal }: Request, to: URL): Request {
  const kept = new Headers(headers);
  if (to.host !== new URL(url).host) kept.delete('authorization');
  return new Request(to, { method: method === 'HEAD' ? 'HEAD' : 'GET', headers: kept, signal });
}

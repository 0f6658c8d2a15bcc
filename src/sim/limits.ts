import type { Place } from './place.ts';
import { text } from './reply.ts';

/** Quay's rate limits: nginx's leaky buckets, per client on HTTP/1.1 and per connection on HTTP/2. */
// assumes: oci.http2

interface Bucket {
  matches: RegExp;
  /** Requests a second, and how many may come at once. */
  h1: readonly [rate: number, burst: number];
  h2: readonly [rate: number, burst: number];
}

// A repository with a further slash in its name matches none of the narrow ones and falls to the last.
const BUCKETS: readonly Bucket[] = [
  { matches: /^\/api\//, h1: [5, 25], h2: [50, 100] },
  { matches: /^\/v2\/[^/]+\/[^/]+\/tags\//, h1: [5, 2], h2: [50, 2] },
  { matches: /^\/v2\/[^/]+\/[^/]+\/manifests\//, h1: [50, 10], h2: [500, 50] },
  { matches: /^\/v2\/.+\/blobs\//, h1: [50, 50], h2: [500, 100] },
  { matches: /^\/v2\/_catalog/, h1: [5, 1], h2: [50, 5] },
  { matches: /^\/v2\/(?!auth)/, h1: [60, 20], h2: [600, 80] },
];

/** nginx's answer: HTML, and no hint when to come back. */
export function tooMany(): Response {
  const page =
    '<html>\r\n<head><title>429 Too Many Requests</title></head>\r\n<body>429 Too Many Requests</body>\r\n</html>\r\n';
  return text(page, 429, 'text/html');
}

/** Counts requests and answers those that come too fast; a connection is `h1`, which all share, or `h2-7`. */
export function limiter(
  clock: () => number = () => performance.now(),
): (place: Place, connection: string) => Response | null {
  const levels = new Map<string, { excess: number; at: number }>();
  return (place, connection) => {
    const index = place.host === 'quay.io' ? BUCKETS.findIndex(({ matches }) => matches.test(place.path)) : -1;
    const bucket = BUCKETS[index];
    if (!bucket) return null;
    const [rate, burst] = connection.startsWith('h2') ? bucket.h2 : bucket.h1;
    const key = `${index} ${connection}`;
    const at = clock();
    const level = levels.get(key);
    const excess = level ? Math.max(0, level.excess - ((at - level.at) / 1_000) * rate) + 1 : 0;
    if (excess > burst) return tooMany();
    levels.set(key, { excess, at });
    return null;
  };
}

import type { OutsideLinks } from '#editing/outside-links.ts';
import type { Clock } from './pace.ts';

/** Looks at links to other sites: politely, and with the benefit of the doubt. */

export interface Allowed {
  /** How the address begins. */
  url: string;
  why: string;
}

interface Means {
  /** Follows no redirect. */
  fetch: (request: Request) => Promise<Response>;
  clock: Clock;
  /** How long one answer may take, in milliseconds. */
  patienceMs?: number;
}

type Verdict = { status: number | null; why: string } | null;

const BETWEEN_MS = 1_000;
const PATIENCE_MS = 15_000;
const HOSTS_AT_ONCE = 8;
const HOPS = 5;
/** Answers that say something of us, or of this moment, and nothing of the page. */
const IN_DOUBT = new Set([401, 403, 408, 425, 429, 451, 503, 999]);

/** Asks for each address, by its pages; hosts side by side, of one host an address a second. */
export async function lookOutside(
  links: ReadonlyMap<string, readonly string[]>,
  allowed: readonly Allowed[],
  means: Means,
): Promise<OutsideLinks> {
  const asked = [...links.keys()].filter((url) => !allowed.some((one) => url.startsWith(one.url))).sort();
  const hosts = [...Map.groupBy(asked, (url) => new URL(url).host).values()];
  const broken: OutsideLinks['broken'] = [];
  const worker = async () => {
    for (let urls = hosts.shift(); urls; urls = hosts.shift())
      for (const url of urls) {
        const verdict = await look(url, means);
        if (verdict) broken.push({ url, ...verdict, pages: (links.get(url) ?? []).map((page) => `/${page}`) });
      }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, worker));
  const at = new Date(means.clock.now()).toISOString();
  return { schema: 1, at, asked: asked.length, broken: broken.sort((a, b) => a.url.localeCompare(b.url)) };
}

/** What is wrong with an address; null where nothing is, or where it cannot be told. */
async function look(url: string, means: Means): Promise<Verdict> {
  const short = await ask(url, 'HEAD', means);
  // Some answer HEAD as if nothing were there: only GET is held against a page.
  return short === null ? null : ask(url, 'GET', means);
}

async function ask(url: string, method: 'HEAD' | 'GET', means: Means): Promise<Verdict> {
  let at = url;
  for (let hop = 0; hop <= HOPS; hop++) {
    const answer = await once(at, method, means);
    if (typeof answer === 'string') return { status: null, why: answer };
    const { status, location } = answer;
    if (status < 300 || IN_DOUBT.has(status)) return null;
    if (status >= 400 || location === null) return { status, why: `It answers ${status}.` };
    if (!URL.canParse(location, at))
      return { status, why: `It leads on to "${location.slice(0, 100)}", which is no address.` };
    at = new URL(location, at).href;
    if (!/^https?:/.test(at)) return { status, why: 'It leads on to what is no page.' };
  }
  return { status: 310, why: `It leads on more than ${HOPS} times.` };
}

async function once(
  url: string,
  method: string,
  { fetch, clock, patienceMs = PATIENCE_MS }: Means,
): Promise<{ status: number; location: string | null } | string> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), patienceMs);
  try {
    const headers = {
      accept: 'text/html,*/*;q=0.8',
      'user-agent': 'slipway-links (looks once a day whether links hold)',
    };
    const answer = await fetch(new Request(url, { method, headers, signal: over.signal, redirect: 'manual' }));
    await answer.body?.cancel();
    return { status: answer.status, location: answer.headers.get('location') };
  } catch (error) {
    return over.signal.aborted ? `Nobody answered within ${patienceMs / 1_000} seconds.` : reasonOf(error);
  } finally {
    clearTimeout(timer);
    await clock.sleep(BETWEEN_MS);
  }
}

/** The innermost cause says most: a certificate, a name that is not there. */
function reasonOf(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  const words = deepest instanceof Error ? deepest.message || deepest.name : String(deepest);
  return `Nobody answered: ${words}.`.replace(/\.\.$/, '.').slice(0, 300);
}

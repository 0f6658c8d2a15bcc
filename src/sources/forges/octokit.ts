import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { Http } from '#sources/http.ts';
import { parseJson } from '#sources/read.ts';

/** Octokit over our own HTTP client: there is no second way out. */

const MAX_BYTES = 8 << 20;
// What waiting does not cure; how long a limit of requests lasts is looked at by the throttling.
const FINAL = [400, 401, 403, 404, 410, 422, 429, 451];
const RETRIES = 2;
const PATIENCE_S = 10;
const Some = z.union([z.array(z.unknown()), z.looseObject({})]);
const silent = (): void => undefined;

/** Octokit for the API at this address, loaded now: it costs 20 ms, which only those who ask it need to pay. */
export async function openOctokit(http: Http, api: string, token?: string, retryMs = 1_000): Promise<Octokit> {
  const [{ Octokit: Plain }, { throttling }, { retry }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-throttling'),
    import('@octokit/plugin-retry'),
  ]);
  const Client = Plain.plugin(honest, throttling, retry);
  return new Client({
    baseUrl: api,
    request: { fetch: fetchOver(http, api, token) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { retries: RETRIES, retryAfterBaseValue: retryMs, doNotRetry: FINAL },
    throttle: {
      retryAfterBaseValue: retryMs,
      // The limit of an hour is not waited for: the next refresh asks what is left.
      onRateLimit: () => false,
      onSecondaryRateLimit: (seconds: number, _options: unknown, _octokit: unknown, count: number) =>
        seconds <= PATIENCE_S && count === 0,
    },
  });
}

/** Hands our own errors through as they are: Octokit takes them for an answer of 500, and would ask again. */
function honest(octokit: Pick<Octokit, 'hook'>): void {
  octokit.hook.error('request', (error) => {
    throw error.cause instanceof SourceError ? error.cause : error;
  });
}

/** A fetch that is `http.ask`; the token goes to the origin of the API and nowhere else. */
function fetchOver(http: Http, api: string, token: string | undefined) {
  const { origin } = new URL(api);
  return async (address: string, init: { headers: Readonly<Record<string, string>> }): Promise<Response> => {
    if (new URL(address).origin !== origin)
      throw new SourceError('github', 'redirect', `its list goes on at ${new URL(address).origin}`);
    const etag = init.headers['if-none-match'];
    const { status, headers, bytes } = await http.ask(address, {
      source: 'github',
      pace: 'free',
      maxBytes: MAX_BYTES,
      accept: init.headers['accept'] ?? 'application/json',
      headers: etag ? { 'if-none-match': etag } : {},
      authorization: token ? `Bearer ${token}` : undefined,
      isSingle: true,
    });
    // Octokit takes what is no JSON for a text, and trips over it when it looks for the next page.
    if (status === 200) parseJson(bytes, 'github', Some, address);
    return new Response(status === 204 || status === 304 ? null : bytes, { status, headers });
  };
}

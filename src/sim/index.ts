import type { World } from '#world/model.ts';

/** The pretend services of a world behind one function; runs in a browser, in a test and behind a socket. */

export interface Options {
  /** The world's clock in milliseconds since the epoch; the world's own `now` when left out. */
  now?: () => number;
  /** Whether Quay's rate limits are kept. */
  limits?: boolean;
}

export type Handler = (request: Request) => Promise<Response>;

/** Answers requests as the services of this world would. */
export function simulate(_world: World, _options: Options = {}): Handler {
  return async () => new Response('{"error":"not simulated"}', { status: 501 });
}

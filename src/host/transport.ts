import { Agent, buildConnector, fetch } from 'undici';
import { lookupPublic, privateHost } from './private.ts';

/** The real network: undici, HTTP/2 preferred. */
export interface Transport {
  fetch(request: Request): Promise<Response>;
  /** Whether an origin speaks HTTP/2; known once it was reached. */
  isMultiplexed(origin: string): boolean;
  close(): Promise<void>;
}

const CONNECT_MS = 4_000;
const CONNECTIONS = 16;

interface Options {
  /** False is for tests with a certificate of their own. */
  rejectUnauthorized?: boolean;
  /** Asks no private address, wherever a name or a redirect leads. */
  publicOnly?: boolean;
}

/** A transport with its own connections. */
export function transport({ publicOnly = false, ...options }: Options = {}): Transport {
  const multiplexed = new Set<string>();
  const connect = buildConnector({
    ...options,
    ...(publicOnly ? { lookup: lookupPublic } : {}),
    allowH2: true,
    preferH2: true,
    timeout: CONNECT_MS,
  });
  const agent = new Agent({
    connections: CONNECTIONS,
    allowH2: true,
    connect(target, callback) {
      // An address needs no look-up.
      const refused = publicOnly ? privateHost(target.hostname) : null;
      if (refused) return void callback(refused, null);
      connect(target, (...result) => {
        const [, socket] = result;
        if (socket && 'alpnProtocol' in socket && socket.alpnProtocol === 'h2')
          multiplexed.add(new URL(`${target.protocol}//${target.host ?? target.hostname}`).origin);
        callback(...result);
      });
    },
  });
  return {
    async fetch({ url, method, headers, signal }) {
      // undici's Request is not the global one, so its parts are handed over.
      const answer = await fetch(url, { method, headers: [...headers], signal, redirect: 'manual', dispatcher: agent });
      return answer as Response & typeof answer;
    },
    isMultiplexed: (origin) => multiplexed.has(origin),
    close: () => agent.destroy(),
  };
}

import { asSourceError, type SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import type { Cluster, Listing } from './client.ts';
import type { Listed } from './objects.ts';
import { distinct, type Kind } from './objects.ts';

/** Questions to the cluster and its archive: one that fails becomes a problem and null, and is not asked again in vain. */

export interface Asker {
  live: Cluster | null;
  archive: Cluster | null;
  /** One of them is there and is not asked in this refresh. */
  isPart: boolean;
  /** The answer; null where there is none. `target`: the image that lacks it then. */
  ask<T>(
    client: Cluster | null,
    place: Place,
    target: string | null,
    question: (client: Cluster) => Promise<T>,
  ): Promise<T | null>;
  /** A list; what of it could not be read becomes a problem, and the rest is the answer. */
  list<T>(
    client: Cluster | null,
    place: Place,
    target: string | null,
    question: (client: Cluster) => Promise<Listing<T>>,
  ): Promise<T[] | null>;
}

export interface Place {
  namespace: string;
  kind: Kind;
}

/** What closes a kind in a namespace for the rest of this refresh. */
const CLOSING = new Set<SourceError['kind']>(['token', 'forbidden', 'unreachable']);

/** Clients of the two sources, as far as they may be asked. */
export function asker({ clients, only, report }: Context): Asker {
  const closed = new Map<string, SourceError>();
  const open = (client: Cluster | null) => (client && only.has(client.source) ? client : null);
  const ask: Asker['ask'] = async (client, { namespace, kind }, target, question) => {
    if (!client) return null;
    const place = `${client.source} ${namespace} ${kind}`;
    const tell = (error: SourceError) => {
      // What is refused is one problem, not one of each image.
      const isRefusal = error.kind === 'token' || error.kind === 'forbidden';
      const detail = error.kind === 'forbidden' ? `${kind} of ${namespace} answered 403` : error.message;
      report.problem(client.source, isRefusal ? null : target, error.kind, detail);
      return null;
    };
    const known = closed.get(place);
    if (known) return tell(known);
    try {
      return await report.asked(client.source, question(client));
    } catch (error) {
      const failure = asSourceError(error);
      if (CLOSING.has(failure.kind)) closed.set(place, failure);
      return tell(failure);
    }
  };
  return {
    live: open(clients.konflux),
    archive: open(clients.kubearchive),
    isPart: [clients.konflux, clients.kubearchive].some((client) => client && !only.has(client.source)),
    ask,
    async list(client, place, target, question) {
      const listing = await ask(client, place, target, question);
      if (client && listing?.unread) report.problem(client.source, target, 'unreadable', listing.unread);
      return listing?.items ?? null;
    },
  };
}

/** What the cluster has of these, and where it has none, what the archive has; null where one that did not answer may have some. */
export async function newestOf<T extends Listed>(
  { live, archive, isPart, list }: Asker,
  place: Place,
  target: string,
  question: (client: Cluster) => Promise<Listing<T>>,
): Promise<T[] | null> {
  const now = await list(live, place, target, question);
  if (now && now.length > 0) return now;
  const then = await list(archive, place, target, question);
  const isWhole = !isPart && (live === null || now !== null) && (archive === null || then !== null);
  return then?.length || isWhole ? distinct([], then ?? [], ({ metadata }) => metadata.uid) : null;
}

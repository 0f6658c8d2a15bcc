import type { Cluster } from '#world/cluster.ts';
import { type Kind, resourceOf } from './kind.ts';
import { allows, TOKENS } from './roles.ts';
import { forbidden, unauthorized } from './status.ts';

/** Who asks, by the bearer token, and what he may do. */

export interface Caller {
  user: string;
  groups: readonly string[];
  may: (verb: string, resource: string, namespace: string | null) => boolean;
}

export interface Asked {
  namespace: string | null;
  name?: string;
  sub?: string;
}

const READS = new Set(['get', 'list', 'watch']);
const GROUPS = ['system:authenticated'];

/** The caller of an `Authorization` header; throws for a token that is not known. */
export function callers(cluster: Cluster, namespaces: ReadonlySet<string>): (authorization: string | null) => Caller {
  const { token } = cluster;
  const tokens: Readonly<Record<string, string>> = { ...TOKENS, ...cluster.tokens };
  return (authorization) => {
    const [, given = ''] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
    // The site's own account reads whatever the world has; events are for the cluster's admins alone.
    if (given === token) {
      const may: Caller['may'] = (verb, resource, namespace) =>
        READS.has(verb) && resource !== 'events' && (namespace === null || namespaces.has(namespace));
      return { user: 'sample', groups: GROUPS, may };
    }
    const role = Object.hasOwn(tokens, given) ? tokens[given] : undefined;
    if (role === undefined) throw unauthorized();
    return { user: given, groups: GROUPS, may: (verb, resource, namespace) => allows(role, verb, resource, namespace) };
  };
}

/** Throws unless the caller may do that. */
export function demand(
  { user, may }: Caller,
  verb: string,
  kind: Kind,
  { namespace, name = '', sub = '' }: Asked,
): void {
  const resource = sub === '' ? resourceOf(kind) : `${resourceOf(kind)}/${sub}`;
  if (!may(verb, resource, namespace)) throw forbidden(user, verb, kind, { namespace, name, sub });
}

import { reply } from '#sim/reply.ts';
import type { Kind } from './kind.ts';

/** What the server says of itself: groups, versions and resources, in the new form and the one before it. */

export const VERSION = {
  ...{ major: '1', minor: '32', gitVersion: 'v1.32.4+sample', gitCommit: 'sample', gitTreeState: 'clean' },
  ...{ buildDate: '2026-01-01T00:00:00Z', goVersion: 'go1.23.8', compiler: 'gc', platform: 'linux/amd64' },
};
const AGGREGATED = /g=apidiscovery\.k8s\.io;v=(v2(?:beta1)?);as=APIGroupDiscoveryList/;

/** The answer to a path of discovery; null for every other path. */
export function discovery(kinds: readonly Kind[], path: string, accept: string): Response | null {
  const [, version] = AGGREGATED.exec(accept) ?? [];
  const parts = path.split('/').filter(Boolean);
  const [root, first, second] = parts;
  if (path === '/version' || path === '/version/') return reply(VERSION);
  if (root === 'api' && parts.length <= 2) {
    const core = kinds.filter(({ group }) => group === '');
    if (first === 'v1') return reply(resourceList('v1', core));
    if (first !== undefined) return null;
    return version
      ? aggregated(version, core)
      : reply({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] });
  }
  if (root !== 'apis' || parts.length > 3) return null;
  const groups = groupsOf(kinds);
  if (first === undefined)
    return version
      ? aggregated(
          version,
          kinds.filter(({ group }) => group !== ''),
        )
      : reply({ kind: 'APIGroupList', apiVersion: 'v1', groups });
  const group = groups.find(({ name }) => name === first);
  if (!group) return null;
  if (second === undefined) return reply({ kind: 'APIGroup', apiVersion: 'v1', ...group });
  const own = kinds.filter((kind) => kind.group === first && kind.version === second);
  return own.length > 0 ? reply(resourceList(`${first}/${second}`, own)) : null;
}

function groupsOf(kinds: readonly Kind[]) {
  const named = kinds.filter(({ group }) => group !== '');
  return [...Map.groupBy(named, ({ group }) => group)].map(([name, own]) => {
    const versions = versionsOf(own).map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions, preferredVersion: versions[0] };
  });
}

/** The versions of kinds of one group, the preferred first: v1 before v1beta2 before v1alpha1. */
export function versionsOf(kinds: readonly Kind[]): string[] {
  return [...new Set(kinds.map(({ version }) => version))].sort((a, b) => rank(b) - rank(a));
}

function rank(version: string): number {
  const [, major = 0, stage, minor = 0] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  return (stage === undefined ? 2e6 : stage === 'beta' ? 1e6 : 0) + Number(major) * 1_000 + Number(minor);
}

function resourceList(groupVersion: string, kinds: readonly Kind[]) {
  const resources = kinds.flatMap((kind) => [
    entryOf(kind),
    ...subsOf(kind).map((sub) => ({ ...entryOf(kind), ...sub })),
  ]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

const entryOf = ({ plural, singular, isNamespaced, kind, verbs, shortNames }: Kind) => ({
  ...{ name: plural, singularName: singular, namespaced: isNamespaced, kind, verbs },
  ...(shortNames.length > 0 ? { shortNames } : {}),
});

/** Subresources that are served. */
function subsOf({ plural, hasStatus, group }: Kind) {
  const sub = (name: string, kind: Partial<{ kind: string }>, verbs: string[]) => ({
    ...{ name: `${plural}/${name}`, singularName: '', shortNames: undefined, verbs, ...kind },
  });
  return [
    ...(hasStatus ? [sub('status', {}, ['get', 'patch', 'update'])] : []),
    ...(group === '' && plural === 'pods' ? [sub('log', {}, ['get'])] : []),
    ...(group === '' && plural === 'serviceaccounts' ? [sub('token', { kind: 'TokenRequest' }, ['create'])] : []),
  ];
}

function aggregated(form: string, kinds: readonly Kind[]): Response {
  const items = [...Map.groupBy(kinds, ({ group }) => group)].map(([group, own]) => ({
    metadata: group === '' ? {} : { name: group },
    versions: versionsOf(own).map((version) => ({
      ...{ version, freshness: 'Current' },
      resources: own.filter((kind) => kind.version === version).map(resourceOfDiscovery),
    })),
  }));
  const body = { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${form}`, metadata: {}, items };
  const type = `application/json;g=apidiscovery.k8s.io;v=${form};as=APIGroupDiscoveryList`;
  return reply(body, 200, { 'content-type': type });
}

function resourceOfDiscovery(own: Kind) {
  const { group, version, kind, plural, singular, isNamespaced, verbs, shortNames } = own;
  return {
    ...{ resource: plural, responseKind: { group, version, kind } },
    ...{ scope: isNamespaced ? 'Namespaced' : 'Cluster', singularResource: singular, verbs, shortNames },
    subresources: subsOf(own).map(({ name, verbs: can, kind: made }) => ({
      ...{ subresource: name.split('/')[1], responseKind: { group, version, kind: made ?? kind }, verbs: can },
    })),
  };
}

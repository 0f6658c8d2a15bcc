import { type Cluster, cluster } from '#sources/cluster/client.ts';
import { type Kojipkgs, kojipkgs } from '#sources/composes/kojipkgs.ts';
import { type Streams, streams } from '#sources/composes/streams.ts';
import type { Forge } from '#sources/forges/forge.ts';
import { github } from '#sources/forges/github.ts';
import { type Gitlab, gitlab } from '#sources/forges/gitlab.ts';
import { type Oci, oci } from '#sources/registry/oci.ts';
import { type Quay, quay } from '#sources/registry/quay.ts';
import { bodhi } from '#sources/releases/bodhi.ts';
import { endoflife } from '#sources/releases/endoflife.ts';
import { type Scanner, scanner } from '#sources/security/scanner.ts';
import { type Updates, updates } from '#sources/security/updates.ts';
import type { BodhiRelease, EndoflifeCycle } from '#status/lifecycle.ts';
import type { SourceId } from '#status/model.ts';
import type { TargetsFile } from '#status/targets.ts';
import { type Content, verified } from './content.ts';
import { type Http, type HttpOptions, http } from './http.ts';

export interface Clients {
  http: Http;
  quay: Quay;
  /** One client a registry and source, so that each is counted on its own. */
  oci(registry: string, source?: SourceId): Oci;
  /** Quay's scanner. */
  scanner: Scanner;
  bodhi(): Promise<BodhiRelease[]>;
  /** Bodhi's security updates. */
  updates: Updates;
  endoflife(): Promise<EndoflifeCycle[]>;
  /** The cluster and its archive; null without a token or an address. */
  konflux: Cluster | null;
  kubearchive: Cluster | null;
  /** Fedora's composes; null where the targets file does not name the service. */
  composes: Kojipkgs | null;
  /** CoreOS's streams; null where the targets file does not name the service. */
  streams: Streams | null;
  forges: { github: Forge; gitlab: Gitlab };
}

export interface Surroundings extends HttpOptions {
  content: Content;
  services: TargetsFile['services'];
  /** Secrets by name: QUAY_TOKEN, KONFLUX_TOKEN, GITHUB_TOKEN, GITLAB_TOKEN; each goes to its own service only. */
  env: Readonly<Record<string, string | undefined>>;
}

const DEFAULTS = {
  quay: 'https://quay.io/api/v1',
  bodhi: 'https://bodhi.fedoraproject.org',
  endoflife: 'https://endoflife.date/api',
  github: 'https://api.github.com',
  gitlab: 'https://gitlab.com/api/v4',
  compose: 'https://kojipkgs.fedoraproject.org/compose',
  streams: 'https://builds.coreos.fedoraproject.org',
} as const;

/** One client a service, all over the same HTTP client. */
export function clients({ content, services, env, ...options }: Surroundings): Clients {
  const client = http(options);
  const address = (name: keyof typeof DEFAULTS) => services[name]?.api ?? DEFAULTS[name];
  const registries = new Map<string, Oci>();
  const kept = verified(content);
  const konflux = (source: 'konflux' | 'kubearchive', api: string | undefined): Cluster | null => {
    const token = env['KONFLUX_TOKEN'];
    return api && token ? cluster(client, source, api, token) : null;
  };
  return {
    http: client,
    quay: quay(client, address('quay'), { token: env['QUAY_TOKEN'], now: options.clock.now }),
    oci(registry, source = 'oci') {
      const key = `${source} ${registry}`;
      const found = registries.get(key) ?? oci(client, registry, kept, source);
      registries.set(key, found);
      return found;
    },
    scanner: scanner(client, address('quay'), { token: env['QUAY_TOKEN'] }),
    bodhi: () => bodhi(client, address('bodhi')),
    updates: updates(client, address('bodhi')),
    endoflife: () => endoflife(client, address('endoflife')),
    konflux: konflux('konflux', services['konflux']?.api),
    kubearchive: konflux('kubearchive', services['konflux']?.archive),
    composes: services['compose'] ? kojipkgs(client, address('compose')) : null,
    streams: services['streams'] ? streams(client, address('streams')) : null,
    forges: {
      github: github(client, address('github'), env['GITHUB_TOKEN']),
      gitlab: gitlab(client, address('gitlab'), env['GITLAB_TOKEN']),
    },
  };
}

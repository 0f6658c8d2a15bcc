import type { BodhiRelease, EndoflifeCycle } from '#status/lifecycle.ts';
import type { SourceId } from '#status/model.ts';
import type { TargetsFile } from '#status/targets.ts';
import { bodhi } from './bodhi.ts';
import { type Content, verified } from './content.ts';
import { endoflife } from './endoflife.ts';
import type { Forge } from './forge.ts';
import { github } from './github.ts';
import { type Gitlab, gitlab } from './gitlab.ts';
import { type Http, type HttpOptions, http } from './http.ts';
import { type Oci, oci } from './oci.ts';
import { type Quay, quay } from './quay.ts';

export interface Clients {
  http: Http;
  quay: Quay;
  /** One client a registry and source, so that each is counted on its own. */
  oci(registry: string, source?: SourceId): Oci;
  bodhi(): Promise<BodhiRelease[]>;
  endoflife(): Promise<EndoflifeCycle[]>;
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
  return {
    http: client,
    quay: quay(client, address('quay'), { token: env['QUAY_TOKEN'], now: options.clock.now }),
    oci(registry, source = 'oci') {
      const key = `${source} ${registry}`;
      const found = registries.get(key) ?? oci(client, registry, kept, source);
      registries.set(key, found);
      return found;
    },
    bodhi: () => bodhi(client, address('bodhi')),
    endoflife: () => endoflife(client, address('endoflife')),
    forges: {
      github: github(client, address('github'), env['GITHUB_TOKEN']),
      gitlab: gitlab(client, address('gitlab'), env['GITLAB_TOKEN']),
    },
  };
}

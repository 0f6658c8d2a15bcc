import type { TargetsFile } from '#status/targets.ts';
import { bodhi } from './bodhi.ts';
import type { Clients } from './collect.ts';
import { type Content, verified } from './content.ts';
import { endoflife } from './endoflife.ts';
import { type HttpOptions, http } from './http.ts';
import { type Oci, oci } from './oci.ts';
import { quay } from './quay.ts';

export interface Surroundings extends HttpOptions {
  content: Content;
  services: TargetsFile['services'];
  /** Secrets by name; only QUAY_TOKEN is used here. */
  env: Readonly<Record<string, string | undefined>>;
}

const DEFAULTS = {
  quay: 'https://quay.io/api/v1',
  bodhi: 'https://bodhi.fedoraproject.org',
  endoflife: 'https://endoflife.date/api',
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
  };
}

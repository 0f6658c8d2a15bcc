import { SourceError } from '#sources/error.ts';
import { isPrivate } from '#sources/redirect.ts';
import type { TargetsFile } from '#status/targets.ts';

/** `registry/name:tag@digest`, as Tekton names bundles. */

export interface BundleReference {
  /** `quay.io`, with a port where one is written. */
  host: string;
  repository: string;
  tag: string | null;
  digest: string | null;
}

const STEP = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PARTS = new RegExp(
  `^([a-z0-9.-]+(?::\\d{1,5})?)/(${STEP}(?:/${STEP})*)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
);

/** Null where the text names none; a registry has to be named, since a bundle is never on the one that docker means. */
export function parseReference(text: string): BundleReference | null {
  const [, host = '', repository = '', tag = null, digest = null] = PARTS.exec(text.trim()) ?? [];
  const isHost = /[.:]/.test(host) || host === 'localhost';
  return isHost && repository.length <= 255 ? { host, repository, tag, digest } : null;
}

/** A reference without its digest. */
export const placeText = ({ host, repository, tag }: BundleReference): string =>
  `${host}/${repository}${tag ? `:${tag}` : ''}`;

const QUAY = 'https://quay.io';

/** The address of a registry: that of a service of this host, else https; a SourceError where it is on a private network. */
export function registryOf({ host }: BundleReference, services: TargetsFile['services']): string {
  if (host === new URL(QUAY).host) return services['quay']?.registry ?? QUAY;
  const named = Object.values(services).find(({ registry }) => registry && new URL(registry).host === host)?.registry;
  if (named) return named;
  const address = `https://${host}`;
  if (!URL.canParse(address) || isPrivate(new URL(address)))
    throw new SourceError('oci', 'redirect', `a bundle is said to be on ${host}, which is no public registry`);
  return address;
}

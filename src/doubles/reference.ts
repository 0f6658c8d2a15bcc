import { parseReference as parsed } from '#sources/pipelines/reference.ts';
import { UsageError } from './arguments.ts';

/** `registry/name[:tag][@digest]`, as image tools write it. */
export interface Reference {
  host: string;
  name: string;
  tag: string | null;
  digest: string | null;
}

/** Without a tag or a digest it is `latest`; throws a UsageError where the text is no reference. */
export function parseReference(text: string): Reference {
  const found = parsed(text.replace(/^docker:\/\//, ''));
  if (!found) throw new UsageError(`could not parse reference: ${text}`);
  const { host, repository, tag, digest } = found;
  return { host, name: repository, tag: tag ?? (digest ? null : 'latest'), digest };
}

export const nameOf = ({ host, name }: Reference): string => `${host}/${name}`;

import { UsageError } from './arguments.ts';

/** `registry/name[:tag][@digest]`, as image tools write it. */
export interface Reference {
  host: string;
  name: string;
  tag: string | null;
  digest: string | null;
}

const FORM =
  /^(?:docker:\/\/)?([a-z0-9.-]+(?::\d+)?)\/([a-z0-9._/-]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** Throws a UsageError where the text is no reference. */
export function parseReference(text: string): Reference {
  const [, host, name, tag = null, digest = null] = FORM.exec(text) ?? [];
  if (!host || !name) throw new UsageError(`could not parse reference: ${text}`);
  return { host, name, tag: tag ?? (digest ? null : 'latest'), digest };
}

export const nameOf = ({ host, name }: Reference): string => `${host}/${name}`;

/** `registry/name[:tag][@digest]`, as Go's image libraries read it. */

export interface Reference {
  /** As people write it. */
  host: string;
  name: string;
  /** A tag, or a digest. */
  which: string;
  /** Whether one was written. */
  isBare: boolean;
}

const PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const HOST = String.raw`(?:localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::\d+)?|localhost:\d+`;
const FORM = new RegExp(
  String.raw`^(?:(${HOST})/)?(${PART}(?:/${PART})*)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`,
);

/** Throws an Error with the words of Go's library where the text is no reference. */
export function parseReference(text: string): Reference {
  const [, host, path, tag, digest] = FORM.exec(text) ?? [];
  if (path === undefined)
    throw new Error(
      FORM.test(text.toLowerCase())
        ? 'invalid reference format: repository name must be lowercase'
        : 'invalid reference format',
    );
  if (tag !== undefined && digest !== undefined)
    throw new Error('Docker references with both a tag and digest are currently not supported');
  const name = host === undefined && !path.includes('/') ? `library/${path}` : path;
  return { host: host ?? 'docker.io', name, which: digest ?? tag ?? 'latest', isBare: (digest ?? tag) === undefined };
}

export const nameOf = ({ host, name }: Pick<Reference, 'host' | 'name'>): string => `${host}/${name}`;

/** `quay.io/name:tag` or `quay.io/name@sha256:…`. */
export function fullName(reference: Reference): string {
  const { which } = reference;
  return `${nameOf(reference)}${which.startsWith('sha256:') ? '@' : ':'}${which}`;
}

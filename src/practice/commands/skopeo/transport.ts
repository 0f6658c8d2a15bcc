import type { Arguments } from '#practice/arguments.ts';
import { NotSimulated } from '#practice/command.ts';
import { parseReference, type Reference } from '#practice/registry/reference.ts';

/** `docker://…` and `dir:…`: where an image is. */

export type Place = { kind: 'docker'; reference: Reference } | { kind: 'dir'; path: string };

const TRANSPORTS = [
  'containers-storage',
  'docker-archive',
  'docker-daemon',
  'oci',
  'oci-archive',
  'ostree',
  'sif',
  'tarball',
];

/** Throws an Error in skopeo's words, or a NotSimulated for a transport that we have not. */
export function placeOf(text: string): Place {
  const [, transport, rest = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (transport === undefined)
    throw new Error(`Invalid image name "${text}", expected colon-separated transport:reference`);
  if (transport === 'dir') return { kind: 'dir', path: rest };
  if (TRANSPORTS.includes(transport)) throw new NotSimulated(`the transport ${transport}: of skopeo`);
  if (transport !== 'docker') throw new Error(`Invalid image name "${text}", unknown transport "${transport}"`);
  if (!rest.startsWith('//')) throw new Error(`docker: image reference ${rest} does not start with //`);
  return { kind: 'docker', reference: parseReference(rest.slice(2)) };
}

/** The same where only a registry will do. */
export function inRegistry(what: string, text: string): Reference {
  const place = placeOf(text);
  if (place.kind === 'dir') throw new NotSimulated(`${what} of a folder`);
  return place.reference;
}

/** The words of a command that wants so many; with others the real one prints its help. */
export function words(what: string, { words: given, after }: Arguments, count: number): string[] {
  const all = [...given, ...after];
  if (all.length !== count)
    throw new NotSimulated(`the help of ${what}, which is shown unless it has ${count} arguments`);
  return all;
}

import type { CommandIo } from '#practice/command.ts';
import { parseReference } from '#practice/registry/reference.ts';
import type { ImageConfig } from '../skopeo/config.ts';

/** Images that podman has pulled, in a file of the home: only what is told of them, no layers. */

export interface Image {
  id: string;
  /** `registry/name:tag`, oldest first. */
  tags: string[];
  /** `registry/name@digest`. */
  digests: string[];
  /** What was asked for: of an index where there is one. */
  digest: string;
  mediaType: string;
  config: ImageConfig;
}

const pathOf = ({ env }: CommandIo): string => `${env['HOME']}/.local/share/containers/practice-images.json`;

export async function imagesIn(io: CommandIo): Promise<Image[]> {
  if (!(await io.files.exists(pathOf(io)))) return [];
  return JSON.parse(new TextDecoder().decode(await io.files.read(pathOf(io))));
}

/** Newest first; a name belongs to one image. */
export const keep = (io: CommandIo, images: readonly Image[]): Promise<void> =>
  io.files.write(pathOf(io), JSON.stringify(images));

/** By name, by short name, or by the beginning of its id; undefined for none. */
export async function find(io: CommandIo, text: string): Promise<Image | undefined> {
  const images = await imagesIn(io);
  const named = `/${text.includes('@') || /:[^/]*$/.test(text) ? text : `${text}:latest`}`;
  return (
    images.find(({ tags, digests }) => [...tags, ...digests].some((name) => `/${name}`.endsWith(named))) ??
    images.find(({ id }) => text.length >= 3 && id.startsWith(text))
  );
}

/** A whole name with a tag, `localhost/` before a short one. */
export function tagged(text: string): string {
  const whole = /^[^/]*[.:][^/]*\/|^localhost\//.test(text) ? text : `localhost/${text}`;
  const { host, name, which } = parseReference(whole);
  return `${host}/${name}:${which}`;
}

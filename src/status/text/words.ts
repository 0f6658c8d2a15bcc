import type { Image, Release } from '#status/model.ts';

/** Ids of the data in the words that readers know. */

export const CHANNELS = {
  production: { word: 'production', note: 'published by Fedora’s composes' },
  development: { word: 'development', note: 'built by Konflux' },
  community: { word: 'community', note: 'built outside Fedora’s release process' },
  mirror: { word: 'mirror', note: 'the same image in another registry' },
} as const satisfies Record<Image['channel'], { word: string; note: string }>;

const VARIANTS: Record<string, string> = {
  standard: 'the image that most people boot',
  'minimal-plus': 'minimal with network, ssh and podman',
  minimal: 'kernel, systemd, bootc and little else',
  iot: 'minimal-plus for devices at the edge',
  compose: 'the package repositories that the others build from',
};

/** What a variant is for, in a few words; empty where we have none. */
export function variantNote(variant: string): string {
  return VARIANTS[variant] ?? '';
}

/** `Fedora 44` for `44`, as the releases of the snapshot name it; the id where they do not. */
export function releaseName(id: string, releases: readonly Release[]): string {
  return releases.find((release) => release.id === id)?.name ?? (/^\d+$/.test(id) ? `Fedora ${id}` : id);
}

/** Where a release stands in its life, in the words of a column's head. */
export function lifecycleText(release: Release | undefined, day: (text: string) => string): string {
  if (!release) return 'stream';
  const end = release.eolAt;
  const texts: Record<Release['state'], string> = {
    rawhide: 'moves daily',
    branched: 'branched, not released',
    frozen: 'frozen before its release',
    supported: end ? `until ${day(end)}` : 'supported',
    'eol-soon': end ? `ends ${day(end)}` : 'ends soon',
    eol: end ? `ended ${day(end)}` : 'ended',
    unknown: 'lifecycle not known',
  };
  return texts[release.state];
}

/** `standard Fedora 44`; a stream's name already says its variant. */
export function shortName(variant: string, release: string): string {
  return release.toLowerCase().startsWith(`${variant} `) ? release : `${variant} ${release}`;
}

/** `standard Fedora 44, production`: the name of an image for people. */
export function imageName(image: Pick<Image, 'channel' | 'variant' | 'release'>, releases: readonly Release[]): string {
  return `${shortName(image.variant, releaseName(image.release, releases))}, ${CHANNELS[image.channel].word}`;
}

/** Control and direction-changing characters as visible replacements, so that foreign text cannot disguise itself. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? '\u2421' : `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
  });
}

/** The address if it is http or https, else null: nothing else may become a link. */
export function safeLink(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  return /^https?:$/.test(new URL(url).protocol) ? url : null;
}

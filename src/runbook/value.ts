/** What a value of a variable may be. The reader's browser asks this too: no schema library here. */

/** Anchored patterns. Every value starts with a letter, a digit or `_` and goes on with `A-Za-z0-9_.:/@+-`. */
const PATTERNS = {
  'k8s-label': /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'k8s-name': /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
  'image-repo': /^[a-z0-9]+([.-][a-z0-9]+)*(:[0-9]{1,5})?(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)+$/,
  'image-tag': /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
  digest: /^sha256:[a-f0-9]{64}$/,
  'git-ref': /^(?!.*\.\.)(?!.*\/\/)(?!.*\.lock$)[A-Za-z0-9]([A-Za-z0-9._/+-]{0,198}[A-Za-z0-9_-])?$/,
  commit: /^[0-9a-f]{7,64}$/,
  stream: /^(rawhide|eln|[0-9]{2,3})$/,
  arch: /^(x86_64|aarch64|ppc64le|s390x)$/,
  platform: /^linux(-[a-z0-9]{1,20}){0,2}\/(amd64|arm64|ppc64le|s390x|x86_64)$/,
  path: /^(?!.*\.\.)(?!.*\/\/)[A-Za-z0-9_]([A-Za-z0-9._/-]{0,198}[A-Za-z0-9_])?$/,
  quantity: /^[0-9]{1,6}(m|Ki|Mi|Gi)?$/,
  duration: /^[0-9]{1,4}(h|m|s)$/,
  integer: /^[0-9]{1,9}$/,
  date: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
} as const;

export const INERT_TYPES = Object.keys(PATTERNS) as (keyof typeof PATTERNS)[];
/** Types whose values reach a command through an exported variable only. */
export const FREE_TYPES = ['text', 'url'] as const;
const MAX_CHARACTERS = 256;

/** What decides whether a value is fit. */
export interface Shape {
  type: keyof typeof PATTERNS | (typeof FREE_TYPES)[number] | 'choice';
  choices?: readonly string[] | undefined;
}

/** Why a value cannot be taken, in words for the reader; null when it can. Of bad characters it names the first. */
export function refusal({ type, choices }: Shape, value: string): string | null {
  if (value === '') return 'This is empty.';
  if (value.length > MAX_CHARACTERS) return `This is longer than ${MAX_CHARACTERS} characters.`;
  const hidden = HIDDEN.exec(value)?.[0];
  if (hidden !== undefined)
    return `This has the hidden character U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}.`;
  if (type === 'text') return null;
  if (type === 'url') return /^https:\/\/[^\s"'<>\\^`{|}]+$/.test(value) ? null : 'This is no https address.';
  if (type === 'choice') return choices?.includes(value) ? null : `Choose one of: ${(choices ?? []).join(', ')}.`;
  return PATTERNS[type].test(value) ? null : `This is no ${type}: it must match ${PATTERNS[type].source}`;
}

/** Control characters, and those that change how text looks without being seen: bidi, zero width, other spaces. */
const HIDDEN = /\p{Cc}|\p{DI}|\p{Bidi_C}|(?! )\p{Z}|\p{Co}|\p{Cn}|\p{Cs}/u;

/** The environment variable through which a free text reaches its commands: `release-note` gives `RELEASE_NOTE`. */
export const envName = (name: string): string => name.toUpperCase().replaceAll('-', '_');

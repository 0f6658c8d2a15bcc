/** Names of pretend runs, which depend on a text only. */

/** A uid. */
export function uidOf(text: string): string {
  return hexOf(text, 4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** A digest of nothing that exists. */
export const digestNamed = (text: string): string => `sha256:${hexOf(text, 8)}`;

const hexOf = (text: string, words: number): string =>
  Array.from({ length: words }, (_, index) =>
    fnv(`${index + 1} ${text}`)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

function fnv(text: string): number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return state;
}

/** Name and uid of a run; `kind` is push or pull-request. */
export function identityOf(component: string, startMs: number, kind: string): { name: string; uid: string } {
  const uid = uidOf(`${component} ${startMs} ${kind}`);
  return { name: `${component}-on-${kind}-sample-${uid.slice(0, 5)}`, uid };
}

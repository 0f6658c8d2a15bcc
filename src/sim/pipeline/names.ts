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

/** Of a text, at least 0 and less than 1; texts that hardly differ give numbers that do. */
export function chance(text: string): number {
  let state = fnv(text);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}

/** What a pipeline is called, by the bundle that it lies in. */
export const pipelineNamed = (bundle: string | null): string =>
  /\/pipeline-([^/:]+):[^/]*$/.exec(bundle ?? '')?.[1] ?? 'sample-pipeline';

/** Name of the run of a task; legs of a matrix are numbered, as Tekton does. */
export const taskRunNamed = (run: string, task: string, nth: number | null): string =>
  `${run}-${task}${nth === null ? '' : `-${nth}`}`;

/** Name and uid of a run; `kind` is push or pull-request. */
export function identityOf(component: string, startMs: number, kind: string): { name: string; uid: string } {
  const uid = uidOf(`${component} ${startMs} ${kind}`);
  return { name: `${component}-on-${kind}-sample-${uid.slice(0, 5)}`, uid };
}

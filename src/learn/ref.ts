/** Names of what one can learn from. No zod: browsers read them too. */

export const REF_PATTERN = /^(lab|quiz|track|runbook|walkthrough):[a-z0-9.-]+$|^page:\/([a-z0-9.-]+\/)*$/;

const FOLDERS: Readonly<Record<string, string>> = {
  lab: 'labs',
  quiz: 'quizzes',
  track: 'tracks',
  runbook: 'runbooks',
  walkthrough: 'pipelines',
};

/** Where it is on this site, without a slash in front: `labs/read-an-image/`. */
export function addressOf(ref: string): string {
  const [kind = '', name = ''] = split(ref);
  const folder = FOLDERS[kind];
  return folder === undefined ? name.replace(/^\//, '') : `${folder}/${name}/`;
}

/** `lab`, `page` and so on. */
export const kindOf = (ref: string): string => split(ref)[0];

/** What stands behind the kind. */
export const nameOf = (ref: string): string => split(ref)[1];

function split(ref: string): [string, string] {
  const at = ref.indexOf(':');
  return [ref.slice(0, at), ref.slice(at + 1)];
}

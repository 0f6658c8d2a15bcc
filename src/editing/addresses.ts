/** Which pages a file makes, by their paths below the base, '' for the front page. */

const ONE_EACH: Readonly<Record<string, string>> = {
  'content/cheat-sheet.yaml': 'cheat-sheet/',
  'content/glossary.yaml': 'glossary/',
  'content/blockers.yaml': 'status/blockers/',
  'content/newcomers.yaml': 'start/issues/',
  'content/owners.yaml': 'start/whom-to-ask/',
  'content/reviews.yaml': 'runbooks/',
  'content/variables.yaml': 'runbooks/',
  'content/status/targets.yaml': 'status/',
  'content/milestones.yaml': 'handbook/initiative/',
  'content/systems.yaml': 'handbook/systems/',
};

const FOLDERS: Readonly<Record<string, string>> = {
  runbooks: 'runbooks/',
  labs: 'labs/',
  tracks: 'tracks/',
  quizzes: 'quizzes/',
  pipelines: 'pipelines/',
};

/** Path from the root of the repository to the pages that it makes; empty where it makes none of its own. */
export function pagesOf(file: string): string[] {
  if (Object.hasOwn(ONE_EACH, file)) return [ONE_EACH[file] ?? ''];
  const prose = /^content\/docs\/(?!(?:.*\/)?_)(.+)\.mdx?$/.exec(file)?.[1];
  if (prose !== undefined) return [prose === '404' ? '404.html' : addressOf(prose)];
  if (/^content\/pipelines\/tasks\/[^/]+\.yaml$/.test(file)) return ['pipelines/tasks/'];
  const [, folder = '', name = ''] = /^content\/([a-z]+)\/([^/]+)\.ya?ml$/.exec(file) ?? [];
  if (Object.hasOwn(FOLDERS, folder)) return [`${FOLDERS[folder]}${name}/`];
  const coded = /^src\/pages\/((?!.*(?:\[|(?:^|\/)_)).+)\.astro$/.exec(file)?.[1];
  return coded === undefined ? [] : [addressOf(coded)];
}

/** `start/index` to `start/`, `handbook/evidence` to `handbook/evidence/`. */
const addressOf = (name: string): string => `${name}/`.replace(/(^|\/)index\/$/, '$1');

/** Which file the words of a page are in that is made from data. */

const SOURCES: readonly (readonly [page: RegExp, file: string])[] = [
  [/^runbooks\/([a-z0-9-]+)$/, 'content/runbooks/$1.yaml'],
  [/^labs\/(?!differences$)([a-z0-9-]+)$/, 'content/labs/$1.yaml'],
  [/^tracks\/([a-z0-9-]+)$/, 'content/tracks/$1.yaml'],
  [/^quizzes\/([a-z0-9-]+)$/, 'content/quizzes/$1.yaml'],
  [/^pipelines\/(?!tasks$)([a-z0-9-]+)(?:\/history)?$/, 'content/pipelines/$1.yaml'],
  [/^glossary$/, 'content/glossary.yaml'],
  [/^cheat-sheet$/, 'content/cheat-sheet.yaml'],
  [/^status\/(?:images|releases)\/.+$/, 'content/status/targets.yaml'],
  [/^status\/blockers$/, 'content/blockers.yaml'],
  [/^handbook\/reference\/(labels|data|objects)(?:\/.+)?$/, 'content/$1.yaml'],
  [/^handbook\/reference\/states$/, 'content/codes.yaml'],
  [/^start\/issues$/, 'content/newcomers.yaml'],
];

/** The file of a page, by its address without slashes at either end; null where its words are in the code. */
export function sourceOf(id: string): string | null {
  for (const [page, file] of SOURCES) if (page.test(id)) return id.replace(page, file);
  return null;
}

/** Where the code of a page may be: the first of these that there is. */
export const codeOf = (id: string): string[] => [`src/pages/${id}.astro`, `src/pages/${id}/index.astro`];

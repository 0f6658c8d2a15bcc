import { pagesOf } from './addresses.ts';
import { oneLine } from './line.ts';

/** Which pages a change touches, for those who look at it. */

export interface FileChange {
  /** Path from the root of the repository. */
  file: string;
  what: 'added' | 'changed' | 'removed';
}

/** `git diff --name-status -z --no-renames` to changes. */
export function parseNameStatus(printed: string): FileChange[] {
  const parts = printed.split('\0').filter((part) => part !== '');
  return parts.flatMap((letter, at) => {
    if (at % 2 === 1) return [];
    const what = ({ A: 'added', D: 'removed' } as const)[letter] ?? 'changed';
    return [{ file: parts[at + 1] ?? '', what }];
  });
}

/** A list in Markdown; `site` is the address of the preview, '' where there is none; `files`: it serves no folders. */
export function changedPages(changes: readonly FileChange[], site: string, files = false): string {
  const rows = changes.flatMap(({ file, what }) => pagesOf(file).map((path) => ({ path, file, what })));
  const code = changes.filter(({ file }) => /^(src|public)\/|^astro\.config/.test(file) && pagesOf(file).length === 0);
  const other = changes.filter(({ file }) => file.startsWith('content/') && pagesOf(file).length === 0);
  return [
    '## Pages that this change touches',
    '',
    ...(rows.length === 0
      ? ['None of its own.']
      : ['| page | what | file |', '| --- | --- | --- |', ...rows.map((row) => rowOf(row, site, files))]),
    ...(other.length > 0 ? ['', `Shown on other pages too: ${other.map(({ file }) => quoted(file)).join(', ')}.`] : []),
    ...(code.length > 0
      ? [
          '',
          `Code changed as well (${code.length === 1 ? '1 file' : `${code.length} files`}): any page may look different.`,
        ]
      : []),
    '',
  ].join('\n');
}

function rowOf({ path, file, what }: { path: string } & FileChange, site: string, files: boolean): string {
  const page = `/${path}`;
  const end = files && page.endsWith('/') ? 'index.html' : '';
  const address = `${site.replace(/\/+$/, '')}${encoded(page)}${end}`;
  const isLinked = site !== '' && what !== 'removed';
  return `| ${isLinked ? `[${plain(page)}](${address})` : plain(page)} | ${what} | ${quoted(file)} |`;
}

/** A path in an address of Markdown, which a bracket would end. */
const encoded = (path: string): string =>
  path.split('/').map(encodeURIComponent).join('/').replaceAll('(', '%28').replaceAll(')', '%29');

/** A path as text in a table: none of its characters is a sign of Markdown. */
const plain = (path: string): string => oneLine(path).replace(/[\\`*_~[\]<>|&]/g, '\\$&');

/** A path as code in a table: what would end either is taken out. */
const quoted = (file: string): string => `\`${oneLine(file).replaceAll(/[`|]/g, '')}\``;

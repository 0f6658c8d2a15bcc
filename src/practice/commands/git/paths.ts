import type { Clone } from './store.ts';

/** Pathspecs: a file, a folder with all in it, or a pattern, from the folder that one is in. */

/** From the root: `../a` in `b/` is `a`; empty for the root itself. */
export function fromRoot({ root, prefix }: Pick<Clone, 'root' | 'prefix'>, word: string): string {
  const whole = word.startsWith('/') ? `${word}/`.replace(`${root}/`, '') : `${prefix}${word}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Whether a path is meant by a pathspec; `*` matches slashes too, as in git. */
export function matches(clone: Pick<Clone, 'root' | 'prefix'>, word: string): (path: string) => boolean {
  const spec = fromRoot(clone, word.replace(/^:\//, '/'));
  if (spec === '') return () => true;
  const pattern = /[*?[]/.test(spec)
    ? new RegExp(
        `^${spec
          .replace(/[.+^${}()|\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}(/.*)?$`,
        's',
      )
    : null;
  return (path) => path === spec || path.startsWith(`${spec}/`) || (pattern?.test(path) ?? false);
}

/** Whether a path is meant by any of them, or by all where there is none. */
export function anyOf(clone: Pick<Clone, 'root' | 'prefix'>, words: readonly string[]): (path: string) => boolean {
  const tests = words.map((word) => matches(clone, word));
  return (path) => tests.length === 0 || tests.some((test) => test(path));
}

/** As a command shows a path to somebody in a folder of the tree. */
export function relative(prefix: string, path: string): string {
  const from = prefix.split('/').slice(0, -1);
  const to = path.split('/');
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || './';
}

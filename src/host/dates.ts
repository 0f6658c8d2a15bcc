import { execFileSync } from 'node:child_process';

/** The last commit that touched a file. */
export interface Change {
  at: Date;
  /** Its id, abbreviated. */
  commit: string;
}

/** Path of each file under a folder to its last commit; empty where there is no git. */
export function changesIn(folder: string): Map<string, Change> {
  const found = new Map<string, Change>();
  let last: Change | null = null;
  for (const line of git('log', '--format=at:%cI %h', '--name-only', '--relative', '--', folder).split('\n')) {
    const [, at, commit] = /^at:(\S+) ([0-9a-f]+)$/.exec(line) ?? [];
    if (at && commit) last = { at: new Date(at), commit };
    else if (line && last && !found.has(line)) found.set(line, last);
  }
  return found;
}

/** Path of each file under a folder to the instant of its last commit; empty where there is no git. */
export function changedAt(folder: string): Map<string, Date> {
  return new Map([...changesIn(folder)].map(([file, { at }]) => [file, at]));
}

/** The abbreviated id of the commit that is checked out; null where there is no git. */
export const commitHere = (): string | null => git('log', '-1', '--format=%h').trim() || null;

function git(...words: string[]): string {
  try {
    return execFileSync('git', words, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // A tree without git, as in a release archive, has pages without dates.
    return '';
  }
}

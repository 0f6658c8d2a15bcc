import { execFileSync } from 'node:child_process';

/** Path of each file under a folder to its last commit; empty where there is no git. */
export function changedAt(folder: string): Map<string, Date> {
  const found = new Map<string, Date>();
  let at = '';
  for (const line of gitLog(folder).split('\n')) {
    if (line.startsWith('at:')) at = line.slice(3);
    else if (line && !found.has(line)) found.set(line, new Date(at));
  }
  return found;
}

function gitLog(folder: string): string {
  try {
    return execFileSync('git', ['log', '--format=at:%cI', '--name-only', '--relative', '--', folder], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    // A tree without git, as in a release archive, has pages without dates.
    return '';
  }
}

import { getEntry } from 'astro:content';
import { execFileSync } from 'node:child_process';
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { cellsOf, turnsOf } from '#status/cell.ts';
import { countBuckets } from '#status/summary.ts';

/** Tells each page the state of the data and the day its text was last changed. */
export const onRequest = defineRouteMiddleware(async ({ locals }) => {
  board ??= readBoard();
  const known = await board;
  const route = locals.starlightRoute;
  locals.slipway = { ...known, showsData: route.id === '' || route.id.startsWith('status') };
  if (known.mode === 'sample') route.head.push({ tag: 'meta', attrs: { name: 'robots', content: 'noindex' } });
  const changed = changedAt().get(route.entry.filePath);
  if (changed && route.entry.data.template === 'doc') route.lastUpdated = changed;
});

type Known = Omit<App.Locals['slipway'], 'showsData'>;

let board: Promise<Known> | undefined;

async function readBoard(): Promise<Known> {
  const entry = await getEntry('status', 'now');
  if (!entry) throw new Error('The status collection is empty: src/loader.ts gave no snapshot.');
  const { mode, generatedAt } = entry.data.snapshot;
  const cells = cellsOf(entry.data);
  return { mode, generatedAt, counts: countBuckets(cells), turns: turnsOf(cells) };
}

let dates: Map<string, Date> | undefined;

/** Path of each page of prose to its last commit; empty where there is no git. */
function changedAt(): Map<string, Date> {
  dates ??= readDates();
  return dates;
}

function readDates(): Map<string, Date> {
  const found = new Map<string, Date>();
  let at = '';
  for (const line of gitLog().split('\n')) {
    if (line.startsWith('at:')) at = line.slice(3);
    else if (line && !found.has(line)) found.set(line, new Date(at));
  }
  return found;
}

function gitLog(): string {
  try {
    return execFileSync('git', ['log', '--format=at:%cI', '--name-only', '--relative', '--', 'content/docs'], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    // A tree without git, as in a release archive, has pages without dates.
    return '';
  }
}

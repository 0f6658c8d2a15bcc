import type { Recording } from './recording.ts';
import { nearness } from './replay/clock.ts';

/** What a recording does not hold, found by comparing what it holds. */

const LONG_MS = 30_000;

/** A stretch of a run in which no task is on record. */
export interface Gap {
  from: string;
  to: string;
  ms: number;
}

type Timed = Pick<Recording, 'startedAt' | 'finishedAt' | 'tasks'>;

/** Stretches over 30 seconds without a task, in their order; none where times are missing, or one is out of the world. */
export function gapsOf(recording: Timed): Gap[] {
  const { startedAt, finishedAt, tasks } = recording;
  const timed = tasks.flatMap(({ startedAt: from, finishedAt: to }) => (from && to ? [{ from, to }] : []));
  if (!startedAt || timed.length === 0 || timed.length < tasks.length) return [];
  const isNear = nearness(recording);
  const times = [startedAt, ...(finishedAt ? [finishedAt] : []), ...timed.flatMap(({ from, to }) => [from, to])];
  if (!times.every((time) => isNear(Date.parse(time)))) return [];
  const gaps: Gap[] = [];
  let end = startedAt;
  const spans = timed.sort((a, b) => a.from.localeCompare(b.from));
  for (const { from, to } of finishedAt ? [...spans, { from: finishedAt, to: finishedAt }] : spans) {
    const ms = Date.parse(from) - Date.parse(end);
    if (ms > LONG_MS) gaps.push({ from: end, to: from, ms });
    if (to > end) end = to;
  }
  return gaps;
}

/** `linux/arm64` and the label's `linux-arm64` alike. */
const plain = (platform: string): string => platform.replace(/[^A-Za-z0-9]+/g, '-');

/** Per task that runs once a platform, the platforms of which no leg is on record. */
export function missingLegs(
  tasks: Recording['tasks'],
  platforms: readonly string[],
): { name: string; platforms: string[] }[] {
  if (platforms.length < 2) return [];
  const wanted = new Set(platforms.map(plain));
  return [...Map.groupBy(tasks, ({ name }) => name)].flatMap(([name, legs]) => {
    const there = new Set(legs.flatMap(({ platform }) => (platform ? [plain(platform)] : [])));
    // One leg alone shows a matrix only where it made an image: any task may name a platform.
    const isMatrix = legs.length > 1 || legs.some(({ results }) => 'IMAGE_DIGEST' in results);
    if (!isMatrix || ![...there].some((one) => wanted.has(one))) return [];
    const missing = platforms.filter((one) => !there.has(plain(one)));
    return missing.length > 0 ? [{ name, platforms: missing }] : [];
  });
}

/** Names that tasks waited for and that are not on record. */
export function missingTasks(tasks: Recording['tasks']): string[] {
  const there = new Set(tasks.map(({ name }) => name));
  return [...new Set(tasks.flatMap(({ after }) => after))].filter((name) => !there.has(name));
}

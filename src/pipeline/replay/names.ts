import type { RecordedTask } from '#pipeline/recording.ts';
import { visible } from '#status/text/words.ts';

/** What a row is called, for people and in an address. */

const LONGEST = 80;

/** One id a task, in their order: fit for an address, unique, the same whenever the recording is. */
export function rowIds(tasks: readonly RecordedTask[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return tasks.map(({ name, platform }) => {
    const base = slug(`${name} ${platform ?? ''}`) || 'task';
    let count = counts.get(base) ?? 1;
    let id = count === 1 ? base : `${base}-${count}`;
    while (taken.has(id)) {
      count += 1;
      id = `${base}-${count}`;
    }
    counts.set(base, count + 1);
    taken.add(id);
    return id;
  });
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');

/** `build-images for arm64`; the platform in full where it names a kind of machine too. */
export function taskTitle({ name, platform }: Pick<RecordedTask, 'name' | 'platform'>): string {
  const task = visible(name);
  return platform ? `${task} for ${platformText(platform)}` : task;
}

/** `arm64` of `linux/arm64` and of `linux-arm64`. */
export function platformText(platform: string): string {
  return visible(/^linux[/-]([a-z0-9_]+)$/.exec(platform)?.[1] ?? platform);
}

import { instant } from './clock.ts';
import type { FileVersion, Recipe, Repo } from './settled.ts';

/** Pins in the files of a world: `registry/name:tag@{digest}`, and `registry/name@{digest:tag}`, where no tag is written. */

const PIN = /([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[a-z0-9._-]+)+)(?::(\w[\w.-]*))?@\{digest(?::(\w[\w.-]*))?\}/g;

/** Files with the images that they pin, as those were when the file was written; throws where there was none. */
export function withPins(id: string, files: readonly FileVersion[], repos: ReadonlyMap<string, Repo>): FileVersion[] {
  return files.map((file) => {
    const pins = new Map<string, Recipe>();
    for (const [whole, place = '', tag, bare] of file.holds.text.matchAll(PIN)) {
      const name = bare ?? tag;
      const life = repos.get(place)?.lives.findLast((one) => one.tag === name && one.startMs <= file.startMs);
      if (!life)
        throw new Error(
          `World ${id}: ${file.path} pins ${place}:${name}, which holds nothing at ${instant(file.startMs)}. Push it before.`,
        );
      pins.set(whole, life.recipe);
    }
    return pins.size > 0 ? { ...file, holds: { ...file.holds, pins } } : file;
  });
}

/** The text with true digests in the place of its pins. */
export async function withDigests(
  text: string,
  pins: ReadonlyMap<string, Recipe>,
  digestOf: (recipe: Recipe) => Promise<string>,
): Promise<string> {
  const pairs = [...pins].map(async ([pin, recipe]) => [pin, await digestOf(recipe)] as const);
  const digests = new Map(await Promise.all(pairs));
  return text.replace(PIN, (pin) => pin.replace(/\{digest[^}]*\}$/, digests.get(pin) ?? '{digest}'));
}

import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';

type Entry = { id: string } & Record<string, unknown>;

/**
 * What `load` gives, and while somebody writes again what it gives as soon as a file in one of the `places` changes.
 * A mistake stops the build; while somebody writes it is told, and what was there before stays.
 */
export function watched(places: readonly string[], load: (root: URL) => Promise<Entry[]> | Entry[]): Loader {
  return {
    name: 'slipway-content',
    load: async (context) => {
      const root = context.config.root;
      await fill(context, await load(root));
      const folders = places.map((place) => fileURLToPath(new URL(place, root)));
      context.watcher?.add(folders);
      context.watcher?.on('all', async (_event, changed) => {
        if (!folders.some((folder) => changed.startsWith(folder))) return;
        try {
          await fill(context, await load(root));
          context.logger.info(`read again after ${changed}`);
        } catch (error) {
          context.logger.error(error instanceof Error ? error.message : String(error));
        }
      });
    },
  };
}

/** Puts all entries in place of those before; nothing is taken away before all of the new ones are right. */
async function fill({ store, parseData }: LoaderContext, entries: Entry[]): Promise<void> {
  const rows = await Promise.all(
    entries.map(async ({ id, ...data }) => ({ id, data: await parseData({ id, data: { id, ...data } }) })),
  );
  store.clear();
  for (const row of rows) store.set(row);
}

import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'zod';
import { loadStatus } from '#loader.ts';

type Status = Awaited<ReturnType<typeof loadStatus>>;

const docs = defineCollection({
  loader: glob({ base: 'content/docs', pattern: '**/[^_]*.{md,mdx}' }),
  schema: docsSchema(),
});

/** One entry, `now`: what was last seen. A broken file stops the build; Astro's own file() would go on without it. */
const status = defineCollection({
  loader: async () => {
    const now = await loadStatus(new URL('../', import.meta.url));
    refuseSample(now);
    return [{ id: 'now', ...now }];
  },
  schema: z.custom<Status & { id: string }>(),
});

function refuseSample({ snapshot }: Status): void {
  if (process.env['SLIPWAY_PUBLISH'] !== '1' || snapshot.mode !== 'sample') return;
  throw new Error(
    'SLIPWAY_PUBLISH=1 and there is only sample data: a pretend world must not be published. Run "npm run snapshot" where quay.io can be reached, then build again.',
  );
}

export const collections = { docs, status };

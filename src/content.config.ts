import { defineCollection } from 'astro:content';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'zod';
import { PageFields } from '#editing/page.ts';
import type { References } from '#editing/references.ts';
import { loadReferences } from '#editing-loader.ts';
import { loadGlossary } from '#glossary-loader.ts';
import { type Handbook, loadHandbook } from '#handbook-loader.ts';
import { type Labs, loadLabs } from '#lab-loader.ts';
import { loadLearning } from '#learn-loader.ts';
import { loadStatus } from '#loader.ts';
import { loadPictures } from '#picture-loader.ts';
import { loadReference, type ReferenceWords } from '#reference-loader.ts';
import { loadRunbooks } from '#runbook-loader.ts';
import { loadStrings } from '#strings-loader.ts';

type Status = Awaited<ReturnType<typeof loadStatus>>;
type Learning = Awaited<ReturnType<typeof loadLearning>>;
type Runbooks = Awaited<ReturnType<typeof loadRunbooks>>;

const docs = defineCollection({
  loader: glob({ base: 'content/docs', pattern: '**/[^_]*.{md,mdx}' }),
  schema: docsSchema({ extend: PageFields }),
});

/** One entry, `now`: what was last seen. A broken file stops the build; Astro's own file() would go on without it. */
const status = defineCollection({
  loader: async () => {
    const now = await loadStatus(new URL('../', import.meta.url));
    return [{ id: 'now', ...now }];
  },
  schema: z.custom<Status & { id: string }>(),
});

/** One entry, `all`. */
const runbooks = defineCollection({
  loader: async () => [{ id: 'all', ...(await loadRunbooks(new URL('../', import.meta.url))) }],
  schema: z.custom<Runbooks & { id: string }>(),
});

/** One entry, `all`. */
const labs = defineCollection({
  loader: async () => [{ id: 'all', ...(await loadLabs(new URL('../', import.meta.url))) }],
  schema: z.custom<Labs & { id: string }>(),
});

/** One entry, `all`. */
const learning = defineCollection({
  loader: async () => [{ id: 'all', ...(await loadLearning(new URL('../', import.meta.url))) }],
  schema: z.custom<Learning & { id: string }>(),
});

/** One entry, `all`. */
const glossary = defineCollection({
  loader: async () => [{ id: 'all', terms: await loadGlossary(new URL('../', import.meta.url)) }],
  schema: z.custom<{ id: string; terms: Awaited<ReturnType<typeof loadGlossary>> }>(),
});

/** One entry, `all`: what pages of prose rest on. */
const references = defineCollection({
  loader: async () => [{ id: 'all', references: await loadReferences(new URL('../', import.meta.url)) }],
  schema: z.custom<{ id: string; references: References }>(),
});

/** One entry, `all`: what pages of the handbook show beside their prose. */
const handbook = defineCollection({
  loader: async () => [{ id: 'all', ...(await loadHandbook(new URL('../', import.meta.url))) }],
  schema: z.custom<Handbook & { id: string }>(),
});

/** One entry, `all`: what the pictures show. */
const pictures = defineCollection({
  loader: async () => [{ id: 'all', pictures: await loadPictures(new URL('../', import.meta.url)) }],
  schema: z.custom<{ id: string; pictures: Awaited<ReturnType<typeof loadPictures>> }>(),
});

/** One entry, `all`: words of the generated pages of reference. */
const reference = defineCollection({
  loader: async () => [{ id: 'all', ...(await loadReference(new URL('../', import.meta.url))) }],
  schema: z.custom<ReferenceWords & { id: string }>(),
});

/** Words of the frame and the components, an entry a language. */
const i18n = defineCollection({
  loader: () => loadStrings(new URL('../', import.meta.url)),
  schema: i18nSchema(),
});

export const collections = {
  docs,
  glossary,
  handbook,
  i18n,
  labs,
  learning,
  pictures,
  reference,
  references,
  runbooks,
  status,
};

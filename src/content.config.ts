import { defineCollection } from 'astro:content';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'zod';
import { PageFields } from '#editing/page.ts';
import { loadReferences } from '#editing-loader.ts';
import { loadGlossary } from '#glossary-loader.ts';
import { loadHandbook } from '#handbook-loader.ts';
import { loadLabs } from '#lab-loader.ts';
import { loadLearning } from '#learn-loader.ts';
import { loadStatus } from '#loader.ts';
import { loadPictures } from '#picture-loader.ts';
import { loadReference } from '#reference-loader.ts';
import { loadRunbooks } from '#runbook-loader.ts';
import { loadStrings } from '#strings-loader.ts';
import { watched } from './watched-loader.ts';

const docs = defineCollection({
  loader: glob({ base: 'content/docs', pattern: '**/[^_]*.{md,mdx}' }),
  schema: docsSchema({ extend: PageFields }),
});

/** A collection of one entry, read from these places of content/. A broken file stops the build; Astro's own file() would go on without it. */
function single<Id extends string, Data extends object>(
  id: Id,
  places: readonly string[],
  load: (root: URL) => Promise<Data>,
) {
  return defineCollection({
    loader: watched(
      places.map((place) => `content/${place}`),
      async (root) => [{ ...(await load(root)), id }],
    ),
    schema: z.custom<Data & { id: Id }>(),
  });
}

/** What was last seen. */
const status = single('now', ['status', 'pipelines', 'newcomers.yaml', 'worlds/sample.yaml'], loadStatus);

const RUNBOOKS = ['runbooks', 'variables.yaml', 'owners.yaml', 'reviews.yaml', 'redirects.yaml'] as const;
const runbooks = single('all', RUNBOOKS, loadRunbooks);
const labs = single('all', ['labs', 'worlds'], loadLabs);
const learning = single('all', ['tracks', 'quizzes', 'labs', 'runbooks', 'moved.yaml'], loadLearning);
const glossary = single('all', ['glossary.yaml'], async (root) => ({ terms: await loadGlossary(root) }));

/** What pages of prose rest on. */
const references = single('all', ['references.yaml'], async (root) => ({ references: await loadReferences(root) }));

/** What pages of the handbook show beside their prose. */
const handbook = single('all', ['systems.yaml', 'milestones.yaml', 'references.yaml'], loadHandbook);
const pictures = single('all', ['pictures'], async (root) => ({ pictures: await loadPictures(root) }));

/** Words of the generated pages of reference. */
const REFERENCE = ['objects.yaml', 'labels.yaml', 'codes.yaml', 'data.yaml'] as const;
const reference = single('all', REFERENCE, loadReference);

/** Words of the frame and the components, an entry a language. */
const i18n = defineCollection({ loader: watched(['content/i18n'], (root) => loadStrings(root)), schema: i18nSchema() });

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

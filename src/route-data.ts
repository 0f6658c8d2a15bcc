import { getEntry } from 'astro:content';
import { defineRouteMiddleware, type StarlightRouteData } from '@astrojs/starlight/route-data';
import { lacking } from '#editing/page.ts';
import { wordsIn } from '#glossary/words.ts';
import { changedAt } from '#host/dates.ts';
import { cellsOf, turnsOf } from '#status/cell.ts';
import { countBuckets } from '#status/summary.ts';
import { cardMetaOf } from './card-meta.ts';
import { metadataOf } from './metadata.ts';
import { deskOf, editUrlOf } from './pages/_desk.ts';
import { readParts } from './pages/tracks/_parts.ts';

/** Tells each page the state of the data and the day its text was last changed. */
export const onRequest = defineRouteMiddleware(async ({ locals, site }) => {
  board ??= readBoard();
  const known = await board;
  const route = locals.starlightRoute;
  locals.slipway = { ...known, showsData: route.id === '' || route.id.startsWith('status') };
  locals.learning = await readParts(route.id);
  // A track says what comes next; the neighbours in the sidebar would say something else.
  if (locals.learning.parts.length > 0) route.pagination = { prev: undefined, next: undefined };
  locals.words = await wordsOn(route.entry);
  locals.sources = await sourcesOf(route.entry);
  if (known.mode === 'sample') route.head.push({ tag: 'meta', attrs: { name: 'robots', content: 'noindex' } });
  dates ??= changedAt('content/docs');
  const changed = dates.get(route.entry.filePath);
  if (changed && route.entry.data.template === 'doc') route.lastUpdated = changed;
  locals.desk = await deskOf(route);
  route.editUrl ??= editUrlOf(locals.desk);
  route.head.push(...metadataOf(route, import.meta.env.BASE_URL));
  route.head.push(
    ...cardMetaOf(route, { site, base: import.meta.env.BASE_URL }, ({ section, title }) =>
      locals.t('card.alt', { section: locals.t(`card.${section}`), title: title ?? locals.t(`card.${section}All`) }),
    ),
  );
});

type Known = Omit<App.Locals['slipway'], 'showsData'>;

let board: Promise<Known> | undefined;
let dates: Map<string, Date> | undefined;

/** Words of the glossary that a page of prose links to. */
async function wordsOn({ body, filePath, id }: { body?: string | undefined; filePath?: string; id: string }) {
  if (!body) return [];
  const glossary = await getEntry('glossary', 'all');
  return wordsIn(body, glossary?.data.terms ?? [], filePath ?? id);
}

/** The sources that a page names; a page of content/docs that lacks what it must have stops the build. */
async function sourcesOf({ data, filePath, id }: StarlightRouteData['entry']): Promise<App.Locals['sources']> {
  if (!filePath?.startsWith('content/docs/')) return [];
  const faults = lacking(data).map(({ field, message }) => `${field}: ${message}`);
  const known = (await getEntry('references', 'all'))?.data.references ?? {};
  const sources = data.sources.map((name) => [name, known[name]] as const);
  for (const [name, source] of sources)
    if (!source) faults.push(`sources: "${name}" is no name of content/references.yaml: add it there`);
  if (faults.length > 0)
    throw new Error(`${filePath} (${id}), between its two lines of dashes:\n  ${faults.join('\n  ')}`);
  return sources.flatMap(([name, source]) => (source ? [[name, source] as const] : []));
}

async function readBoard(): Promise<Known> {
  const entry = await getEntry('status', 'now');
  if (!entry) throw new Error('The status collection is empty: src/loader.ts gave no snapshot.');
  const { mode, generatedAt } = entry.data.snapshot;
  const cells = cellsOf(entry.data);
  return { mode, generatedAt, counts: countBuckets(cells), turns: turnsOf(cells) };
}

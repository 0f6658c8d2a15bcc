import { getCollection } from 'astro:content';
import { readRunbooks } from './runbooks/_data.ts';
import { readStatus } from './status/_data.ts';

/** Titles of pages that a text of this site may lead to, by their addresses. */
export async function titlesOfPages(t: App.Locals['t']): Promise<Map<string, string>> {
  const docs = await getCollection('docs');
  const { runbooks } = await readRunbooks();
  const { walkthroughs } = await readStatus();
  return new Map([
    ...docs.map(({ id, data }): [string, string] => [id === 'index' ? '/' : `/${id}/`, data.title]),
    ...runbooks.map(({ id, title }): [string, string] => [`/runbooks/${id}/`, title]),
    ...walkthroughs.map(({ id, title }): [string, string] => [`/pipelines/${id}/`, title]),
    ['/pipelines/', t('sidebar.pipelines')],
    ['/pipelines/tasks/', t('sidebar.tasks')],
    ['/runbooks/', t('sidebar.runbooks')],
    ['/symptoms/', t('sidebar.findBySymptom')],
    ['/status/', t('page.theBoard')],
    ['/status/legend/', t('sidebar.legend')],
    ['/status/migration/', t('sidebar.sharedBase')],
    ['/status/sources/', t('sidebar.sources')],
  ]);
}

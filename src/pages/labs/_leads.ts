import { getCollection } from 'astro:content';
import type { Lead } from '#components/lab/lead.ts';
import { link } from '#components/status/link.ts';
import { addressOf, kindOf, nameOf } from '#learn/ref.ts';
import { readRunbooks } from '../runbooks/_data.ts';
import { readStatus } from '../status/_data.ts';
import { readLabs } from './_data.ts';

/** Titles of pages that are no documents. */
const PAGES: Readonly<Record<string, string>> = {
  '/': 'The front page',
  '/status/': 'The status board',
  '/status/incidents/': 'Incidents',
  '/status/blockers/': 'Blockers',
  '/status/migration/': 'Shared base',
  '/status/legend/': 'Legend of the status board',
  '/pipelines/': 'Walkthroughs of the pipelines',
  '/pipelines/tasks/': 'Tasks of the pipelines',
  '/runbooks/': 'All runbooks',
  '/symptoms/': 'Find a runbook by symptom',
  '/labs/': 'All labs',
  '/labs/differences/': 'What the practice cluster does differently',
  '/tracks/': 'All tracks',
  '/progress/': 'Your progress',
};

/** Where refs lead to, with titles; one whose title nobody knows is called by its name. */
export async function leadsOf(refs: readonly string[]): Promise<Lead[]> {
  const titles = await titlesByRef();
  return refs.map((ref) => ({
    title: titles.get(ref) ?? nameOf(ref).replaceAll('-', ' ').replaceAll('/', ' ').trim(),
    href: link(addressOf(ref)),
    kind: kindOf(ref),
  }));
}

async function titlesByRef(): Promise<ReadonlyMap<string, string>> {
  const { labs } = await readLabs();
  const { runbooks } = await readRunbooks();
  const { walkthroughs } = await readStatus();
  const docs = await getCollection('docs');
  return new Map([
    ...Object.entries(PAGES).map(([path, title]): [string, string] => [`page:${path}`, title]),
    ...docs.map(({ id, data }): [string, string] => [`page:/${id === 'index' ? '' : `${id}/`}`, data.title]),
    ...labs.map(({ id, title }): [string, string] => [`lab:${id}`, title]),
    ...runbooks.map(({ id, title }): [string, string] => [`runbook:${id}`, title]),
    ...walkthroughs.map(({ id, title }): [string, string] => [`walkthrough:${id}`, title]),
  ]);
}

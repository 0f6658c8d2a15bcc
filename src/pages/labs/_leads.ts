import { getCollection } from 'astro:content';
import type { Lead } from '#components/lab/lead.ts';
import { link } from '#components/status/link.ts';
import { addressOf, kindOf, nameOf } from '#learn/ref.ts';
import { readRunbooks } from '../runbooks/_data.ts';
import { readStatus } from '../status/_data.ts';
import { readLabs } from './_data.ts';

type Translate = App.Locals['t'];

/** Titles of pages that are no documents. */
const titlesOfPages = (t: Translate): Readonly<Record<string, string>> => ({
  '/': t('lab.lead.front'),
  '/status/': t('lab.lead.board'),
  '/status/incidents/': t('lab.lead.incidents'),
  '/status/blockers/': t('lab.lead.blockers'),
  '/status/migration/': t('lab.lead.migration'),
  '/status/legend/': t('lab.lead.legend'),
  '/pipelines/': t('lab.lead.pipelines'),
  '/pipelines/tasks/': t('lab.lead.tasks'),
  '/runbooks/': t('lab.lead.runbooks'),
  '/symptoms/': t('lab.lead.symptoms'),
  '/labs/': t('lab.lead.labs'),
  '/labs/differences/': t('lab.whatItDoesDifferently'),
  '/tracks/': t('lab.lead.tracks'),
  '/progress/': t('lab.lead.progress'),
  '/start/issues/': t('newcomers.issuesTitle'),
  '/start/onboard/': t('newcomers.onboardTitle'),
});

/** What a ref leads to, in a word. */
const wordsOfKinds = (t: Translate): Readonly<Record<string, string>> => ({
  lab: t('lab.kind.lab'),
  quiz: t('lab.kind.quiz'),
  track: t('lab.kind.track'),
  runbook: t('lab.kind.runbook'),
  walkthrough: t('lab.kind.walkthrough'),
  page: t('lab.kind.page'),
});

/** Where refs lead to, with titles; one whose title nobody knows is called by its name. */
export async function leadsOf(t: Translate, refs: readonly string[]): Promise<Lead[]> {
  const titles = await titlesByRef(t);
  const kinds = wordsOfKinds(t);
  return refs.map((ref) => ({
    title: titles.get(ref) ?? nameOf(ref).replaceAll('-', ' ').replaceAll('/', ' ').trim(),
    href: link(addressOf(ref)),
    kind: kinds[kindOf(ref)] ?? kindOf(ref),
  }));
}

async function titlesByRef(t: Translate): Promise<ReadonlyMap<string, string>> {
  const { labs } = await readLabs();
  const { runbooks } = await readRunbooks();
  const { walkthroughs } = await readStatus();
  const docs = await getCollection('docs');
  return new Map([
    ...Object.entries(titlesOfPages(t)).map(([path, title]): [string, string] => [`page:${path}`, title]),
    ...docs.map(({ id, data }): [string, string] => [`page:/${id === 'index' ? '' : `${id}/`}`, data.title]),
    ...labs.map(({ id, title }): [string, string] => [`lab:${id}`, title]),
    ...runbooks.map(({ id, title }): [string, string] => [`runbook:${id}`, title]),
    ...walkthroughs.map(({ id, title }): [string, string] => [`walkthrough:${id}`, title]),
  ]);
}

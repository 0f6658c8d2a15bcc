import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { readStrings } from '#host/strings.ts';

const { en = {}, ...others } = readStrings(new URL('../', import.meta.url));

/** What an entry is called, in every language that there is. */
function named(name: string): { label: string; translations: Record<string, string> } {
  const key = `sidebar.${name}`;
  const label = en[key];
  if (!label) throw new Error(`content/i18n/en/sidebar.json has no "${key}".`);
  const translations = Object.entries(others).flatMap(([language, strings]) =>
    strings[key] ? [[language, strings[key]]] : [],
  );
  return { label, translations: Object.fromEntries(translations) };
}

type Entry = string | { link: string } | { items: readonly Entry[] };

/** The table of contents beside every page. */
export const sidebar = [
  'start',
  {
    ...named('learn'),
    collapsed: true,
    items: [
      { ...named('tracks'), link: '/tracks/' },
      'start/what-is-bootc',
      'start/what-is-konflux',
      { ...named('labs'), link: '/labs/' },
      { ...named('whatIsPretended'), link: '/labs/differences/' },
      { ...named('yourProgress'), link: '/progress/' },
    ],
  },
  {
    ...named('takePart'),
    collapsed: true,
    items: [
      'start/first-merge-request',
      'start/access',
      'start/whom-to-ask',
      { ...named('issuesForNewcomers'), link: '/start/issues/' },
      { ...named('onboardingWizard'), link: '/start/onboard/' },
    ],
  },
  {
    ...named('status'),
    collapsed: true,
    items: [
      { ...named('board'), link: '/status/' },
      { ...named('incidents'), link: '/status/incidents/' },
      { ...named('blockers'), link: '/status/blockers/' },
      { ...named('sharedBase'), link: '/status/migration/' },
      { ...named('sources'), link: '/status/sources/' },
      { ...named('legend'), link: '/status/legend/' },
    ],
  },
  {
    ...named('pipelines'),
    collapsed: true,
    items: [
      { ...named('walkthroughs'), link: '/pipelines/' },
      { ...named('tasks'), link: '/pipelines/tasks/' },
    ],
  },
  {
    ...named('runbooks'),
    collapsed: true,
    items: [
      { ...named('allRunbooks'), link: '/runbooks/' },
      { ...named('findBySymptom'), link: '/symptoms/' },
      { ...named('cheatSheet'), link: '/cheat-sheet/' },
      'handbook/duty',
    ],
  },
  'handbook',
  {
    ...named('whyAndWho'),
    collapsed: true,
    items: [
      'handbook/why-bootc',
      'handbook/why-konflux',
      'handbook/initiative',
      'handbook/decisions',
      'handbook/open-questions',
      'handbook/systems',
      'handbook/family',
      'handbook/neighbours',
      'handbook/readiness',
    ],
  },
  {
    ...named('imagesAndReleases'),
    collapsed: true,
    items: ['handbook/what-we-watch', 'handbook/variants', 'handbook/releases', 'handbook/evidence'],
  },
  {
    ...named('konfluxAtWork'),
    collapsed: true,
    items: [
      'handbook/cluster',
      'handbook/platforms',
      'handbook/objects',
      'handbook/labels',
      'handbook/life-of-a-change',
      'handbook/pipelines',
      'handbook/multi-arch',
      'handbook/hermetic-builds',
      'handbook/testing',
      'handbook/bots',
      'handbook/archive',
      'handbook/konflux-docs',
    ],
  },
  {
    ...named('trustAndRelease'),
    collapsed: true,
    items: [
      'handbook/trust',
      'handbook/signatures-and-provenance',
      'handbook/sbom',
      'handbook/conforma',
      'handbook/release-and-promotion',
    ],
  },
  {
    ...named('reference'),
    collapsed: true,
    items: [
      { ...named('allReference'), link: '/handbook/reference/' },
      { ...named('objects'), link: '/handbook/reference/objects/' },
      { ...named('labelsAndAnnotations'), link: '/handbook/reference/labels/' },
      { ...named('tasksAndParameters'), link: '/handbook/reference/tasks/' },
      { ...named('statesAndCodes'), link: '/handbook/reference/states/' },
      { ...named('commands'), link: '/handbook/reference/commands/' },
      { ...named('publicData'), link: '/handbook/reference/data/' },
      { ...named('glossary'), link: '/glossary/' },
    ],
  },
  {
    ...named('thisSite'),
    collapsed: true,
    items: ['handbook/how-this-site-works', { ...named('offline'), link: '/offline/' }],
  },
  {
    ...named('contribute'),
    collapsed: true,
    items: [
      'contribute',
      'contribute/forms',
      'contribute/style',
      { ...named('editorsBoard'), link: '/contribute/board/' },
    ],
  },
] satisfies StarlightUserConfig['sidebar'];

const pathsOf = (entry: Entry): string[] => {
  if (typeof entry === 'string') return [`${entry}/`];
  return 'link' in entry ? [entry.link.replace(/^\//, '')] : entry.items.flatMap(pathsOf);
};

/** Paths of its pages below the base, in its order: `handbook/why-bootc/`. */
export const paths: readonly string[] = sidebar.flatMap(pathsOf);

import type { StarlightUserConfig } from '@astrojs/starlight/types';

/** The table of contents beside every page. */
export const sidebar: StarlightUserConfig['sidebar'] = [
  'start',
  {
    label: 'Learn',
    items: [
      { label: 'Tracks', link: '/tracks/' },
      'start/what-is-bootc',
      'start/what-is-konflux',
      { label: 'Labs', link: '/labs/' },
      { label: 'What is pretended', link: '/labs/differences/' },
      { label: 'Your progress', link: '/progress/' },
    ],
  },
  {
    label: 'Take part',
    items: [
      'start/first-merge-request',
      'start/access',
      'start/whom-to-ask',
      { label: 'Issues for newcomers', link: '/start/issues/' },
      { label: 'Onboarding wizard', link: '/start/onboard/' },
    ],
  },
  {
    label: 'Status',
    items: [
      { label: 'Board', link: '/status/' },
      { label: 'Incidents', link: '/status/incidents/' },
      { label: 'Blockers', link: '/status/blockers/' },
      { label: 'Shared base', link: '/status/migration/' },
      { label: 'Sources', link: '/status/sources/' },
      { label: 'Legend', link: '/status/legend/' },
    ],
  },
  {
    label: 'Pipelines',
    items: [
      { label: 'Walkthroughs', link: '/pipelines/' },
      { label: 'Tasks', link: '/pipelines/tasks/' },
    ],
  },
  {
    label: 'Runbooks',
    items: [
      { label: 'All runbooks', link: '/runbooks/' },
      { label: 'Find by symptom', link: '/symptoms/' },
      { label: 'Cheat sheet', link: '/cheat-sheet/' },
    ],
  },
  {
    label: 'Why and who',
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
    label: 'Images and releases',
    items: [
      'handbook/what-we-watch',
      'handbook/variants',
      'handbook/releases',
      'handbook/evidence',
      'handbook/duty',
    ],
  },
  {
    label: 'Konflux at work',
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
    ],
  },
  {
    label: 'Trust and release',
    items: [
      'handbook/trust',
      'handbook/signatures-and-provenance',
      'handbook/sbom',
      'handbook/conforma',
      'handbook/release-and-promotion',
    ],
  },
  {
    label: 'Reference',
    items: [
      { label: 'All reference', link: '/handbook/reference/' },
      { label: 'Objects', link: '/handbook/reference/objects/' },
      { label: 'Labels and annotations', link: '/handbook/reference/labels/' },
      { label: 'Tasks and parameters', link: '/handbook/reference/tasks/' },
      { label: 'States and codes', link: '/handbook/reference/states/' },
      { label: 'Commands', link: '/handbook/reference/commands/' },
      { label: 'Public data', link: '/handbook/reference/data/' },
      { label: 'Glossary', link: '/glossary/' },
    ],
  },
  {
    label: 'This site',
    items: ['handbook/how-this-site-works', { label: 'Offline', link: '/offline/' }],
  },
  {
    label: 'Contribute',
    items: ['contribute', 'contribute/forms', 'contribute/style', { label: 'Editors’ board', link: '/contribute/board/' }],
  },
];

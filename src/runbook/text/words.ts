import { RISK_WORDS } from '../export/filled.ts';
import type { Runbook, Step } from '../model.ts';

/** The words of runbooks for readers. */

export const KINDS: Record<Runbook['kind'], { one: string; many: string; about: string }> = {
  incident: {
    one: 'Incident',
    many: 'Something is broken',
    about: 'A build, an image or a service is not as it should be.',
  },
  task: { one: 'Task', many: 'Something is to be done', about: 'Nothing is broken; somebody wants something done.' },
  release: { one: 'Release', many: 'Releases and branching', about: 'What comes with the calendar of Fedora.' },
  maintenance: { one: 'Upkeep', many: 'Upkeep', about: 'What keeps builds going, done before anything breaks.' },
};

export const SEVERITIES: Record<Runbook['severity'], { word: string; order: number }> = {
  blocker: { word: 'stops a release', order: 0 },
  major: { word: 'major', order: 1 },
  minor: { word: 'minor', order: 2 },
  none: { word: 'no harm if it waits', order: 3 },
};

/** How a badge looks and what it says: `shape` and `bucket` are those of the status pages. */
export const RISKS: Record<Step['risk'], { word: string; shape: string; bucket: string; meaning: string }> = {
  read: { word: RISK_WORDS.read, shape: 'square', bucket: 'none', meaning: 'nothing is changed' },
  change: {
    word: RISK_WORDS.change,
    shape: 'half',
    bucket: 'attention',
    meaning: 'each such step says how to take it back, or why not',
  },
  destroy: {
    word: RISK_WORDS.destroy,
    shape: 'triangle-filled',
    bucket: 'bad',
    meaning: 'it deletes or overwrites',
  },
  'no-return': {
    word: RISK_WORDS['no-return'],
    shape: 'cross-square',
    bucket: 'bad',
    meaning: 'read the step before you run it',
  },
};

export const PLACE_WORDS: Record<Step['where'], string> = {
  laptop: 'on your own machine',
  clone: 'in a clone of the repository',
  cluster: 'signed in to the cluster',
  managed: 'signed in on the release side',
  browser: 'in a browser',
};

export const ROLE_WORDS: Record<Runbook['needs']['role'], string> = {
  none: 'No account on the cluster.',
  viewer: 'Signed in to the cluster as one who may read the tenant (viewer).',
  contributor: 'Signed in to the cluster as a contributor of the tenant.',
  maintainer: 'Signed in to the cluster as a maintainer of the tenant.',
  admin: 'Signed in to the cluster as an admin of the tenant.',
  managed: 'Signed in to the cluster with rights on the release side, which is another namespace than the tenant.',
};

export const COMPONENTS: Record<Runbook['component'], string> = {
  image: 'image',
  build: 'build',
  test: 'test',
  policy: 'policy',
  release: 'release',
  registry: 'registry',
  signature: 'signature',
  access: 'access',
  calendar: 'calendar',
  site: 'this site',
};

/** ` 1.28 or newer` for `>=1.28`; nothing where any version will do. */
export function atLeast(version: string): string {
  if (version === 'any') return '';
  const [, oldest] = /^>=\s*(.+)$/.exec(version) ?? [];
  return oldest === undefined ? ` ${version}` : ` ${oldest} or newer`;
}

/** `10 minutes` for `10m`. */
export function withinText(within: string): string {
  const count = Number.parseInt(within, 10);
  const unit = within.endsWith('h') ? 'hour' : 'minute';
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

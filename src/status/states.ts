/** Every headline a cell can have, in the order in which they are tried; the legend page is drawn from this table. */
export type Bucket = 'none' | 'no-signal' | 'bad' | 'attention' | 'ok';

export interface StateText {
  bucket: Bucket;
  /** What the cell says. */
  word: string;
  /** Name of the shape in src/components/Shape.astro. */
  shape: string;
  meaning: string;
  computed: string;
  next: string;
  todo: string;
}

export const STATES = {
  'not-planned': {
    bucket: 'none',
    word: 'not planned',
    shape: 'dash',
    meaning: 'Nobody intends to build this variant for this release.',
    computed: 'The target says `plan: not-planned`.',
    next: 'Nothing. The cell is folded away and not counted.',
    todo: 'To plan it, change its line in the targets file.',
  },
  exempt: {
    bucket: 'none',
    word: 'waived',
    shape: 'circle-slash',
    meaning: 'It is known to be broken, an issue says why, and until a date nobody is asked to look.',
    computed: 'The target carries an exemption with an issue link, and its last day has not passed.',
    next: 'When the date passes, the exemption ends by itself and the cell is judged like any other.',
    todo: 'Read the linked issue.',
  },
  retired: {
    bucket: 'none',
    word: 'retired',
    shape: 'square',
    meaning: 'This variant ended on a date that was decided.',
    computed: 'The target carries a retirement date that has passed.',
    next: 'Nothing. Old tags may stay in the registry.',
    todo: 'Move to another variant.',
  },
  eol: {
    bucket: 'none',
    word: 'end of life',
    shape: 'square-filled',
    meaning: 'The Fedora release has ended, so nothing is expected of its images.',
    computed: 'The last day of the release, as Bodhi or endoflife.date gives it, has passed, or Bodhi has archived it.',
    next: 'Nothing. The old tags stay and are not a fault.',
    todo: 'Rebase to a supported release.',
  },
  'unknown-never': {
    bucket: 'no-signal',
    word: 'not seen yet',
    shape: 'question',
    meaning:
      'We have never seen this image: it was not polled yet, or nothing was found and nobody has confirmed that it should exist.',
    computed: 'No poll of this target is on record; or nothing is published and the target is not confirmed.',
    next: 'The next refresh asks for it.',
    todo: 'Wait one refresh. If it stays, see the sources page.',
  },
  'unknown-source': {
    bucket: 'no-signal',
    word: 'no data',
    shape: 'question-ring',
    meaning:
      'The registry did not answer us, so that what we knew is too old to be trusted, or what the tag points at could not be read.',
    computed:
      'The last poll failed and the last good one is older than `dataMaxAge`; or the digest is known and its contents are not.',
    next: 'The first good answer brings the cell back.',
    todo: 'See the sources page. This is about our view, not about the image.',
  },
  'unknown-auth': {
    bucket: 'no-signal',
    word: 'access denied',
    shape: 'question',
    meaning: 'The registry refused to answer us, and we cannot tell whether the repository exists.',
    computed: 'The answer was 403, or 401 while nothing in its namespace answered.',
    next: 'The next refresh asks again.',
    todo: 'Make the repository public, or check its name in the targets file.',
  },
  'unknown-parse': {
    bucket: 'no-signal',
    word: 'unreadable',
    shape: 'question',
    meaning: 'The registry answered something that we do not understand.',
    computed: 'The last answer did not match its schema, broke a size limit, or had the wrong digest.',
    next: 'The next refresh asks again.',
    todo: 'Read the problem on the sources page and report it to this site.',
  },
  withdrawn: {
    bucket: 'bad',
    word: 'withdrawn',
    shape: 'cross-square',
    meaning: 'The tag was there, and is gone or no longer public.',
    computed:
      'We have seen the tag before; now it is absent from a readable repository, or the repository itself cannot be read.',
    next: 'It stays so until the tag returns or the target is retired.',
    todo: 'Find out who removed it; the tag history on the image page gives the last digest.',
  },
  missing: {
    bucket: 'bad',
    word: 'missing',
    shape: 'cross-outline',
    meaning: 'It is planned, we looked, and it was never published.',
    computed:
      'The repository answered and has no such tag; or the repository is missing or private while its neighbours answer.',
    next: 'The first push turns it fresh.',
    todo: 'Check that the component, its image repository and its release plan exist, and that the repository is public.',
  },
  'arch-missing': {
    bucket: 'bad',
    word: 'arch missing',
    shape: 'half',
    meaning: 'An image was published without one of its planned architectures.',
    computed:
      'An architecture that the target names is not in the index, or the registry says that its manifest is absent.',
    next: 'The next complete build repairs it.',
    todo: 'Find the build of that architecture and why it was left out.',
  },
  stale: {
    bucket: 'bad',
    word: 'stale',
    shape: 'triangle-filled',
    meaning: 'The image is older than its stale limit, outside a freeze.',
    computed: 'Age of the newest architecture is over `cadence.stale`.',
    next: 'A new image turns it fresh.',
    todo: 'Look for failed builds and for a promotion that did not happen.',
  },
  failing: {
    bucket: 'bad',
    word: 'failing',
    shape: 'cross',
    meaning: 'Three or more attempts in a row failed since the last good build.',
    computed: 'The newest attempts, counted back to the last success. Needs the Konflux API.',
    next: 'One good build ends it.',
    todo: 'Open the failed task of the last attempt.',
  },
  'trust-failed': {
    bucket: 'bad',
    word: 'signature invalid',
    shape: 'shield-cross',
    meaning: 'A signature or attestation was checked and is wrong.',
    computed:
      'It is by none of the keys that the targets file names for the image, or it is about another digest. Without a key only the digest is compared.',
    next: 'It stays until a correctly signed image is published.',
    todo: 'Do not use the image. Report it to the people who publish it.',
  },
  freeze: {
    bucket: 'attention',
    word: 'freeze',
    shape: 'pause',
    meaning: 'The image is old because a declared freeze holds new ones back.',
    computed: 'Age is over `cadence.stale` and now lies within a freeze window of the target.',
    next: 'When the window ends, the cell is judged by age again.',
    todo: 'Nothing, unless the freeze should have ended.',
  },
  'failing-fresh': {
    bucket: 'attention',
    word: 'last try failed',
    shape: 'triangle-down',
    meaning: 'The newest attempts failed, but the published image is still young enough.',
    computed: 'One or two failed attempts since the last success. Needs the Konflux API.',
    next: 'A good build ends it; a third failure makes it failing.',
    todo: 'Look at the failed task; retry if it was the platform.',
  },
  skewed: {
    bucket: 'attention',
    word: 'arches differ',
    shape: 'half-outline',
    meaning: 'One architecture is much older than its newest sibling.',
    computed: 'The difference in build date is over one expected cadence.',
    next: 'The next complete build repairs it.',
    todo: 'See which architecture lags on the image page.',
  },
  unpromoted: {
    bucket: 'attention',
    word: 'not promoted',
    shape: 'promote',
    meaning: 'A newer image waits in development while production is behind.',
    computed: 'This image is newer than its counterpart by more than `promotion.budget`.',
    next: 'A promotion ends it.',
    todo: 'Find out what holds the promotion back.',
  },
  aging: {
    bucket: 'attention',
    word: 'aging',
    shape: 'triangle',
    meaning: 'The image is older than it should be, but not yet stale.',
    computed: 'Age is over `cadence.fresh` and not over `cadence.stale`.',
    next: 'A new image turns it fresh; without one it becomes stale.',
    todo: 'See whether a build is on its way.',
  },
  untrusted: {
    bucket: 'attention',
    word: 'trust data missing',
    shape: 'shield',
    meaning: 'A signature, attestation or SBOM that the target expects was not found.',
    computed:
      'The target lists it under `expect`, and neither a tag nor a referrer of that kind is there. It may have been pruned.',
    next: 'The next signed image ends it.',
    todo: 'Check that signing worked for the build of this digest.',
  },
  flaky: {
    bucket: 'attention',
    word: 'flaky',
    shape: 'wave',
    meaning: 'It is good now, but the outcome changes too often.',
    computed: 'At least 0.3 changes of outcome a build over the newest 20 attempts. Needs the Konflux API.',
    next: 'It ends when builds settle.',
    todo: 'Compare the failed attempts: same task, same architecture?',
  },
  fresh: {
    bucket: 'ok',
    word: 'fresh',
    shape: 'dot',
    meaning: 'The newest image is young enough, complete, and nothing is known against it.',
    computed: 'None of the rules above matched.',
    next: 'Without a new image it starts aging at the time shown.',
    todo: 'Nothing.',
  },
} as const satisfies Record<string, StateText>;

export type State = keyof typeof STATES;

/** Codes in the order of precedence. */
export const STATE_CODES = Object.keys(STATES) as [State, ...State[]];

/** The bucket that a headline belongs to. */
export function bucketOf(state: State): Bucket {
  return STATES[state].bucket;
}

import { Signature } from '#status/attachment.ts';
import {
  ARCHES,
  type Arch,
  type ArchImage,
  type Facets,
  type Image,
  type Snapshot,
  type Verdict,
} from '#status/model.ts';
import { Sbom } from '#status/sbom.ts';
import { bucketOf, STATE_CODES, type State } from '#status/states.ts';
import type { Target } from '#status/targets.ts';
import { iso } from '#status/time.ts';

/** The moment at which all built snapshots were taken. */
export const NOW = '2026-11-21T14:07:00.000Z';

const HOUR_MS = 3_600_000;
const REASONS: Partial<Record<State, string>> = {
  exempt: 'Waived until 2027-01-12: https://issues.example/123',
  eol: 'End of life since 2026-05-27, last image 2026-05-26.',
  'unknown-never': 'Not polled yet.',
  'unknown-source': 'No data for 9 h; what is shown was last known.',
  withdrawn: 'The tag is gone; last seen 2026-11-20.',
  missing: 'Never published.',
  'arch-missing': 's390x not in the index.',
  stale: '6 d old; stale over 72 h.',
  failing: '7 attempts failed, for at least 3 d.',
  freeze: '9 d old in a freeze until 2026-11-24: release of Fedora 45',
  'failing-fresh': '14 h old; the last attempt failed.',
  skewed: 's390x is 3 d older than the newest arch.',
  unpromoted: 'production/coreos/stable is 4 d behind.',
  aging: '40 h old; fresh up to 36 h.',
  untrusted: 'No sbom found.',
  flaky: 'Good now, but 35 % of attempts changed the outcome.',
  fresh: '8 h old.',
};
const AGES: Partial<Record<State, number>> = {
  stale: 150,
  aging: 40,
  freeze: 216,
  eol: 4_300,
  retired: 9_000,
  failing: 80,
};
const NEVER: readonly State[] = ['missing', 'unknown-never', 'unknown-auth', 'unknown-parse', 'not-planned'];

/** An instant so many hours before NOW. */
export function hoursAgo(hours: number): string {
  return iso(Date.parse(NOW) - hours * HOUR_MS);
}

/** A digest that depends on a text only. */
export function digest(text: string): string {
  let state = 7;
  const hex = [...`${text}${'.'.repeat(64)}`].slice(0, 64).map((letter, index) => {
    state = (state * 31 + letter.charCodeAt(0) + index * text.length) % 9_973;
    return (state % 16).toString(16);
  });
  return `sha256:${hex.join('')}`;
}

/** A signature in a state. */
export function signature(state: Signature['state'], change: Partial<Signature> = {}): Signature {
  return Signature.parse({ state, digest: null, ...change });
}

/** A target for an id `channel/variant/release`. */
export function target(id: string, change: Partial<Target> = {}): Target {
  const [channel = '', variant = '', release = ''] = id.split('/');
  return {
    id,
    channel: channel as Target['channel'],
    variant,
    release,
    registry: 'https://registry.example',
    api: null,
    repository: `team/${variant}-${release}`,
    tag: 'latest',
    arches: [...ARCHES],
    cadence: { expectMs: 24 * HOUR_MS, freshMs: 36 * HOUR_MS, staleMs: 72 * HOUR_MS },
    konflux: null,
    parity: null,
    expect: [],
    keys: [],
    scheme: [],
    plan: 'planned',
    confirmed: true,
    why: null,
    freeze: [],
    promotionBudgetMs: null,
    dataMaxAgeMs: 8 * HOUR_MS,
    row: 0,
    ...change,
  };
}

/** A verdict of a state with facets that fit it. */
export function verdict(state: State, createdAt: string | null = hoursAgo(5), change: Partial<Facets> = {}): Verdict {
  const published = !NEVER.includes(state) && state !== 'withdrawn';
  const unknown = bucketOf(state) === 'no-signal';
  const agingAt = createdAt ? iso(Date.parse(createdAt) + 36 * HOUR_MS) : null;
  const staleAt = createdAt ? iso(Date.parse(createdAt) + 72 * HOUR_MS) : null;
  const facets: Facets = {
    plan: {
      value: state === 'exempt' || state === 'retired' || state === 'not-planned' ? state : 'planned',
      confirmed: true,
      ...(state === 'exempt' ? { until: '2027-01-12T00:00:00.000Z', issue: 'https://issues.example/123' } : {}),
    },
    lifecycle: { value: state === 'eol' ? 'eol' : 'supported', eolAt: null },
    publish: { value: state === 'withdrawn' ? 'withdrawn' : unknown ? 'unknown' : published ? 'present' : 'absent' },
    complete: {
      value: state === 'arch-missing' ? 'missing' : state === 'skewed' ? 'skewed' : published ? 'all' : 'unknown',
      arches: state === 'arch-missing' || state === 'skewed' ? ['s390x'] : [],
    },
    fresh: {
      value:
        state === 'stale' || state === 'freeze'
          ? 'stale'
          : state === 'aging'
            ? 'aging'
            : published
              ? 'fresh'
              : 'unknown',
      agingAt,
      staleAt,
    },
    attempt: {
      value: state === 'failing' || state === 'failing-fresh' ? 'failed' : 'none',
      failures: state === 'failing' ? 7 : state === 'failing-fresh' ? 1 : 0,
      since: null,
    },
    promotion: {
      value: state === 'unpromoted' ? 'behind' : 'n/a',
      differenceMs: state === 'unpromoted' ? 96 * HOUR_MS : null,
    },
    trust: {
      value: state === 'trust-failed' ? 'failed' : state === 'untrusted' ? 'absent' : 'not-checked',
      absent: state === 'untrusted' ? ['sbom'] : [],
    },
    confidence: {
      value: state === 'unknown-source' ? 'last-known' : unknown ? 'unknown' : 'observed',
      why: unknown ? 'The registry did not answer.' : null,
    },
    ...change,
  };
  return {
    state,
    bucket: bucketOf(state),
    reason: REASONS[state] ?? `Reason of ${state}.`,
    since: hoursAgo(6),
    sinceIsLowerBound: state === 'failing',
    nextTransitionAt: state === 'fresh' ? agingAt : null,
    facets,
  };
}

function archImage(id: string, arch: Arch, state: State, createdAt: string | null): ArchImage {
  const absent = createdAt === null || (state === 'arch-missing' && arch === 's390x');
  const lags = state === 'skewed' && arch === 's390x';
  const own: State = state === 'skewed' || state === 'arch-missing' ? (absent || lags ? state : 'fresh') : state;
  return {
    arch,
    digest: absent ? null : digest(`${id}${arch}`),
    size: absent ? null : 900_000_000 + arch.length * 7_654_321,
    createdAt: absent ? null : lags ? hoursAgo(80) : createdAt,
    verdict: verdict(own, absent ? null : createdAt),
  };
}

/** An image in a state. */
export function image(id: string, state: State = 'fresh', change: Partial<Image> = {}): Image {
  const { channel, variant, release, registry, repository, tag } = target(id);
  const createdAt = NEVER.includes(state) ? null : hoursAgo(AGES[state] ?? 5 + (id.length % 7) * 3);
  const known = createdAt === null ? null : digest(id);
  const gone = state === 'withdrawn';
  return {
    ...{ id, channel, variant, release, registry, repository, tag },
    digest: gone ? null : known,
    createdAt: gone ? null : createdAt,
    taggedAt: gone ? null : createdAt,
    checkedAt: state === 'unknown-source' ? hoursAgo(9) : state.startsWith('unknown') ? null : hoursAgo(0.2),
    version: known ? release : null,
    composeId: null,
    platforms: null,
    alsoTagged: null,
    labels: known ? { 'org.opencontainers.image.version': release, 'containers.bootc': '1' } : {},
    verdict: verdict(state, gone ? null : createdAt),
    arches: ARCHES.map((arch) => archImage(id, arch, state, gone ? null : createdAt)),
    signature: known ? signature('present-unverified', { digest: digest(`${id}.sig`) }) : null,
    provenance: null,
    sbom: known ? Sbom.parse({ state: 'absent', digest: null }) : null,
    ...{ vulnerabilities: null, build: null, tests: null, promotion: null, parity: null },
    ...{ lineage: null, changes: [] },
    history: known && createdAt ? [{ digest: known, from: createdAt, to: gone ? hoursAgo(6) : null }] : [],
    lastSeen: known ? { digest: known, at: hoursAgo(gone ? 7 : 0.2) } : null,
    lastPoll: { at: hoursAgo(0.2), outcome: state === 'unknown-source' ? 'failed' : 'ok', by: {} },
    ...{ absentSince: null, scannedAt: hoursAgo(0.2), repositoryModifiedAt: null, attempts: [], counterpart: null },
    ...change,
  };
}

const RELEASES: Snapshot['releases'] = [
  { id: 'rawhide', name: 'Rawhide', state: 'rawhide', eolAt: null },
  { id: '45', name: 'Fedora 45', state: 'supported', eolAt: null },
  { id: '44', name: 'Fedora 44', state: 'supported', eolAt: '2027-06-02' },
  { id: '43', name: 'Fedora 43', state: 'eol-soon', eolAt: '2026-12-09' },
  { id: '42', name: 'Fedora 42', state: 'eol', eolAt: '2026-05-27' },
];

/** A snapshot of the images given. */
export function snapshot(images: Image[], change: Partial<Snapshot> = {}): Snapshot {
  return {
    schema: 1,
    generatedAt: NOW,
    judgedAt: NOW,
    mode: 'live',
    dataMaxAge: '8h',
    refreshEvery: '30m',
    sources: [
      {
        ...{ id: 'quay', state: 'ok', checkedAt: NOW, requests: 12, problems: 0, bytes: 34_567 },
        ...{ lastGoodAt: NOW, lastFailureAt: null },
      },
      {
        ...{ id: 'konflux', state: 'skipped', checkedAt: null, requests: 0, problems: 0, bytes: 0 },
        ...{ lastGoodAt: null, lastFailureAt: null },
      },
    ],
    releases: RELEASES,
    images,
    ...{ composes: [], streams: [], blockers: [], pipelines: [], clusterKey: null },
    problems: [],
    ...change,
  };
}

/** One image for every state there is, `development/<state>/44`. */
export function everyState(): Image[] {
  return STATE_CODES.map((state) => image(`development/${state}/44`, state));
}

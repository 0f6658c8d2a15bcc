import { expect, test } from 'vitest';
import { areOfOneLine, type Compose, composeName, newestFirst } from '#status/compose.ts';
import type { Snapshot } from '#status/model.ts';
import { composeText, holdAgainst, streamText, wentText } from '#status/text/compose.ts';
import { hoursAgo, image, NOW, snapshot } from '../../support/snapshot.ts';

const NOW_MS = Date.parse(NOW);
const ID = 'development/standard/45';

test.for([
  ['Fedora-45-20260903.n.0', { release: '45', kind: 'main', day: '2026-09-03', respin: 0 }],
  ['Fedora-Rawhide-20260709.n.12', { release: 'rawhide', kind: 'main', day: '2026-07-09', respin: 12 }],
  ['Fedora-44-updates-20260504.0', { release: '44', kind: 'updates', day: '2026-05-04', respin: 0 }],
  ['Fedora-eln-20260727.n.1', { release: 'eln', kind: 'eln', day: '2026-07-27', respin: 1 }],
  ['Fedora-IoT-45-20261120.0', { release: '45', kind: 'iot', day: '2026-11-20', respin: 0 }],
  ['Fedora-44-updates-testing-20260504.0', null],
  ['Fedora-Cloud-44-20260504.0', null],
  ['Fedora-45-20261399.n.0', null],
  ['Fedora-IoT-45-updates-20261120.0', null],
  ['Fedora-sample-20261120.n.0', null],
  [`Fedora-45-20260903.${'n'.repeat(200)}.0`, null],
  ['latest-Fedora-45', null],
  ['', null],
] as const)('reads the id %s', ([id, expected]) => {
  expect(composeName(id)).toEqual(expected);
});

test('orders by day, then by respin as a number, and only within a release and a kind', () => {
  const names = ['20261119.n.9', '20261120.n.2', '20261120.n.10'].map((end) => `Fedora-45-${end}`);
  const parsed = names.flatMap((id) => composeName(id) ?? []);
  expect(parsed.toSorted(newestFirst).map(({ respin }) => respin)).toEqual([10, 2, 9]);
  const [main] = parsed;
  const updates = composeName('Fedora-45-updates-20261121.0');
  expect(main && updates && areOfOneLine(main, updates)).toBe(false);
});

/** A compose that got into its state so many hours ago. */
function compose(id: string, state: Compose['state'], hours: number | null): Compose {
  const name = composeName(id);
  if (!name) throw new Error(`${id} is no compose`);
  const at = `${name.day}T00:00:00.000Z`;
  const stateAt = hours === null ? null : hoursAgo(hours);
  return {
    release: name.release,
    kind: name.kind,
    id,
    at,
    state,
    stateAt,
    checkedAt: NOW,
    url: 'https://example.org/',
  };
}

const OWN = 'Fedora-45-updates-20261119.0';
const NEXT = 'Fedora-45-updates-20261120.0';
const LAST = 'Fedora-45-updates-20261121.0';
const own = compose(OWN, 'finished', 40);

function said(composes: Compose[], composeId: string | null = OWN, change: Partial<Snapshot> = {}): string {
  return composeText(image(ID, 'fresh', { composeId }), snapshot([], { composes, ...change }));
}

test('a late image, a failed compose, a running one and one that is due are four sentences', () => {
  expect(said([own])).toBe(`Built from ${OWN}, the newest compose of Fedora 45 (updates): it finished 40 h ago.`);
  expect(said([own, compose(NEXT, 'finished', 5)])).toBe(
    `Built from ${OWN}. ${NEXT} finished 5 h ago; an image from it is expected within 24 h.`,
  );
  expect(said([own, compose(NEXT, 'finished', 30)])).toContain(`The image is late: ${NEXT} finished 30 h ago`);
  expect(said([own, compose(NEXT, 'failed', 3)])).toBe(
    `Built from ${OWN}, the newest compose of Fedora 45 (updates) that has finished. The newest compose failed: ${NEXT} failed 3 h ago. No image can be built from it.`,
  );
  expect(said([own, compose(NEXT, 'running', 2)])).toContain(`${NEXT} has been running for 2 h.`);
  expect(said([own, compose(NEXT, 'incomplete', 5)])).toContain('finished without some of its parts 5 h ago');
});

test('an image can be late while the newest compose failed: both are said', () => {
  const text = said([own, compose(NEXT, 'finished', 30), compose(LAST, 'failed', 2)]);
  expect(text).toContain('The image is late');
  expect(text).toContain(`The newest compose failed: ${LAST} failed 2 h ago.`);
});

test('how late is told by the one that has been waiting longest, and by the days between', () => {
  const old = 'Fedora-45-updates-20261112.0';
  const composes = [compose(LAST, 'finished', 2), compose(NEXT, 'finished', 26)];
  expect(holdAgainst(old, composes, NOW_MS).standing).toMatchObject({ is: 'late', next: { id: NEXT } });
  expect(said(composes, old)).toContain(`${LAST}, is 9 days younger than its own.`);
});

test('composes that were listed long ago say so', () => {
  const listed = (hours: number) => said([{ ...own, checkedAt: hoursAgo(hours) }]);
  expect(listed(30)).toBe(
    `Built from ${OWN}, the newest compose of Fedora 45 (updates): it finished 40 h ago. That is as of 30 h ago: newer composes are not known.`,
  );
  expect(listed(1)).not.toContain('as of');
});

test('composes of another kind or release are never compared with it', () => {
  const others = [
    compose('Fedora-45-20261121.n.0', 'finished', 30),
    compose('Fedora-44-updates-20261121.0', 'finished', 30),
  ];
  expect(holdAgainst(OWN, others, NOW_MS).standing).toEqual({ is: 'unknown' });
  expect(said(others)).toContain('is not known: no source told us.');
});

test('nothing is guessed where a state, an id or an answer is missing', () => {
  expect(holdAgainst(OWN, [compose(NEXT, 'unknown', null)], NOW_MS).standing).toEqual({ is: 'unknown' });
  expect(said([compose(NEXT, 'unknown', null)])).toBe(
    `Built from ${OWN}. The newest compose: ${NEXT} is in a state that we do not know.`,
  );
  expect(said([own], 'Fedora\u202e-x')).toBe(
    'Built from Fedora⟨U+202E⟩-x. This is no name of a compose that we know, so it is compared with none.',
  );
  expect(said([own], null)).toContain('no tag names one, and no attestation of it was read');
  expect(wentText({ ...own, stateAt: null }, NOW_MS)).toBe('finished');
  expect(wentText(compose(NEXT, 'running', null), NOW_MS)).toBe('is running');
});

test('a compose without a date of its end is late by the day in its id', () => {
  const undated = compose('Fedora-45-updates-20261120.0', 'finished', null);
  expect(holdAgainst(OWN, [undated], NOW_MS).standing.is).toBe('late');
});

test('a stream tells its version, the arches that lag, and whether the image is that version', () => {
  const stream = {
    stream: 'stable',
    version: '44.20261116.3.1',
    updatedAt: hoursAgo(100),
    arches: { x86_64: '44.20261116.3.1', s390x: '44.20261101.3.0' },
  };
  const coreos = image('production/coreos/stable', 'fresh', { alsoTagged: ['44.20261116.3.1'] });
  const text = streamText(coreos, snapshot([], { streams: [stream] }));
  expect(text).toBe(
    'The stream stable is at 44.20261116.3.1, as of 4 d ago, but for s390x at 44.20261101.3.0. This image is that version.',
  );
  expect(streamText({ ...coreos, release: 'rawhide' }, snapshot([], { streams: [stream] }))).toBeNull();
  expect(streamText(image(ID), snapshot([], { streams: [stream] }))).toBeNull();
});

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { patientClock } from '#host/clock.ts';
import { simulate } from '#sim/index.ts';
import { clients } from '#sources/clients.ts';
import { kojipkgs } from '#sources/composes/kojipkgs.ts';
import { streams } from '#sources/composes/streams.ts';
import { inMemory } from '#sources/content.ts';
import { examine } from '#sources/doctor/examine.ts';
import { http } from '#sources/http.ts';
import { memoryShelf, records } from '#sources/records.ts';
import { expand } from '#status/targets.ts';
import type { World } from '#world/model.ts';
import { type Asked, collectWorld, REPOSITORIES, smallWorld } from '../../../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SERVICES = {
  compose: { api: 'https://kojipkgs.fedoraproject.org/compose' },
  streams: { api: 'https://builds.coreos.fedoraproject.org' },
};
const RUNS = `
    - { in: updates, id: "Fedora-45-updates-{date}.0", at: -10h, every: 24h, count: 6, took: 1h }
    - { in: branched, id: "Fedora-45-{date}.n.0", at: -13h, every: 24h, count: 3 }
    - { in: iot, id: "Fedora-IoT-45-{date}.0", at: -12h, every: 24h, count: 3, took: 2h }
    - { in: iot, id: "Fedora-IoT-44-{date}.0", at: -12h, every: 24h, count: 3, took: 2h }`;
const COREOS = `
    - channel: production
      variant: coreos
      release: [stable, rawhide]
      repository: fedora/fedora-coreos
      tag: "{release}"
      arches: [x86_64]
      cadence: { expect: 14d, fresh: 17d, stale: 21d }`;

function worldOf(runs = '', more = '', streamed = ''): World {
  const world = smallWorld(
    `${REPOSITORIES}  - { repository: fedora/fedora-coreos, tags: { stable: [-4d], rawhide: [-4d] } }\ncomposes:\n  runs:${RUNS}${runs}\n  streams:\n    - { stream: stable, version: "44.{date}.3.1", at: -4d, behind: { s390x: "44.20261101.3.0" } }${streamed}\n${more}`,
    COREOS,
  );
  return { ...world, watch: { ...world.watch, services: { ...world.watch.services, ...SERVICES } } };
}

async function ask(world: World, asked: Asked = {}) {
  const { collected, requests } = await collectWorld(world, asked);
  if (!collected.hasAnswer) throw new Error('no source has answered');
  const { snapshot } = collected;
  const toComposes = requests.filter((request) => /kojipkgs|builds\.coreos/.test(request));
  const states = snapshot.composes.map(({ id, state }) => `${id} ${state}`);
  const source = snapshot.sources.find(({ id }) => id === 'compose');
  return { snapshot, toComposes, states, source };
}

test('finds the newest composes of each watched release and kind, with how and when each ended', async () => {
  const { snapshot, states, toComposes, source } = await ask(worldOf());
  expect(states).toEqual([
    'Fedora-45-20261120.n.0 finished',
    'Fedora-45-20261119.n.0 finished',
    'Fedora-45-updates-20261120.0 finished',
    'Fedora-45-updates-20261119.0 finished',
    'Fedora-IoT-45-20261120.0 finished',
    'Fedora-IoT-45-20261119.0 finished',
  ]);
  expect(snapshot.composes[2]).toMatchObject({
    kind: 'updates',
    at: '2026-11-20T00:00:00.000Z',
    stateAt: '2026-11-20T05:07:00.000Z',
    url: 'https://kojipkgs.fedoraproject.org/compose/updates/Fedora-45-updates-20261120.0/',
  });
  // Three lists, two states a line, one stream.
  expect(toComposes).toHaveLength(3 + 6 + 1);
  expect(source).toMatchObject({ state: 'ok', problems: 0 });
  expect(source?.bytes).toBeLessThan(20_000);
});

test('a finished compose is not asked about again, a running one is, and nothing within a quarter of an hour', async () => {
  const world = worldOf('\n    - { in: updates, id: "Fedora-45-updates-{date}.1", at: -20m, took: 1h, ended: DOOMED }');
  const shelf = records(memoryShelf());
  const first = await ask(world, { records: shelf });
  expect(first.states).toContain('Fedora-45-updates-20261120.1 running');
  const soon = await ask(world, { records: shelf, previous: first.snapshot, afterMs: 5 * MINUTE_MS });
  expect(soon.toComposes).toEqual(['GET https://builds.coreos.fedoraproject.org/streams/stable.json']);
  expect(soon.snapshot.composes).toEqual(first.snapshot.composes);
  const later = await ask(world, { records: shelf, previous: first.snapshot, afterMs: HOUR_MS });
  expect(later.states).toContain('Fedora-45-updates-20261120.1 failed');
  expect(later.toComposes.filter((request) => request.endsWith('/STATUS'))).toEqual([
    'GET https://kojipkgs.fedoraproject.org/compose/updates/Fedora-45-updates-20261120.1/STATUS',
  ]);
});

test('where a directory has no list, the link to its newest compose is followed', async () => {
  const world = worldOf('', 'faults:\n  - { source: compose, path: /iot/, kind: 403, times: 1 }\n');
  const { states, source, toComposes } = await ask(world);
  expect(states).toContain('Fedora-IoT-45-20261120.0 finished');
  expect(toComposes).toContain('GET https://kojipkgs.fedoraproject.org/compose/iot/latest-Fedora-IoT-45/COMPOSE_ID');
  expect(source?.state).toBe('ok');
});

test.for(['refuse', 'html', 'broken-json', 'huge-body', 'redirect', 503, 404] as const)(
  'keeps what was known where kojipkgs answers with %s',
  async (kind) => {
    const known = await ask(worldOf());
    const where = kind === 'redirect' ? ', location: "https://example.org/"' : '';
    const world = worldOf('', `faults:\n  - { source: compose, kind: ${kind}${where} }\n`);
    const { snapshot, toComposes } = await ask(world, { previous: known.snapshot, afterMs: HOUR_MS });
    expect(snapshot.streams).toEqual(known.snapshot.streams);
    // A page of HTML without links to composes is an empty list, not a failure.
    if (kind !== 'html' && kind !== 'broken-json') {
      expect(snapshot.composes).toEqual(known.snapshot.composes);
      expect(snapshot.problems.some(({ source }) => source === 'compose')).toBe(true);
    }
    expect(toComposes.length).toBeLessThan(60);
  },
);

test.for([
  ['a word that we do not know', 'html', 'unreadable'],
  ['not for us', 403, 'denied'],
] as const)('a compose whose state is %s costs no other compose its state', async ([, fault, kind]) => {
  const known = await ask(worldOf(), { afterMs: -24 * HOUR_MS });
  const strange = 'Fedora-45-updates-20261120.0';
  const world = worldOf('', `faults:\n  - { source: compose, path: /${strange}/, kind: ${fault} }\n`);
  const { snapshot, states, source } = await ask(world, { previous: known.snapshot });
  expect(states.filter((one) => one.includes('-updates-'))).toEqual([
    `${strange} unknown`,
    'Fedora-45-updates-20261119.0 finished',
  ]);
  expect(snapshot.problems.filter((one) => one.source === 'compose')).toMatchObject([
    { kind, message: expect.stringContaining(strange) },
  ]);
  expect(source?.problems).toBe(1);
  const later = await ask(worldOf(), { previous: snapshot, afterMs: HOUR_MS });
  expect(later.states).toContain(`${strange} finished`);
});

test('a stream that did not change is not sent again, and one that was forgotten is', async () => {
  const shelf = records(memoryShelf());
  const first = await ask(worldOf(), { records: shelf });
  expect(first.snapshot.streams).toEqual([
    {
      stream: 'stable',
      version: '44.20261116.3.1',
      updatedAt: '2026-11-16T14:07:00Z',
      arches: {
        aarch64: '44.20261116.3.1',
        ppc64le: '44.20261116.3.1',
        s390x: '44.20261101.3.0',
        x86_64: '44.20261116.3.1',
      },
    },
  ]);
  const only = new Set(['compose'] as const);
  const again = await ask(worldOf(), { records: shelf, previous: first.snapshot, afterMs: MINUTE_MS, only });
  expect(again.snapshot.streams).toEqual(first.snapshot.streams);
  expect(again.source?.bytes).toBe(0);
  const forgotten = { ...first.snapshot, streams: [] };
  const anew = await ask(worldOf(), { records: shelf, previous: forgotten, afterMs: MINUTE_MS, only });
  expect(anew.snapshot.streams).toEqual(first.snapshot.streams);
});

test('a stream that was read and never got into a snapshot is read again', async () => {
  const shelf = records(memoryShelf());
  const first = await ask(worldOf(), { records: shelf });
  const older = first.snapshot.streams.map((stream) => ({ ...stream, version: '44.20261101.3.0' }));
  const only = new Set(['compose'] as const);
  const previous = { ...first.snapshot, streams: older };
  const again = await ask(worldOf(), { records: shelf, previous, afterMs: MINUTE_MS, only });
  expect(again.snapshot.streams).toEqual(first.snapshot.streams);
});

test('development streams, which publish no metadata, are not asked for', async () => {
  const { toComposes } = await ask(worldOf());
  expect(toComposes.filter((request) => request.includes('rawhide.json'))).toEqual([]);
});

test('nothing is asked where the targets file does not name the services', async () => {
  const { toComposes, source } = await ask(smallWorld());
  expect(toComposes).toEqual([]);
  expect(source?.state).toBe('skipped');
});

function clientOf(answer: () => Response) {
  return http({ fetch: async () => answer(), clock: patientClock(0, 50), random: () => 0.5 });
}

test('of a listing only names of composes are taken, each once', async () => {
  const page = `<a href="?C=M;O=A">Last modified</a> <a href="Fedora-45-20261120.n.0/">x</a>
    <a href="./Fedora-45-20261120.n.0/">x</a> <a href="../../../etc/passwd">x</a> <a href="Fedora-45-20261120.n.0/../evil/">x</a>
    <a href="https://example.org/Fedora-45-20261121.n.0/">x</a> <a href="latest-Fedora-45/">x</a> <A HREF='Fedora-45-1/'>`;
  const list = kojipkgs(
    clientOf(() => new Response(page)),
    'https://kojipkgs.example/compose/',
  ).list('branched');
  expect(await list).toEqual(['Fedora-45-20261120.n.0']);
});

test.for([
  ['FINISHED\n', 'finished'],
  ['FINISHED_INCOMPLETE\n', 'incomplete'],
  ['DOOMED', 'failed'],
  ['TERMINATED', 'failed'],
  ['STARTED\n', 'running'],
] as const)('STATUS %s is %s', async ([word, state]) => {
  const headers = { 'last-modified': 'Fri, 20 Nov 2026 05:07:00 GMT' };
  const reader = kojipkgs(
    clientOf(() => new Response(word, { headers })),
    'https://kojipkgs.example/compose',
  );
  expect(await reader.status('branched', 'Fedora-45-20261120.n.0')).toEqual({
    state,
    stateAt: '2026-11-20T05:07:00.000Z',
  });
});

test('a date that no snapshot can hold is none', async () => {
  const headers = { 'last-modified': 'Fri, 20 Nov 20260 05:07:00 GMT' };
  const reader = kojipkgs(
    clientOf(() => new Response('FINISHED', { headers })),
    'https://kojipkgs.example/compose',
  );
  expect(await reader.status('branched', 'Fedora-45-20261120.n.0')).toEqual({ state: 'finished', stateAt: null });
});

test('a status that we do not know, or no name of a compose, is unreadable; a missing status is unknown', async () => {
  const reader = (answer: Response) =>
    kojipkgs(
      clientOf(() => answer.clone()),
      'https://kojipkgs.example/compose',
    );
  const id = 'Fedora-45-20261120.n.0';
  await expect(reader(new Response('<html>')).status('branched', id)).rejects.toMatchObject({ kind: 'unreadable' });
  await expect(reader(new Response('../../x')).latest('branched', 'latest-Fedora-45')).rejects.toMatchObject({
    kind: 'unreadable',
  });
  expect(await reader(new Response('', { status: 404 })).status('branched', id)).toEqual({
    state: 'unknown',
    stateAt: null,
  });
});

test('a published stream is read: one version for all arches, and when it was changed', async (context) => {
  const path = new URL('../../../../../shared/data/fedora/misc/fcos-stream-stable.json', import.meta.url);
  if (!existsSync(path)) context.skip('the recorded stream is not beside this checkout');
  const body = readFileSync(path);
  const answer = () => new Response(body, { headers: { etag: '"abc"' } });
  const got = await streams(clientOf(answer), 'https://builds.example').read('stable', null);
  expect(got).toEqual({
    stream: {
      stream: 'stable',
      version: '44.20260707.3.1',
      updatedAt: '2026-07-21T14:07:12Z',
      arches: Object.fromEntries(['aarch64', 'ppc64le', 's390x', 'x86_64'].map((arch) => [arch, '44.20260707.3.1'])),
    },
    validators: { etag: '"abc"', modified: null },
  });
});

test.for([
  ['no JSON', '<html>', 200, 'unreadable'],
  ['another shape', '{"architectures":[]}', 200, 'unreadable'],
  ['what is not there', '<Error/>', 403, 'denied'],
] as const)('%s in place of a stream is a problem', async ([, body, status, kind]) => {
  const read = streams(
    clientOf(() => new Response(body, { status })),
    'https://builds.example',
  ).read('stable', null);
  await expect(read).rejects.toMatchObject({ kind });
});

test('a stream with odd fields is read as far as it makes sense, and versions compare by number', async () => {
  const release = (version?: string) => ({ artifacts: { metal: version ? { release: version } : {} } });
  const body = JSON.stringify({
    metadata: { 'last-modified': 'yesterday' },
    architectures: { x86_64: release('44.20261116.10.1'), aarch64: release('44.20261116.9.1'), odd: release() },
  });
  const got = await streams(
    clientOf(() => new Response(body)),
    'https://builds.example',
  ).read('stable', null);
  expect(got?.stream).toMatchObject({ version: '44.20261116.10.1', updatedAt: null });
  expect(Object.keys(got?.stream.arches ?? {})).toEqual(['x86_64', 'aarch64']);
});

async function doctor(world: World) {
  const nowMs = Date.parse(world.now);
  const surroundings = {
    fetch: simulate(world),
    clock: patientClock(nowMs, 50),
    isMultiplexed: () => true,
    content: inMemory(),
    services: world.watch.services,
    env: {},
  };
  const { targets } = expand(world.watch);
  const results = await examine({ ...surroundings, clients: clients(surroundings), targets, nowMs });
  return Object.fromEntries(
    results.filter(({ id }) => /^(compose|streams)\./.test(id)).map(({ id, outcome }) => [id, outcome]),
  );
}

test('what the simulator assumes of composes and streams holds there, and is told where it does not', async () => {
  const rawhide = '\n    - { in: rawhide, id: "Fedora-Rawhide-{date}.n.0", at: -13h }';
  expect(await doctor(worldOf(rawhide))).toEqual({
    'compose.list': 'holds',
    'compose.status': 'holds',
    'streams.release': 'holds',
  });
  const fault =
    'faults:\n  - { source: compose, path: /rawhide/, kind: html }\n  - { source: compose, path: stable.json, kind: 503 }\n';
  expect(await doctor(worldOf(rawhide, fault))).toEqual({
    'compose.list': 'differs',
    'compose.status': 'differs',
    'streams.release': 'could-not-ask',
  });
});

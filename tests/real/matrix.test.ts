import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Image, Snapshot } from '#status/model.ts';
import { parseSnapshot, parseTargets } from '#status/parse.ts';
import type { Ended } from '../support/command.ts';
import { lacking, realTest } from '../support/needs.ts';
import { type Harbour, harbour, inLanes } from './harbour.ts';
import { OTHER_MIRROR, WITH_EPOCH, WITHOUT_S390X } from './image.ts';
import { type Witness, witness } from './witness.ts';

/** The whole matrix of targets.yaml in a real registry: the snapshot says what skopeo says. */

const FILE = 'content/status/targets.yaml';
const { targets } = parseTargets(readFileSync(FILE, 'utf8'), FILE);
const planned = targets.filter(({ plan }) => plan !== 'not-planned');

let port: Harbour;
let out: string;
let ended: Ended;
let seen: Snapshot;
let witnesses: Map<string, Witness>;

beforeAll(async () => {
  if (lacking) return;
  port = await harbour(FILE);
  out = port.folder();
  ended = await port.refresh(out, port.folder());
  seen = parseSnapshot(readFileSync(join(out, 'snapshot.json'), 'utf8'), 'snapshot.json');
  const told = await inLanes(
    port.targets,
    2,
    async ({ id, repository, tag, arches }): Promise<[string, Witness]> => [
      id,
      await witness(`${port.registry.host}/${repository}`, tag, arches),
    ],
  );
  witnesses = new Map(told);
}, 240_000);

afterAll(() => port?.close());

function image(id: string): Image {
  const found = seen.images.find((one) => one.id === id);
  if (!found) throw new Error(`the snapshot has no ${id}`);
  return found;
}

realTest('a refresh of the whole matrix ends well, with every source answering and no problem', () => {
  expect(ended.code, ended.stderr).toBe(0);
  const asked = seen.sources.filter(({ state }) => state !== 'skipped').map(({ id, state }) => `${id} ${state}`);
  expect(asked).toEqual(['quay ok', 'oci ok', 'provenance ok', 'sbom ok', 'bodhi ok', 'endoflife ok', 'compose ok']);
  expect(seen.problems).toEqual([]);
  expect(seen.mode).toBe('live');
  expect(seen.images.map(({ id }) => id)).toEqual(targets.map(({ id }) => id));
});

for (const { id } of planned) {
  realTest(`${id}: index, platforms, and digest, size and date of each arch are what skopeo prints`, () => {
    const { digest, platforms, arches } = image(id);
    const rows = arches.map(({ verdict: _, ...row }) => row);
    expect({ digest, platforms, arches: rows }).toEqual(witnesses.get(id));
  });
}

realTest('every image and every arch of an index is a different one', () => {
  const images = planned.filter(({ channel }) => channel !== 'mirror').map(({ id }) => image(id));
  expect(new Set(images.map(({ digest }) => digest)).size).toBe(images.length);
  const arches = images.flatMap((one) => one.arches.flatMap(({ digest }) => digest ?? []));
  expect(new Set(arches).size).toBe(arches.length);
});

realTest('an arch that the index lacks is found missing', () => {
  expect(image(WITHOUT_S390X).verdict).toMatchObject({
    state: 'arch-missing',
    facets: { complete: { arches: ['s390x'] } },
  });
  expect(image(WITHOUT_S390X).arches.at(-1)).toMatchObject({ arch: 's390x', digest: null });
});

realTest('an epoch is not taken for the date of an arch', () => {
  const dates = image(WITH_EPOCH).arches.map(({ createdAt }) => createdAt !== null);
  expect(dates).toEqual([true, false, true, true]);
});

realTest('old images are aging and stale, the others fresh', () => {
  expect(image('development/minimal/44').verdict.state).toBe('aging');
  expect(image('development/minimal/43').verdict.state).toBe('stale');
  expect(image('development/minimal/45').verdict.state).toBe('fresh');
});

realTest('a mirror is told to be the same as its image, or not', () => {
  const parity = planned
    .filter(({ channel }) => channel === 'mirror')
    .map(({ id }) => [id, image(id).parity?.sameDigest]);
  expect(parity.length).toBeGreaterThan(1);
  for (const [id, same] of parity) expect([id, same]).toEqual([id, id !== OTHER_MIRROR]);
});

realTest(
  'a second refresh asks once for each namespace, resolves each mirror tag, asks for some scans, and reads nothing else',
  async () => {
    port.asked();
    await port.registry.asked();
    const again = await port.refresh(out, port.folder());
    expect(again.code, again.stderr).toBe(0);
    expect(again.result?.changed).toEqual([]);
    const onQuay = planned.filter(({ registry }) => registry === 'https://quay.io');
    const namespaces = new Set(onQuay.map(({ repository }) => repository.split('/')[0]));
    const isScan = (path: string) => path.endsWith('/security');
    const asked = port.asked();
    expect(asked.filter((path) => !isScan(path))).toEqual([...namespaces].map(() => '/api/v1/repository'));
    // So many scans have their turn in each refresh.
    expect(asked.filter(isScan).length).toBeLessThanOrEqual(30);
    const mirrors = planned.filter(({ channel }) => channel === 'mirror');
    const heads = mirrors.map(({ repository, tag }) => `HEAD /v2/${repository}/manifests/${tag}`);
    expect((await port.registry.asked()).sort()).toEqual(heads.sort());
  },
);

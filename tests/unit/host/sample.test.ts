import { expect, test } from 'vitest';
import { readWalkthroughs } from '#host/pipelines.ts';
import { sample } from '#host/sample.ts';
import { readWorld } from '#host/world.ts';
import { PipelineDefinition } from '#pipeline/definition.ts';
import { Recording } from '#pipeline/recording.ts';
import { pipelineName, yamlName } from '#sources/records.ts';
import { Snapshot } from '#status/model.ts';
import { STATE_CODES } from '#status/states.ts';

const NAME = 'content/worlds/sample.yaml';
const walkthroughs = await readWalkthroughs('content/pipelines');
const pretend = await sample(await readWorld(NAME), walkthroughs);

test('shows every state there is', () => {
  const shown = new Set(pretend.snapshot.images.map(({ verdict }) => verdict.state));
  expect(STATE_CODES.filter((state) => !shown.has(state))).toEqual([]);
});

test('is a snapshot that says it is a sample, at the moment of its world', () => {
  expect(() => Snapshot.parse(pretend.snapshot)).not.toThrow();
  expect(pretend.snapshot).toMatchObject({ mode: 'sample', generatedAt: '2026-11-20T14:07:00.000Z' });
});

test('calls itself a sample in every version label', () => {
  const versions = pretend.snapshot.images.flatMap(({ version }) => (version === null ? [] : [version]));
  expect(versions.length).toBeGreaterThan(40);
  expect(versions.filter((version) => !version.includes('sample'))).toEqual([]);
});

test('shows signatures that are verified, only present, wrong and absent', () => {
  const states = pretend.snapshot.images.flatMap(({ signature }) => signature?.state ?? []);
  expect([...new Set(states)].sort()).toEqual(['absent', 'failed', 'present-unverified', 'verified']);
  const built = pretend.snapshot.images.filter(({ provenance }) => provenance?.state === 'verified');
  expect(built.length).toBeGreaterThan(3);
  for (const { provenance } of built) {
    expect(provenance?.source?.commit).toContain('sample');
    expect(provenance?.bundles?.every((bundle) => bundle.includes('-sample@sha256:'))).toBe(true);
  }
});

test('never draws an unconfirmed target as bad', () => {
  const unconfirmed = pretend.snapshot.images.filter(({ verdict }) => !verdict.facets.plan.confirmed);
  expect(unconfirmed.length).toBeGreaterThan(2);
  expect(unconfirmed.filter(({ verdict }) => verdict.bucket === 'bad')).toEqual([]);
});

test('has no problem with targets that are not planned', () => {
  expect(pretend.snapshot.problems.filter(({ target }) => target?.endsWith('minimal-plus/eln'))).toEqual([]);
});

test('shows the pipeline of every walkthrough that names a place or a build, with the text of each task that it pins', () => {
  const readable = walkthroughs.filter((one) => one.kind === 'pipeline' && (one.reads || one.recording));
  const { pipelines, problems } = pretend.snapshot;
  expect(pipelines.map(({ id, state, why }) => [id, state, why])).toEqual(readable.map(({ id }) => [id, 'read', null]));
  expect(problems.filter(({ message }) => /: (pipeline|task bundle) /.test(message))).toEqual([]);
  for (const { digest } of pipelines) {
    const record = pretend.records.get(pipelineName(digest ?? '')) ?? 'null';
    const { tasks } = PipelineDefinition.parse(JSON.parse(record));
    const pins = tasks.flatMap(({ ref }) => ref.bundle?.split('@')[1] ?? []);
    expect(tasks.length).toBeGreaterThan(10);
    expect([digest ?? '', ...pins].filter((one) => !pretend.upstream.has(yamlName(one)))).toEqual([]);
  }
  expect(Math.max(...pipelines.map(({ versions }) => versions.length))).toBeGreaterThan(1);
});

test('a world whose pipelines mean harm is shown, and what is wrong with each is said', async () => {
  const { snapshot, records } = await sample(await readWorld('content/worlds/hostile.yaml'), walkthroughs);
  const said = new Map(snapshot.pipelines.map(({ id, state, why }) => [id, why ?? state]));
  expect(said.get('fedora-base-image')).toMatch(/too large when its aliases are spelled out/);
  expect(['upstream-multi-platform', 'coreos', 'push-to-external-registry'].map((id) => said.get(id))).toEqual([
    ...['read', 'read', 'read'],
  ]);
  expect([...records.values()].join(' ')).toContain('501 are given');
  const toldOf = (id: string) =>
    snapshot.problems.filter(
      ({ kind, message }) => kind === 'unreadable' && new RegExp(`: pipeline ${id}[ :]`).test(message),
    );
  // Each in a problem of its own, which is what the log and the page of sources list.
  const told = ['fedora-base-image', 'upstream-multi-platform', 'push-to-external-registry', 'coreos'].map(toldOf);
  expect(told.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  expect(toldOf('push-to-external-registry')[0]?.message).toContain('Task 1 of “tasks” has the name “<b>bold</b>”');
});

/** The runs that gave today's images, by what the cluster or their attestation says. */
const built = pretend.snapshot.images.flatMap((image) => {
  const text = pretend.records.get(`recordings/${image.digest?.slice(7)}.json`);
  const { startedAt, finishedAt } = text ? Recording.parse(JSON.parse(text)) : {};
  const attempt = image.attempts.find(({ digest }) => digest !== null && digest === image.digest);
  const told = attempt ? [[attempt.startedAt, attempt.endedAt]] : [];
  const stated = text ? [[startedAt, finishedAt]] : [];
  return [...told, ...stated].map(([began, ended]) => ({ image, began: began ?? '', ended: ended ?? '' }));
});

test('each image was made while its run built it, and got its tag when that had ended', () => {
  expect(new Set(built.map(({ image }) => image.id)).size).toBeGreaterThan(15);
  for (const { image, began, ended } of built) {
    for (const { arch, createdAt } of image.arches) {
      // The world says that this one was carried over from an older build.
      if (!createdAt || (image.id === 'development/minimal-plus/45' && arch === 'ppc64le')) continue;
      expect([image.id, arch, createdAt > began && createdAt < ended]).toEqual([image.id, arch, true]);
    }
    expect(ended <= (image.taggedAt ?? ended)).toBe(true);
  }
});

test('runs differ in length and name the practice pipeline', () => {
  const all = [...pretend.records].flatMap(([name, text]) =>
    name.startsWith('recordings/') ? [Recording.parse(JSON.parse(text))] : [],
  );
  expect(new Set(all.map(({ pipeline }) => pipeline))).toEqual(new Set(['buildah-build-bootc-multi-platform-oci-ta']));
  const minutes = all
    .filter(({ outcome }) => outcome !== 'failed')
    .map(({ startedAt, finishedAt }) => (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 60_000);
  expect(new Set(minutes).size).toBeGreaterThan(minutes.length / 2);
  expect(Math.min(...minutes)).toBeGreaterThan(6);
  expect(Math.max(...minutes)).toBeLessThan(30);
});

test("every run of today's images is recorded with the legs of its arches", () => {
  const { images } = pretend.snapshot;
  const digest = images.find(({ id }) => id === 'development/standard/rawhide')?.digest ?? '';
  const recording = Recording.parse(JSON.parse(pretend.records.get(`recordings/${digest.slice(7)}.json`) ?? ''));
  const built = recording.tasks.filter(({ name }) => name === 'build-images');
  expect(built.map(({ platform }) => platform)).toEqual(['linux/amd64', 'linux/arm64', 'linux/ppc64le']);
  const known = images.flatMap(({ attempts }) => attempts.map(({ name }) => name));
  expect(known).toContain(recording.run);
});

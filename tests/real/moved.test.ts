import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Target } from '#status/targets.ts';
import { lacking, realTest } from '../support/needs.ts';
import { type Harbour, harbour } from './harbour.ts';
import { eventsIn, imageIn, inHours, seenIn } from './kept.ts';

/** What happens between two refreshes of a real registry. */

let port: Harbour;
let target: Target;
let out: string;
let cache: string;

beforeEach(async () => {
  if (lacking) return;
  port = await harbour('tests/fixtures/targets.yaml');
  const [first] = port.targets;
  if (!first) throw new Error('the fixture has no target');
  [target, out, cache] = [first, port.folder(), port.folder()];
  const { code, stderr } = await port.refresh(out, cache);
  if (code !== 0) throw new Error(stderr);
}, 60_000);

afterEach(() => port?.close());

realTest(
  'a tag that moved has both digests in its history and one event, and only its repository is read',
  async () => {
    const before = imageIn(out, target.id);
    const digest = await port.move(target);
    port.asked();
    const { code, result } = await port.refresh(out, cache);
    expect({ code, changed: result?.changed }).toEqual({ code: 0, changed: [target.id] });
    expect(port.asked().filter((path) => path.endsWith('/tag/'))).toEqual([
      `/api/v1/repository/${target.repository}/tag/`,
    ]);
    const after = imageIn(out, target.id);
    expect(after.digest).toBe(digest);
    expect(after.history.map((move) => move.digest)).toEqual([digest, before.digest]);
    expect(after.history[1]?.to).toBe(after.history[0]?.from);
    const moves = eventsIn(out).filter(({ type, digest: to }) => type === 'tag.moved' && to === digest);
    expect(moves).toMatchObject([{ target: target.id, previousDigest: before.digest, at: after.taggedAt }]);
  },
);

realTest('the same move is one event, however often it is collected', async () => {
  const digest = await port.move(target);
  await port.refresh(out, cache);
  const events = eventsIn(out);
  // From another memory: this one has never seen the tag before.
  await port.refresh(port.folder(), cache);
  await port.refresh(out, cache, '--now', inHours(25));
  expect(eventsIn(out).filter((event) => event.digest === digest)).toEqual(
    events.filter((event) => event.digest === digest),
  );
});

realTest('a tag that was deleted is found by the daily full reading, and is withdrawn', async () => {
  const { digest } = imageIn(out, target.id);
  const repository = join(port.registry.storage, 'docker/registry/v2/repositories', target.repository);
  rmSync(join(repository, '_manifests/tags', target.tag), { recursive: true });
  expect(await port.refresh(out, cache, '--now', inHours(25))).toMatchObject({ code: 0 });
  const after = imageIn(out, target.id);
  expect(after).toMatchObject({ digest: null, lastSeen: { digest }, verdict: { state: 'withdrawn', bucket: 'bad' } });
  expect(eventsIn(out).filter(({ type }) => type === 'tag.removed')).toMatchObject([{ target: target.id, digest }]);
});

realTest('a repository that is gone or private is withdrawn, and the problem says that it may be either', async () => {
  rmSync(join(port.registry.storage, 'docker/registry/v2/repositories', target.repository), { recursive: true });
  expect(await port.refresh(out, cache)).toMatchObject({ code: 0 });
  expect(imageIn(out, target.id).verdict).toMatchObject({ state: 'withdrawn', bucket: 'bad' });
  const problems = seenIn(out).problems.map(({ source, target: id, kind }) => ({ source, id, kind }));
  expect(problems).toEqual([{ source: 'quay', id: target.id, kind: 'hidden' }]);
});

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { publish, type Retry, restore } from '#host/writer.ts';
import { parseHistory } from '#status/history.ts';
import { bareRemote, eventLine, put, snapshotAt } from '../../support/remote.ts';

const DAY = 'history/2026/11/21.ndjson';
const quick: Retry = { tries: 5, pause: (n) => wait(20 * n + Math.random() * 50) };
const ids = (text: string) => parseHistory(text).map(({ id }) => Number.parseInt(id, 16));

test('makes the branch when the remote is empty, with no parent and only what is kept', async () => {
  const remote = bareRemote();
  const writer = remote.writer({
    'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z'),
    [DAY]: eventLine(1),
    'targets.yaml': 'schema: 1\n',
    'history/../notes.txt': 'no\n',
  });
  const { commit, tries } = await publish(writer, quick);
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
  expect(tries).toBe(1);
  expect(remote.commits()).toBe(1);
  const files = execFileSync('git', ['ls-tree', '-r', '--name-only', 'status'], { cwd: remote.url, encoding: 'utf8' });
  expect(files.trim().split('\n')).toEqual([DAY, 'snapshot.json']);
});

test('commits nothing when nothing has changed', async () => {
  const remote = bareRemote();
  const writer = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z'), [DAY]: eventLine(1) });
  await publish(writer, quick);
  expect((await publish(writer, quick)).commit).toBeNull();
  expect(remote.commits()).toBe(1);
});

test('touches neither the checkout nor the index of the clone', async () => {
  const remote = bareRemote();
  const writer = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z') });
  const look = () =>
    execFileSync('git', ['status', '--porcelain', '--branch'], { cwd: writer.clone, encoding: 'utf8' });
  const before = look();
  await publish(writer, quick);
  await restore(writer);
  expect(look()).toBe(before);
});

test('joins the events of two writers and keeps the younger snapshot', async () => {
  const remote = bareRemote();
  const late = snapshotAt('2026-11-21T11:00:00.000Z');
  await publish(remote.writer({ 'snapshot.json': late, [DAY]: eventLine(1) + eventLine(2) }), quick);
  await publish(
    remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z'), [DAY]: eventLine(2) + eventLine(3) }),
    quick,
  );
  expect(ids(remote.show(DAY))).toEqual([1, 2, 3]);
  expect(remote.show('snapshot.json')).toBe(late);
});

test('loses no event when six writers push at once', { timeout: 60_000 }, async () => {
  const remote = bareRemote();
  const writers = [1, 2, 3, 4, 5, 6].map((n) =>
    remote.writer({ 'snapshot.json': snapshotAt(`2026-11-21T10:0${n}:00.000Z`), [DAY]: eventLine(n) }),
  );
  const done = await Promise.all(writers.map((writer) => publish(writer, { ...quick, tries: 20 })));
  expect(ids(remote.show(DAY))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(remote.show('snapshot.json')).toBe(snapshotAt('2026-11-21T10:06:00.000Z'));
  expect(Math.max(...done.map(({ tries }) => tries))).toBeGreaterThan(1);
});

test('leaves the branch whole when a writer is killed while it pushes', { timeout: 60_000 }, async () => {
  const remote = bareRemote();
  await publish(remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z'), [DAY]: eventLine(1) }), quick);
  remote.hook('pre-receive', `touch ${join(remote.url, 'receiving')}; sleep 5; exit 1`);
  const victim = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:30:00.000Z'), [DAY]: eventLine(2) });
  const { mergeHistory: _, ...keeping } = victim;
  const script = `
    import { publish } from ${JSON.stringify(new URL('../../../src/host/writer.ts', import.meta.url).href)};
    await publish({ ...${JSON.stringify(keeping)}, mergeHistory: (a, b) => a + b });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore', detached: true });
  for (let n = 0; n < 400 && !existsSync(join(remote.url, 'receiving')); n++) await wait(25);
  expect(existsSync(join(remote.url, 'receiving'))).toBe(true);
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  remote.hook('pre-receive', 'exit 0');
  expect(ids(remote.show(DAY))).toEqual([1]);
  await publish(victim, quick);
  expect(ids(remote.show(DAY))).toEqual([1, 2]);
});

test('tries again when the branch moves between fetch and push', async () => {
  const remote = bareRemote();
  const first = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z'), [DAY]: eventLine(1) });
  const second = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:10:00.000Z'), [DAY]: eventLine(2) });
  await publish(first, quick);
  let moved = false;
  const slow = {
    ...second,
    mergeHistory: (known: string, added: string) => {
      if (!moved) {
        moved = true;
        put(join(first.dir, DAY), eventLine(1) + eventLine(3));
        const script = `git fetch -q origin status; git read-tree FETCH_HEAD;
          id=$(git hash-object -w content/status/${DAY}); git update-index --cacheinfo 100644,$id,${DAY};
          git push -q origin $(git -c user.name=T -c user.email=t@example.org commit-tree $(git write-tree) -p FETCH_HEAD -m other):refs/heads/status`;
        execFileSync('sh', ['-ec', script], { cwd: first.clone });
      }
      return second.mergeHistory(known, added);
    },
  };
  expect((await publish(slow, quick)).tries).toBe(2);
  expect(ids(remote.show(DAY))).toEqual([1, 2, 3]);
});

test('says who must act when the remote refuses, and does not try again', async () => {
  const remote = bareRemote();
  remote.hook('pre-receive', `echo x >> ${join(remote.url, 'calls')}; echo no entry >&2; exit 1`);
  const writer = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z') });
  await expect(publish(writer, quick)).rejects.toThrow(/refused the branch "status".*right to push.*no entry/s);
  expect(readFileSync(join(remote.url, 'calls'), 'utf8')).toBe('x\n');
});

test('gives up after the tries it has, and says that nothing is lost', async () => {
  const remote = bareRemote();
  remote.hook('update', 'echo "cannot lock ref" >&2; exit 1');
  const writer = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z') });
  await expect(publish(writer, { ...quick, tries: 2 })).rejects.toThrow(/in 2 tries.*Nothing is lost/s);
});

test('refuses to publish a snapshot that is not whole', async () => {
  const writer = bareRemote().writer({ 'snapshot.json': '{"schema": 1, "genera' });
  await expect(publish(writer, quick)).rejects.toThrow(/snapshot\.json has no date.*npm run snapshot/s);
});

test('says so when there is nothing to publish', async () => {
  const writer = bareRemote().writer({ 'targets.yaml': 'schema: 1\n' });
  await expect(publish(writer, quick)).rejects.toThrow(/holds nothing to publish.*npm run snapshot/s);
});

test('brings the branch back into an empty folder, and writes nothing at a second time', async () => {
  const remote = bareRemote();
  const snapshot = snapshotAt('2026-11-21T10:00:00.000Z');
  await publish(remote.writer({ 'snapshot.json': snapshot, [DAY]: eventLine(1) }), quick);
  const reader = remote.writer({});
  expect(await restore(reader)).toBe(2);
  expect(readFileSync(join(reader.dir, 'snapshot.json'), 'utf8')).toBe(snapshot);
  expect(readFileSync(join(reader.dir, DAY), 'utf8')).toBe(eventLine(1));
  expect(await restore(reader)).toBe(0);
});

test('keeps what the folder knows beyond the branch when it restores', async () => {
  const remote = bareRemote();
  await publish(remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z'), [DAY]: eventLine(1) }), quick);
  const young = snapshotAt('2026-11-21T12:00:00.000Z');
  const reader = remote.writer({ 'snapshot.json': young, [DAY]: eventLine(2) });
  await restore(reader);
  expect(readFileSync(join(reader.dir, 'snapshot.json'), 'utf8')).toBe(young);
  expect(ids(readFileSync(join(reader.dir, DAY), 'utf8'))).toEqual([1, 2]);
});

test('restores nothing, and does not fail, where the branch does not exist', async () => {
  expect(await restore(bareRemote().writer({}))).toBe(0);
});

test('works in a shallow clone, as the forges make them', async () => {
  const remote = bareRemote();
  await publish(remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T10:00:00.000Z'), [DAY]: eventLine(1) }), quick);
  const writer = remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T11:00:00.000Z'), [DAY]: eventLine(2) });
  execFileSync('sh', ['-ec', 'git push -q origin main; git commit -q --allow-empty -m two; git push -q origin main'], {
    cwd: writer.clone,
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: 'T',
      GIT_AUTHOR_EMAIL: 't@example.org',
      GIT_COMMITTER_NAME: 'T',
      GIT_COMMITTER_EMAIL: 't@example.org',
    },
  });
  const clone = `${writer.clone}-shallow`;
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${remote.url}`, clone], { stdio: 'ignore' });
  await publish({ ...writer, clone }, quick);
  expect(ids(remote.show(DAY))).toEqual([1, 2]);
  expect(remote.commits()).toBe(2);
});

const HEX = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64));
const listOf = (n: number) => `records/packages/${HEX[n]}/x86_64.json`;
/** A snapshot whose images are these. */
const naming = (generatedAt: string, ...ones: number[]) =>
  JSON.stringify({
    generatedAt,
    images: ones.map((n) => ({ digest: `sha256:${HEX[n]}`, lastSeen: null, history: [] })),
  });
const filesOn = (url: string) =>
  execFileSync('git', ['ls-tree', '-r', '--name-only', 'status'], { cwd: url, encoding: 'utf8' }).trim().split('\n');

test('records travel with the snapshot, by safe names only, and come back', async () => {
  const remote = bareRemote();
  const files = {
    'snapshot.json': naming('2026-11-21T10:00:00.000Z', 0),
    [listOf(0)]: '[0]',
    'records/updates/45.json': '[]',
    'records/updates/.hidden.json': 'no',
    'records/updates/45.json.0a.tmp': 'no',
    'records/deep/er/and/deeper.json': 'no',
    'records/updates/large.json': 'x'.repeat(5 << 20),
  };
  await publish(remote.writer(files), quick);
  expect(filesOn(remote.url)).toEqual([listOf(0), 'records/updates/45.json', 'snapshot.json']);
  const reader = remote.writer({});
  expect(await restore(reader)).toBe(3);
  expect(readFileSync(join(reader.dir, listOf(0)), 'utf8')).toBe('[0]');
  expect(await restore(reader)).toBe(0);
});

test('what the younger snapshot does not name leaves the branch, and does not come back from an older writer', async () => {
  const remote = bareRemote();
  const old = remote.writer({
    'snapshot.json': naming('2026-11-21T10:00:00.000Z', 0, 1),
    ...{ [listOf(0)]: '[0]', [listOf(1)]: '[1]', 'records/updates/45.json': 'old' },
  });
  await publish(old, quick);
  const young = { 'snapshot.json': naming('2026-11-21T11:00:00.000Z', 1, 2), [listOf(2)]: '[2]' };
  await publish(remote.writer({ ...young, 'records/updates/45.json': 'young' }), quick);
  expect(filesOn(remote.url)).toEqual([listOf(1), listOf(2), 'records/updates/45.json', 'snapshot.json']);
  put(join(old.dir, listOf(3)), '[3]');
  expect((await publish(old, quick)).commit).toBeNull();
  expect(remote.show('records/updates/45.json')).toBe('young');
});

test('of two writers, the older still brings what the younger names and does not have', async () => {
  const remote = bareRemote();
  await publish(
    remote.writer({ 'snapshot.json': naming('2026-11-21T11:00:00.000Z', 0, 1), [listOf(0)]: '[0]' }),
    quick,
  );
  await publish(
    remote.writer({
      'snapshot.json': naming('2026-11-21T10:00:00.000Z', 1),
      ...{ [listOf(0)]: 'older', [listOf(1)]: '[1]', [listOf(2)]: '[2]' },
    }),
    quick,
  );
  expect(filesOn(remote.url)).toEqual([listOf(0), listOf(1), 'snapshot.json']);
  expect(remote.show(listOf(0))).toBe('[0]');
});

test('a snapshot that does not tell its images takes no record away', async () => {
  const remote = bareRemote();
  await publish(remote.writer({ 'snapshot.json': naming('2026-11-21T10:00:00.000Z', 0), [listOf(0)]: '[0]' }), quick);
  await publish(remote.writer({ 'snapshot.json': snapshotAt('2026-11-21T11:00:00.000Z') }), quick);
  expect(filesOn(remote.url)).toContain(listOf(0));
});

test('restoring an older branch leaves younger records as they are', async () => {
  const remote = bareRemote();
  const text = 'records/updates/45.json';
  await publish(remote.writer({ 'snapshot.json': naming('2026-11-21T10:00:00.000Z'), [text]: 'old' }), quick);
  const young = remote.writer({ 'snapshot.json': naming('2026-11-21T11:00:00.000Z'), [text]: 'young' });
  const stale = remote.writer({ 'snapshot.json': naming('2026-11-21T09:00:00.000Z'), [text]: 'stale' });
  await Promise.all([restore(young), restore(stale)]);
  expect(readFileSync(join(young.dir, text), 'utf8')).toBe('young');
  expect(readFileSync(join(stale.dir, text), 'utf8')).toBe('old');
});

test('two writers with records of their own lose none that is named', { timeout: 60_000 }, async () => {
  const remote = bareRemote();
  const writers = HEX.map((_, n) =>
    remote.writer({ 'snapshot.json': naming(`2026-11-21T10:0${n}:00.000Z`, 0, 1, 2, 3), [listOf(n)]: `[${n}]` }),
  );
  await Promise.all(writers.map((writer) => publish(writer, { ...quick, tries: 20 })));
  expect(filesOn(remote.url)).toEqual([...HEX.map((_, n) => listOf(n)), 'snapshot.json']);
});

import { expect, test } from 'vitest';
import { BlobIds, blobId, commitId, committed, treeId } from '#sim/forges/git-objects.ts';

/** What git itself gives for the same contents. */

const AUTHOR = { name: 'sample', email: 'sample@example.org', atS: 1_795_183_620 };

test('a blob, an empty tree and an empty blob have the ids that git gives them', async () => {
  expect(await blobId('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  expect(await blobId('')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(await treeId(new Map())).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
});

test('letters beyond ASCII count by their bytes', async () => {
  expect(await blobId('ä\n')).toBe(await blobId(new TextEncoder().encode('ä\n')));
});

test('a folder is sorted as if its name ended in a slash', async () => {
  const id = await blobId('x');
  const one = await treeId(
    new Map([
      ['a.b', id],
      ['a/c', id],
      ['a0', id],
    ]),
  );
  const other = await treeId(
    new Map([
      ['a0', id],
      ['a/c', id],
      ['a.b', id],
    ]),
  );
  expect(one).toBe(other);
  expect(one).toBe('e50c5ade2f5354d6afbd7923c99e41d105b59dde');
});

test('a program and a link have modes of their own', async () => {
  const id = await blobId('x');
  const files = new Map([
    ['a/run', id],
    ['l', id],
  ]);
  expect(await treeId(files, { 'a/run': '100755', l: '120000' })).toBe('ee5dc678b892ea338fc96155046431678b9dd2b1');
});

test('a commit has another id with another parent, message, author or time', async () => {
  const tree = await treeId(new Map());
  const of = (change: object) => commitId({ parents: [], author: AUTHOR, message: 'A\n', ...change }, tree);
  const ids = await Promise.all([
    of({}),
    of({ parents: [tree] }),
    of({ message: 'B\n' }),
    of({ author: { ...AUTHOR, name: 'other' } }),
    of({ author: { ...AUTHOR, atS: 1 } }),
  ]);
  expect(new Set(ids).size).toBe(5);
});

test('the same content is hashed once', async () => {
  const ids = new BlobIds();
  expect(ids.of('a')).toBe(ids.of('a'));
  const commit = await committed({ parents: [], tree: { 'a/b': 'a' }, author: AUTHOR, message: 'A\n' }, ids);
  expect(commit.id).toMatch(/^[0-9a-f]{40}$/);
});

import type { GitWire } from '#sim/forges/git-wire.ts';
import type { GitCommit } from '#sim/forges/repositories.ts';

/** Commits of the pretend forges as git reads and prints them. */

/** What `git fast-import` reads to know the commits that are not in `known`; all go through the ref `over`. */
export function importOf({ commits, blobs }: GitWire, known: ReadonlySet<string>, over: string): Buffer {
  const byId = new Map(commits.map((one) => [one.id, one]));
  const fresh = commits.filter(({ id }) => !known.has(id));
  const marks = new Map(fresh.map(({ id }, index) => [id, `:${index + 1}`]));
  const parts = fresh.flatMap(({ id, parents, author, message, tree }) => {
    const [first, ...others] = parents.map((parent) => marks.get(parent) ?? parent);
    const who = `${author.name} <${author.email}> ${author.atS} +0000`;
    const head = [
      `reset ${over}\n\ncommit ${over}\nmark ${marks.get(id)}\nauthor ${who}\ncommitter ${who}`,
      data(message),
      ...(first === undefined ? [] : [`from ${first}`]),
      ...others.map((other) => `merge ${other}`),
    ];
    const before = byId.get(parents[0] ?? '')?.tree ?? {};
    const gone = Object.keys(before).filter((path) => tree[path] === undefined);
    const written = Object.entries(tree).filter(([path, blob]) => before[path] !== blob);
    const rows = [
      ...gone.map((path) => `D ${path}`),
      ...written.map(([path, blob]) => `M 100644 inline ${path}\n${data(blobs[blob] ?? '')}`),
    ];
    return [...head, ...rows];
  });
  return Buffer.from([...parts, ''].join('\n'));
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;

/** What `git cat-file commit` and `git ls-tree -r` with `git cat-file --batch` have printed, as a commit. */
export function commitOf(id: string, commit: string, paths: readonly string[], batch: Buffer): GitCommit {
  const end = commit.indexOf('\n\n');
  const head = commit.slice(0, end).split('\n');
  const [, name = '', email = '', at = ''] =
    /^author (.*) <(.*)> (\d+) /.exec(head.find((line) => line.startsWith('author ')) ?? '') ?? [];
  const parents = head.flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : []));
  const tree: Record<string, string> = {};
  let from = 0;
  for (const path of paths) {
    const line = batch.indexOf('\n', from);
    const size = Number(batch.toString('utf8', from, line).split(' ')[2]);
    tree[path] = batch.toString('utf8', line + 1, line + 1 + size);
    from = line + size + 2;
  }
  return { id, parents, tree, author: { name, email, atS: Number(at) }, message: commit.slice(end + 2) };
}

import type { GitWire } from '#sim/forges/git-wire.ts';
import type { GitCommit } from '#sim/forges/repositories.ts';

/** Commits of the pretend forges as git reads and prints them. */

/** What `git fast-import` reads to know the commits that are not in `known`; all go through the ref `over`. */
export function importOf({ commits, blobs }: GitWire, known: ReadonlySet<string>, over: string): Buffer {
  const byId = new Map(commits.map((one) => [one.id, one]));
  const fresh = commits.filter(({ id }) => !known.has(id));
  const marks = new Map(fresh.map(({ id }, index) => [id, `:${index + 1}`]));
  const parts = fresh.flatMap(({ id, parents, author, message, tree, modes = {} }) => {
    const [first, ...others] = parents.map((parent) => marks.get(parent) ?? parent);
    const who = `${author.name} <${author.email}> ${author.atS} +0000`;
    const head = [
      `reset ${over}\n\ncommit ${over}\nmark ${marks.get(id)}\nauthor ${who}\ncommitter ${who}`,
      data(message),
      ...(first === undefined ? [] : [`from ${first}`]),
      ...others.map((other) => `merge ${other}`),
    ];
    const parent = byId.get(parents[0] ?? '');
    const before = parent?.tree ?? {};
    const gone = Object.keys(before).filter((path) => tree[path] === undefined);
    const written = Object.entries(tree).filter(
      ([path, blob]) => before[path] !== blob || parent?.modes?.[path] !== modes[path],
    );
    const rows = [
      ...gone.map((path) => `D ${path}`),
      ...written.map(([path, blob]) => `M ${modes[path] ?? '100644'} inline ${path}\n${data(blobs[blob] ?? '')}`),
    ];
    return [...head, ...rows];
  });
  return Buffer.from([...parts, ''].join('\n'));
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;

/** What `git cat-file commit` and `git ls-tree -r` with `git cat-file --batch` have printed, as a commit. */
export function commitOf(id: string, commit: string, listed: readonly string[], batch: Buffer): GitCommit {
  const end = commit.indexOf('\n\n');
  const head = commit.slice(0, end).split('\n');
  const [, name = '', email = '', at = ''] =
    /^author (.*) <(.*)> (\d+) /.exec(head.find((line) => line.startsWith('author ')) ?? '') ?? [];
  const parents = head.flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : []));
  const tree: Record<string, string> = {};
  const modes: Record<string, string> = {};
  let from = 0;
  for (const row of listed) {
    const [, mode = '', path = ''] = /^(\d+) [^\t]*\t(.*)$/.exec(row) ?? [];
    if (mode !== '100644') modes[path] = mode;
    const line = batch.indexOf('\n', from);
    const size = Number(batch.toString('utf8', from, line).split(' ')[2]);
    tree[path] = batch.toString('utf8', line + 1, line + 1 + size);
    from = line + size + 2;
  }
  const author = { name, email, atS: Number(at) };
  const other = Object.keys(modes).length > 0 ? { modes } : {};
  return { id, parents, tree, ...other, author, message: commit.slice(end + 2) };
}

import type { GitCommit } from './repositories.ts';

/** Ids of git's objects, exactly as git computes them; runs in a browser. */

const ENCODER = new TextEncoder();

/** Of a file's content. */
export function blobId(content: Uint8Array | string): Promise<string> {
  return objectId('blob', typeof content === 'string' ? ENCODER.encode(content) : content);
}

/** Of a folder with all below it; `blobs` are ids by path, `modes` those of what is no plain file. */
export async function treeId(
  blobs: ReadonlyMap<string, string>,
  modes: Readonly<Record<string, string>> = {},
  at = '',
): Promise<string> {
  const folders = Map.groupBy(blobs, ([path]) => /^([^/]+)\//.exec(path)?.[1] ?? '');
  const files = (folders.get('') ?? []).map(([name, id]) => ({
    mode: modes[`${at}${name}`] ?? '100644',
    ...{ name, key: name, id },
  }));
  folders.delete('');
  const below = [...folders].map(async ([name, rows]) => {
    const inner = new Map(rows.map(([path, id]) => [path.slice(name.length + 1), id]));
    // Git sorts a folder as if its name ended in a slash.
    return { mode: '40000', name, key: `${name}/`, id: await treeId(inner, modes, `${at}${name}/`) };
  });
  const rows = [...files, ...(await Promise.all(below))].sort((a, b) => (a.key < b.key ? -1 : 1));
  const parts = rows.flatMap(({ mode, name, id }) => [ENCODER.encode(`${mode} ${name}\0`), bytesOf(id)]);
  return objectId('tree', joined(parts));
}

/** Of a commit whose tree has this id. */
export function commitId(
  { parents, author, message }: Omit<GitCommit, 'id' | 'tree' | 'modes'>,
  tree: string,
): Promise<string> {
  const who = `${author.name} <${author.email}> ${author.atS} +0000`;
  const head = [`tree ${tree}`, ...parents.map((id) => `parent ${id}`), `author ${who}`, `committer ${who}`];
  return objectId('commit', ENCODER.encode(`${head.join('\n')}\n\n${message}`));
}

/** Ids of texts, each computed once. */
export class BlobIds {
  readonly #ids = new Map<string, Promise<string>>();
  of(text: string): Promise<string> {
    const id = this.#ids.get(text) ?? blobId(text);
    this.#ids.set(text, id);
    return id;
  }
}

/** A commit with the id that git gives it; `ids` saves work where many commits hold the same files. */
export async function committed(draft: Omit<GitCommit, 'id'>, ids = new BlobIds()): Promise<GitCommit> {
  const rows = Object.entries(draft.tree).map(async ([path, text]) => [path, await ids.of(text)] as const);
  return { ...draft, id: await commitId(draft, await treeId(new Map(await Promise.all(rows)), draft.modes)) };
}

async function objectId(kind: string, content: Uint8Array): Promise<string> {
  const bytes = joined([ENCODER.encode(`${kind} ${content.length}\0`), content]);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

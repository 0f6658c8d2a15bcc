import { base64, digestOf } from '#sim/bytes.ts';
import { instant } from '#sim/clock.ts';
import type { FileVersion, Holding, Settled } from '#sim/settled.ts';

/** Files of repositories at a moment, with the commits that made them. */

export interface StoredFile {
  path: string;
  branch: string;
  bytes: Uint8Array<ArrayBuffer>;
  base64: string;
  sha256: string;
  /** Of git's blob. */
  blob: string;
  commit: Commit;
}

export interface Commit {
  sha: string;
  committedAt: string;
}

type TextOf = (holds: Holding) => Promise<string>;

export interface FilesOf {
  /** The file as it is; null where there is none. */
  file: (project: string, path: string, branch: string | null, nowMs: number) => Promise<StoredFile | null>;
  /** Commits to a file, or to all, of a branch, or of all; the newest first. */
  commits: (project: string, path: string | null, branch: string | null, nowMs: number) => Promise<Commit[]>;
  has: (project: string) => boolean;
}

/** Files of one of the two forges. */
export function filesOf({ files }: Settled, forge: FileVersion['forge'], textOf: TextOf): FilesOf {
  const own = files.filter((one) => one.forge === forge);
  const past = (project: string, path: string | null, branch: string | null, nowMs: number) =>
    own.filter(
      (one) =>
        one.project === project &&
        one.startMs <= nowMs &&
        (path === null || one.path === path) &&
        (branch === null || branch === 'HEAD' || one.branch === branch),
    );
  return {
    has: (project) => own.some((one) => one.project === project),
    async file(project, path, branch, nowMs) {
      const version = past(project, path, branch, nowMs).at(-1);
      return version ? stored(version, await textOf(version.holds)) : null;
    },
    commits: (project, path, branch, nowMs) => Promise.all(past(project, path, branch, nowMs).reverse().map(commitOf)),
  };
}

async function stored(version: FileVersion, text: string): Promise<StoredFile> {
  const bytes = new TextEncoder().encode(text);
  const { path, branch } = version;
  const sha256 = (await digestOf(bytes)).replace('sha256:', '');
  const commit = await commitOf(version);
  return { path, branch, bytes, base64: base64(text), sha256, blob: await blobOf(bytes), commit };
}

async function commitOf({ project, path, branch, startMs }: FileVersion): Promise<Commit> {
  const committedAt = instant(startMs);
  const digest = await digestOf(new TextEncoder().encode(`sample ${project} ${branch} ${path} ${committedAt}`));
  return { sha: digest.slice('sha256:'.length, 'sha256:'.length + 40), committedAt };
}

/** As git names the blob of a file. */
async function blobOf(bytes: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', new Uint8Array([...head, ...bytes])));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import { type FilePlace, fileText, type KnownFile } from '#sources/forges/file.ts';
import type { Context } from '#sources/pass.ts';
import { digestOf } from '#sources/read.ts';
import type { ForgeId } from '#status/blocker.ts';
import { Digest, Instant } from '#status/scalars.ts';
import { iso } from '#status/time.ts';

/** Files of repositories, asked at most hourly, and then only whether they have changed. */

const NAME = 'forges/files.json';
const HOUR_MS = 3_600_000;
// Two refreshes an hour do not come to the second.
const AGAIN_MS = HOUR_MS - 5 * 60_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

const Kept = z.object({
  askedAt: Instant,
  etag: z.string().max(300).nullable(),
  commit: z.string().max(64).nullable(),
  changedAt: Instant.nullable(),
  gave: Digest.nullable().describe('The pipeline that came of it; null: none, or one that may change without it'),
});
const File = z.record(z.string(), Kept);

export interface ForgePlace extends FilePlace {
  forge: ForgeId;
}

export interface ReadFile {
  text: string;
  digest: string;
  commit: string | null;
  changedAt: string | null;
  /** Its address at the branch, and at the commit where that is known. */
  url: string;
  permanentUrl: string;
}

/** It has not changed, as was found out at this moment. */
export interface Unchanged {
  unchangedAt: string;
}

export interface Files {
  /** The file, unless it has not changed since it gave this digest. Throws a SourceError. */
  read(place: ForgePlace, gave: string): Promise<ReadFile | Unchanged>;
  read(place: ForgePlace, gave: null): Promise<ReadFile>;
  read(place: ForgePlace, gave: string | null): Promise<ReadFile | Unchanged>;
  /** Notes what came of a file that was read. */
  settle(place: ForgePlace, file: ReadFile, gave: string | null): void;
  /** Keeps what is known of files, and forgets those that nobody has asked for in a month. */
  save(): Promise<void>;
}

/** Files with what earlier refreshes knew of them; a damaged record counts as none. */
export async function openFiles({ records, clients, report, nowMs }: Context): Promise<Files> {
  const before = await records.read(NAME);
  const known = new Map(Object.entries(readKept(before)));
  const etags = new Map<string, string | null>();
  const keyOf = ({ forge, project, branch, path }: ForgePlace) => `${forge} ${project} ${branch} ${path}`;

  async function read(place: ForgePlace, gave: null): Promise<ReadFile>;
  async function read(place: ForgePlace, gave: string | null): Promise<ReadFile | Unchanged>;
  async function read(place: ForgePlace, gave: string | null): Promise<ReadFile | Unchanged> {
    const key = keyOf(place);
    const earlier = known.get(key);
    const isSettled = earlier !== undefined && earlier.gave !== null && earlier.gave === gave;
    if (isSettled && nowMs - Date.parse(earlier.askedAt) < AGAIN_MS) return { unchangedAt: earlier.askedAt };
    // Without what came of it, that it has not changed is of no use.
    const asked: KnownFile | null = earlier ? { ...earlier, etag: isSettled ? earlier.etag : null } : null;
    const file = await report.asked(place.forge, clients.forges[place.forge].file(place, asked));
    if (!file && isSettled) {
      known.set(key, { ...earlier, askedAt: iso(nowMs) });
      return { unchangedAt: iso(nowMs) };
    }
    if (!file)
      throw new SourceError(place.forge, 'unexpected', `${fileText(place)} is said not to have changed`, {
        status: 304,
      });
    etags.set(key, file.etag);
    return {
      text: new TextDecoder().decode(file.bytes),
      digest: digestOf(file.bytes),
      commit: file.commit,
      changedAt: file.changedAt,
      url: addressOf(place, place.branch),
      permanentUrl: addressOf(place, file.commit ?? place.branch),
    };
  }

  return {
    read,
    settle(place, { commit, changedAt }, gave) {
      const key = keyOf(place);
      known.set(key, { askedAt: iso(nowMs), etag: etags.get(key) ?? null, commit, changedAt, gave });
    },
    async save() {
      const recent = [...known].filter(([, { askedAt }]) => nowMs - Date.parse(askedAt) < MONTH_MS);
      const sorted = recent.sort(([a], [b]) => (a < b ? -1 : 1));
      const text = `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`;
      if (text !== before && (sorted.length > 0 || before !== null)) await records.write(NAME, text);
    },
  };
}

function addressOf({ forge, project, path }: ForgePlace, at: string): string {
  const steps = [...at.split('/'), ...path.split('/')].map(encodeURIComponent).join('/');
  return forge === 'github'
    ? `https://github.com/${project}/blob/${steps}`
    : `https://gitlab.com/${project}/-/blob/${steps}`;
}

function readKept(text: string | null): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

const WEB = /^https:\/\/(github|gitlab)\.com\/([A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)+)\/?$/;
const PATH = /^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]{1,300}$/;

/** Where Tekton's git resolver looks; null where that is on no forge that we ask. */
export function placeOf(url: string | null, revision: string | null, path: string | null): ForgePlace | null {
  const [, host, name = ''] = WEB.exec(url ?? '') ?? [];
  const project = name.replace(/\.git$/, '');
  if (!host || project.includes('..') || !path || !PATH.test(path)) return null;
  const branch = revision || 'main';
  return { forge: host === 'github' ? 'github' : 'gitlab', project, branch, path };
}

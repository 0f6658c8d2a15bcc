import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import { type FilePlace, fileText, type KnownFile, type RepositoryFile } from '#sources/forges/file.ts';
import type { Context } from '#sources/pass.ts';
import { digestOf } from '#sources/read.ts';
import { yamlName } from '#sources/records.ts';
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
  digest: Digest.describe("Of its bytes; the text lies on upstream's shelf"),
});
type Kept = z.infer<typeof Kept>;
const KeptFiles = z.record(z.string(), Kept);

export interface ForgePlace extends FilePlace {
  forge: ForgeId;
}

export interface ReadFile {
  text: string;
  digest: string;
  commit: string | null;
  changedAt: string | null;
  /** When the forge said last that it is so. */
  at: string;
  /** Its address at the branch, and at the commit where that is known. */
  url: string;
  permanentUrl: string;
}

export interface Files {
  /** The file as it is now, or was within the hour; each place is asked once. Throws a SourceError. */
  read(place: ForgePlace): Promise<ReadFile>;
  /** Keeps what is known of files, and forgets those that nobody has asked for in a month. */
  save(): Promise<void>;
}

/** Files with what earlier refreshes knew of them; a damaged record counts as none. */
export async function openFiles({ records, upstream, clients, report, nowMs }: Context): Promise<Files> {
  const before = await records.read(NAME);
  const known = new Map(Object.entries(readKept(before)));
  const begun = new Map<string, Promise<ReadFile>>();

  async function read(key: string, place: ForgePlace): Promise<ReadFile> {
    const earlier = known.get(key);
    const text = earlier ? await upstream.read(yamlName(earlier.digest)) : null;
    // A crash can leave it empty.
    const kept = earlier && text ? { now: earlier, text } : null;
    if (kept && isRecent(kept.now, nowMs, AGAIN_MS)) return readFile(place, kept.now, kept.text);
    // Without its text, that it has not changed is of no use.
    const asked: KnownFile | null = earlier ? { ...earlier, etag: kept ? earlier.etag : null } : null;
    const file = await report.asked(place.forge, clients.forges[place.forge].file(place, asked));
    if (file) return keepFile(key, place, file);
    if (kept) return note(key, place, { ...kept.now, askedAt: iso(nowMs) }, kept.text);
    const why = `${fileText(place)} is said not to have changed`;
    throw new SourceError(place.forge, 'unexpected', why, { status: 304 });
  }

  async function keepFile(key: string, place: ForgePlace, { bytes, etag, commit, changedAt }: RepositoryFile) {
    const text = new TextDecoder().decode(bytes);
    const digest = digestOf(bytes);
    await upstream.write(yamlName(digest), text);
    return note(key, place, { askedAt: iso(nowMs), etag, commit, changedAt, digest }, text);
  }

  function note(key: string, place: ForgePlace, now: Kept, text: string): ReadFile {
    known.set(key, now);
    return readFile(place, now, text);
  }

  return {
    read(place) {
      const { forge, project, branch, path } = place;
      const key = `${forge} ${project} ${branch} ${path}`;
      const reading = begun.get(key) ?? read(key, place);
      begun.set(key, reading);
      return reading;
    },
    async save() {
      const recent = [...known].filter(([, one]) => isRecent(one, nowMs, MONTH_MS));
      const sorted = recent.sort(([a], [b]) => (a < b ? -1 : 1));
      const text = `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`;
      if (text !== before && (sorted.length > 0 || before !== null)) await records.write(NAME, text);
    },
  };
}

/** Not what a clock that ran ahead has written: that would count for as long as it was wrong. */
function isRecent({ askedAt }: Kept, nowMs: number, withinMs: number): boolean {
  const ageMs = nowMs - Date.parse(askedAt);
  return ageMs >= 0 && ageMs < withinMs;
}

const readFile = (place: ForgePlace, { askedAt, commit, changedAt, digest }: Kept, text: string): ReadFile => ({
  ...{ text, digest, commit, changedAt, at: askedAt },
  url: addressOf(place, place.branch),
  permanentUrl: addressOf(place, commit ?? place.branch),
});

function addressOf({ forge, project, path }: ForgePlace, at: string): string {
  const steps = [...at.split('/'), ...path.split('/')].map(encodeURIComponent).join('/');
  return forge === 'github'
    ? `https://github.com/${project}/blob/${steps}`
    : `https://gitlab.com/${project}/-/blob/${steps}`;
}

function readKept(text: string | null): z.infer<typeof KeptFiles> {
  try {
    return KeptFiles.parse(JSON.parse(text ?? '{}'));
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
  // What follows the name of a repository there is no part of it; groups within groups only GitLab has.
  if (host === 'github' && project.split('/').length !== 2) return null;
  const branch = revision || 'main';
  return { forge: host === 'github' ? 'github' : 'gitlab', project, branch, path };
}

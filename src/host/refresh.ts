import { join } from 'node:path';
import { clients } from '#sources/clients.ts';
import { collect, type Refresh } from '#sources/collect.ts';
import { merge } from '#sources/merge.ts';
import { rejudge } from '#sources/snapshot.ts';
import { parseBlockers } from '#status/blockers-file.ts';
import { type Snapshot, SOURCES, type SourceId, type SourceReport } from '#status/model.ts';
import { parseNewcomers } from '#status/newcomers-file.ts';
import { ContentError, parseTargets, type Watch } from '#status/parse.ts';
import { iso } from '#status/time.ts';
import { clock } from './clock.ts';
import { readWalkthroughs } from './pipelines.ts';
import { joinRecords, recordStore, shelfIn } from './records.ts';
import { contentStore, readEvents, readSnapshot, readText, setAside, writeAttempt, writeRefresh } from './store.ts';
import { transport } from './transport.ts';
import { pruneUpstream } from './upstream.ts';

/** One refresh of what lies on disk: read, ask, judge, write. */

export interface RefreshOptions {
  targets: string;
  /** What people wrote down about upstream; left out: the forges are not asked. */
  blockers?: string | undefined;
  /** Where newcomers find something to do; left out: nobody is asked for that. */
  newcomers?: string | undefined;
  /** Folder of the walkthroughs whose pipelines are read; left out: none is. */
  pipelines?: string | undefined;
  out: string;
  cache: string;
  only?: readonly SourceId[] | undefined;
  offline: boolean;
  /** Whether layers may be read to find the packages of images without an SBOM. */
  scan?: boolean;
  /** Shard `index` of `count`, from 1. */
  shard?: { index: number; count: number } | undefined;
  now?: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  onProgress?: (done: number, of: number, what: string) => void;
}

// A layer of a bootc image has about 1 GB; what is left over is read in the next refreshes.
const SCAN_BYTES = 4 * 2 ** 30;

/** What `--json` prints. */
export interface RefreshResult {
  exit: 0 | 1;
  snapshot: string | null;
  sources: SourceReport[];
  changed: string[];
  problems: number;
  requests: number;
  bytes: number;
  ms: number;
}

/** Joins what the shards of a refresh have written to `parts` into `out`; throws a ContentError where one is broken. */
export async function joinParts(options: RefreshOptions & { parts: readonly string[] }): Promise<RefreshResult> {
  const started = performance.now();
  const { watch, previous } = await readKnown(options);
  const snapshots = await Promise.all(options.parts.map(readSnapshot));
  const missing = options.parts.filter((_, index) => snapshots[index] === null);
  if (missing.length > 0)
    throw new ContentError(`${missing.join(', ')}: no snapshot.json there. Run the shard that writes it first.`);
  const merged = merge(
    snapshots.flatMap((one) => one ?? []),
    watch,
  );
  await joinRecords(
    options.parts.map((part) => join(part, 'records')),
    join(options.out, 'records'),
  );
  await writeRefresh(options.out, merged, (await Promise.all(options.parts.map(readEvents))).flat());
  return resultOf(options, started, 0, merged.sources, previous, merged);
}

/** Asks the sources once; throws a ContentError when the targets file is wrong. */
export async function refresh(options: RefreshOptions): Promise<RefreshResult> {
  const started = performance.now();
  const { watch, previous } = await readKnown(options);
  const nowMs = options.now ? Date.parse(options.now) : clock.now();
  const result = (exit: 0 | 1, sources: SourceReport[], after: Snapshot | null) =>
    resultOf(options, started, exit, sources, previous, after);
  if (options.offline) {
    if (!previous) return result(1, [], null);
    const kept = rejudge(previous, watch, iso(nowMs));
    await writeRefresh(options.out, kept, []);
    return result(0, kept.sources.map(unasked), kept);
  }
  const lists = {
    blockers: await readList(options.blockers, '--blockers', parseBlockers),
    newcomers: await readList(options.newcomers, '--newcomers', parseNewcomers),
  };
  const collected = await ask(options, watch, lists, previous, nowMs);
  if (!collected.hasAnswer) {
    await writeAttempt(options.out, collected.attempt);
    return { ...result(1, collected.attempt.sources, null), problems: collected.attempt.problems.length };
  }
  await writeRefresh(options.out, collected.snapshot, collected.events);
  if (options.pipelines) await pruneUpstream(upstreamIn(options), join(options.out, 'records'), collected.snapshot);
  return result(0, collected.snapshot.sources, collected.snapshot);
}

function resultOf(
  { out }: RefreshOptions,
  started: number,
  exit: 0 | 1,
  sources: SourceReport[],
  before: Snapshot | null,
  after: Snapshot | null,
): RefreshResult {
  return {
    exit,
    snapshot: after || before ? join(out, 'snapshot.json') : null,
    sources,
    changed: after ? changedIds(before, after) : [],
    problems: (after ?? before)?.problems.length ?? 0,
    requests: sources.reduce((sum, source) => sum + source.requests, 0),
    bytes: sources.reduce((sum, source) => sum + source.bytes, 0),
    ms: Math.round(performance.now() - started),
  };
}

async function readKnown({ targets, out, env }: RefreshOptions): Promise<{ watch: Watch; previous: Snapshot | null }> {
  const text = await readText(targets);
  if (text === null) throw new ContentError(`${targets}: there is no such file. Give one with --targets FILE.`);
  const watch = parseTargets(text, targets, env);
  // A snapshot of another version must not stop refreshes for ever: this one begins anew.
  const previous = await readSnapshot(out).catch(async (error: unknown) => {
    const aside = await setAside(out);
    console.error(`${(error as Error).message} Going on as if nothing were known; a copy is in ${aside}.`);
    return null;
  });
  return { watch, previous };
}

async function readList<T>(
  path: string | undefined,
  option: string,
  parse: (text: string, name: string) => T,
): Promise<T | null> {
  if (path === undefined) return null;
  const text = await readText(path);
  if (text === null) throw new ContentError(`${path}: there is no such file. Give one with ${option} FILE.`);
  return parse(text, path);
}

async function ask(
  options: RefreshOptions,
  watch: Watch,
  lists: Pick<Refresh, 'blockers' | 'newcomers'>,
  previous: Snapshot | null,
  nowMs: number,
) {
  const network = transport();
  const shift = nowMs - clock.now();
  const { shard } = options;
  // One shard is enough for what is not about single images, and GitHub counts.
  const isFirst = (shard?.index ?? 1) === 1;
  try {
    return await collect({
      watch,
      ...lists,
      previous,
      nowMs,
      ...(isFirst ? { walkthroughs: options.pipelines ? await readWalkthroughs(options.pipelines) : [] } : {}),
      records: recordStore(join(options.out, 'records')),
      upstream: shelfIn(upstreamIn(options)),
      scanBytes: options.scan ? SCAN_BYTES : 0,
      only: new Set<SourceId>((options.only ?? SOURCES).filter((id) => id !== 'github' || isFirst)),
      clients: clients({
        fetch: network.fetch,
        isMultiplexed: network.isMultiplexed,
        clock: { ...clock, now: () => clock.now() + shift },
        content: contentStore(options.cache),
        services: watch.file.services,
        env: options.env,
      }),
      ...(shard ? { isMine: (_target, index) => index % shard.count === shard.index - 1 } : {}),
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
  } finally {
    await network.close();
  }
}

const upstreamIn = ({ cache }: RefreshOptions): string => join(cache, 'upstream');

function changedIds(before: Snapshot | null, after: Snapshot): string[] {
  const known = new Map(before?.images.map(({ id, digest }) => [id, digest]));
  return after.images.filter(({ id, digest }) => (known.get(id) ?? null) !== digest).map(({ id }) => id);
}

/** A source as it stands when nothing was asked of it. */
const unasked = (source: SourceReport): SourceReport => ({ ...source, requests: 0, bytes: 0 });

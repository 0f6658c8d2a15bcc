import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTaskWords, readWalkthroughs } from '#host/pipelines.ts';
import { sample } from '#host/sample.ts';
import { readDoctor, readSnapshot, readText, writeAtomic } from '#host/store.ts';
import { readWorld } from '#host/world.ts';
import type { TaskWords, Walkthrough } from '#pipeline/walkthrough.ts';
import { rejudge, withAttempt } from '#sources/snapshot.ts';
import type { DoctorReport } from '#status/doctor.ts';
import type { Snapshot } from '#status/model.ts';
import { type NewcomersFile, parseNewcomers } from '#status/newcomers-file.ts';
import { parseAttempt, parseTargets, type Watch } from '#status/parse.ts';
import type { Target } from '#status/targets.ts';

/** What the pages show: the last snapshot, or the sample where nothing real exists. */
export interface Status {
  snapshot: Snapshot;
  targets: Target[];
  /** Labels that an image is expected to carry. */
  labels: string[];
  doctor: DoctorReport | null;
  /** Where newcomers find something to do. */
  newcomers: NewcomersFile;
  /** Folder with the package lists and recordings. */
  records: string;
  /** Folder with `history/`, the events; null where nothing real is known. */
  history: string | null;
  /** Folder with the YAML of pipelines and tasks from upstream. */
  upstream: string;
  walkthroughs: Walkthrough[];
  taskWords: TaskWords[];
}

/** Reads content/ under `root`; throws on anything broken, so that the build stops and names the field. */
export async function loadStatus(root: URL, env = process.env): Promise<Status> {
  const base = fileURLToPath(root);
  const directory = env['SLIPWAY_STATUS_DIR'] ?? join(base, 'content/status');
  const targetsFile = join(base, 'content/status/targets.yaml');
  const watch = parseTargets(await readFile(targetsFile, 'utf8'), 'content/status/targets.yaml', env);
  const doctor = await readDoctor(join(directory, 'doctor.json'));
  const pipelines = join(base, 'content/pipelines');
  const walkthroughs = await readWalkthroughs(pipelines);
  const words = { walkthroughs, taskWords: await readTaskWords(pipelines) };
  const newcomers = parseNewcomers(
    await readFile(join(base, 'content/newcomers.yaml'), 'utf8'),
    'content/newcomers.yaml',
  );
  const kept = await readSnapshot(directory);
  if (kept) {
    const records = join(directory, 'records');
    const upstream = join(env['SLIPWAY_CACHE_DIR'] ?? join(base, '.cache'), 'upstream');
    return {
      snapshot: await shown(kept, directory, watch),
      ...watched(watch),
      ...words,
      newcomers,
      doctor,
      records,
      history: directory,
      upstream,
    };
  }
  if (env['SLIPWAY_PUBLISH'] === '1')
    throw new Error(
      'Nothing real is known and SLIPWAY_PUBLISH=1 forbids to publish the sample. Run "npm run snapshot" where quay.io can be reached, or restore the status branch.',
    );
  const world = 'content/worlds/sample.yaml';
  const pretended = await readWorld(join(base, world), world);
  const pretend = await sample(pretended, walkthroughs);
  const records = join(base, '.cache/sample');
  const upstream = join(records, 'upstream');
  await shelve(records, pretend.records);
  await shelve(upstream, pretend.upstream);
  return {
    snapshot: pretend.snapshot,
    ...watched(pretend.watch),
    ...words,
    newcomers: pretended.forges?.newcomers ?? { schema: 1, projects: [] },
    doctor,
    records,
    history: null,
    upstream,
  };
}

async function shelve(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of texts) await writeAtomic(join(folder, name), text, { sync: false });
}

const watched = ({ targets, file }: Watch) => ({ targets, labels: file.labels ?? [] });

/** What is kept, for the targets of today, and with a later attempt in which no source answered. */
async function shown(kept: Snapshot, directory: string, watch: Watch): Promise<Snapshot> {
  const path = join(directory, 'attempt.json');
  const text = await readText(path);
  if (text !== null) return withAttempt(kept, parseAttempt(text, path), watch);
  return { ...rejudge(kept, watch, kept.judgedAt), mode: kept.mode };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sample } from '#host/sample.ts';
import { readDoctor, readSnapshot, readText, writeAtomic } from '#host/store.ts';
import { rejudge, withAttempt } from '#sources/snapshot.ts';
import type { DoctorReport } from '#status/doctor.ts';
import type { Snapshot } from '#status/model.ts';
import { parseAttempt, parseTargets, type Watch } from '#status/parse.ts';
import type { Target } from '#status/targets.ts';
import { parseWorld } from '#world/parse.ts';

/** What the pages show: the last snapshot, or the sample where nothing real exists. */
export interface Status {
  snapshot: Snapshot;
  targets: Target[];
  /** Labels that an image is expected to carry. */
  labels: string[];
  doctor: DoctorReport | null;
  /** Folder with the package lists and recordings. */
  records: string;
}

/** Reads content/ under `root`; throws on anything broken, so that the build stops and names the field. */
export async function loadStatus(root: URL, env = process.env): Promise<Status> {
  const base = fileURLToPath(root);
  const directory = env['SLIPWAY_STATUS_DIR'] ?? join(base, 'content/status');
  const targetsFile = join(base, 'content/status/targets.yaml');
  const watch = parseTargets(await readFile(targetsFile, 'utf8'), 'content/status/targets.yaml', env);
  const doctor = await readDoctor(join(directory, 'doctor.json'));
  const kept = await readSnapshot(directory);
  if (kept) {
    const records = join(directory, 'records');
    return { snapshot: await shown(kept, directory, watch), ...watched(watch), doctor, records };
  }
  if (env['SLIPWAY_PUBLISH'] === '1')
    throw new Error(
      'Nothing real is known and SLIPWAY_PUBLISH=1 forbids to publish the sample. Run "npm run snapshot" where quay.io can be reached, or restore the status branch.',
    );
  const world = join(base, 'content/worlds/sample.yaml');
  const pretend = await sample(parseWorld(await readFile(world, 'utf8'), 'content/worlds/sample.yaml'));
  const records = join(base, '.cache/sample');
  for (const [name, text] of pretend.records) await writeAtomic(join(records, name), text, { sync: false });
  return { snapshot: pretend.snapshot, ...watched(pretend.watch), doctor, records };
}

const watched = ({ targets, file }: Watch) => ({ targets, labels: file.labels ?? [] });

/** What is kept, for the targets of today, and with a later attempt in which no source answered. */
async function shown(kept: Snapshot, directory: string, watch: Watch): Promise<Snapshot> {
  const path = join(directory, 'attempt.json');
  const text = await readText(path);
  if (text !== null) return withAttempt(kept, parseAttempt(text, path), watch);
  return { ...rejudge(kept, watch, kept.judgedAt), mode: kept.mode };
}

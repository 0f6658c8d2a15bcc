import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sample } from '#host/sample.ts';
import { readSnapshot, readText } from '#host/store.ts';
import { rejudge, withAttempt } from '#sources/snapshot.ts';
import { DoctorReport } from '#status/doctor.ts';
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
}

/** Reads content/ under `root`; throws on anything broken, so that the build stops and names the field. */
export async function loadStatus(root: URL, env = process.env): Promise<Status> {
  const base = fileURLToPath(root);
  const directory = env['SLIPWAY_STATUS_DIR'] ?? join(base, 'content/status');
  const targetsFile = join(base, 'content/status/targets.yaml');
  const watch = parseTargets(await readFile(targetsFile, 'utf8'), 'content/status/targets.yaml', env);
  const doctor = await readDoctor(join(directory, 'doctor.json'));
  const kept = await readSnapshot(directory);
  if (kept) return { ...shown(await mergeAttempt(kept, directory, watch), watch), doctor };
  if (env['SLIPWAY_PUBLISH'] === '1')
    throw new Error(
      'Nothing real is known and SLIPWAY_PUBLISH=1 forbids to publish the sample. Run "npm run snapshot" where quay.io can be reached, or restore the status branch.',
    );
  const world = join(base, 'content/worlds/sample.yaml');
  const pretend = await sample(parseWorld(await readFile(world, 'utf8'), 'content/worlds/sample.yaml'));
  return { ...shown(pretend.snapshot, pretend.watch), doctor };
}

/** The snapshot for the targets of today: one that was added is there, unseen; one that was removed is gone. */
function shown(snapshot: Snapshot, watch: Watch): Omit<Status, 'doctor'> {
  const today = { ...rejudge(snapshot, watch, snapshot.generatedAt), mode: snapshot.mode };
  return { snapshot: today, targets: watch.targets, labels: watch.file.labels ?? [] };
}

async function mergeAttempt(kept: Snapshot, directory: string, watch: Watch): Promise<Snapshot> {
  const path = join(directory, 'attempt.json');
  const text = await readText(path);
  return text === null ? kept : withAttempt(kept, parseAttempt(text, path), watch);
}

async function readDoctor(path: string): Promise<DoctorReport | null> {
  const text = await readText(path);
  return text === null ? null : DoctorReport.parse(JSON.parse(text));
}

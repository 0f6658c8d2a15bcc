import { readFile } from 'node:fs/promises';
import { clients } from '#sources/clients.ts';
import { inMemory } from '#sources/content.ts';
import { examine } from '#sources/doctor/examine.ts';
import type { DoctorReport } from '#status/doctor.ts';
import { parseTargets } from '#status/parse.ts';
import { iso } from '#status/time.ts';
import { clock } from './clock.ts';
import { readWalkthroughs } from './pipelines.ts';
import { transport } from './transport.ts';

const LIMIT_MS = 30_000;

/** Asks the real services of a targets file and of a folder of walkthroughs; null when they did not answer within 30 seconds. */
export async function consult(
  targets: string,
  pipelines: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<DoctorReport | null> {
  const watch = parseTargets(await readFile(targets, 'utf8'), targets, env);
  const walkthroughs = await readWalkthroughs(pipelines);
  const network = transport();
  const nowMs = clock.now();
  const done = new AbortController();
  try {
    const results = examine({
      clients: clients({ ...network, clock, content: inMemory(), services: watch.file.services, env }),
      targets: watch.targets,
      services: watch.file.services,
      walkthroughs,
      isMultiplexed: network.isMultiplexed,
      nowMs,
    });
    const report = results.then((found) => ({ at: iso(nowMs), results: found }));
    return await Promise.race([report, clock.sleep(LIMIT_MS, done.signal).then(() => null)]);
  } finally {
    done.abort();
    await network.close();
  }
}

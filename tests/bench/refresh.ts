import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, snapshot } from '../support/bench-child.ts';
import { type Counts, farQuay } from '../support/bench-quay.ts';
import { REPOSITORIES, startRegistry, TAG } from '../support/bench-registry.ts';
import { type Figure, kilobytes, print, seconds, spread, times } from '../support/bench-table.ts';

/** A refresh of 20 repositories × 4 arches, 40 ms away and within Quay's rate limits, against skopeo. */

const RUNS = 7;
const TARGETS = `schema: 1
services:
  quay: { api: https://quay.io/api/v1, registry: https://quay.io }
  bodhi: { api: https://bodhi.fedoraproject.org }
  endoflife: { api: https://endoflife.date/api }
targets:
  - channel: production
    variant: [${REPOSITORIES.map((one) => one.replace('fedora/', '')).join(', ')}]
    release: "45"
    repository: fedora/{variant}
    tag: "${TAG}"
    arches: [x86_64, aarch64, ppc64le, s390x]
    cadence: { expect: 24h, fresh: 36h, stale: 72h }
`;
// One image: the index, then each arch as `skopeo inspect` shows it.
const SKOPEO = `skopeo inspect --tls-verify=false --raw docker://$1/{}:${TAG}
for arch in amd64 arm64 ppc64le s390x; do skopeo inspect --tls-verify=false --override-arch $arch docker://$1/{}:${TAG}; done`;

interface Measured {
  ms: number[];
  counts: Counts;
}

const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
const registry = await startRegistry(directory);
const quay = await farQuay(registry.url, directory);
try {
  const targets = join(directory, 'targets.yaml');
  await writeFile(targets, TARGETS);
  const cold = await measure(RUNS, async () => {
    await rm(join(directory, 'out'), { recursive: true, force: true });
    await rm(join(directory, 'cache'), { recursive: true, force: true });
    return refresh(targets);
  });
  const same = await measure(RUNS, () => refresh(targets));
  const slowed = await measure(1, () => skopeo(8));
  // Quay's limits would slow eight clients down by far: they are lifted for skopeo, never for us.
  quay.keepLimits(false);
  const eight = await measure(3, () => skopeo(8));
  const one = await measure(1, () => skopeo(1));
  print('Refresh of 20 repositories × 4 arches, 40 ms away', figures({ cold, same, slowed, eight, one }));
} finally {
  quay.stop();
  await registry.stop();
  await rm(directory, { recursive: true, force: true });
}

async function measure(runs: number, work: () => Promise<number>): Promise<Measured> {
  const ms: number[] = [];
  let counts = quay.take();
  for (let index = 0; index < runs; index++) {
    ms.push(await work());
    const taken = quay.take();
    counts = { ...taken, refused: index > 0 ? counts.refused + taken.refused : taken.refused };
  }
  return { ms, counts };
}

async function refresh(targets: string): Promise<number> {
  const env = {
    NODE_EXTRA_CA_CERTS: quay.certificate,
    SLIPWAY_QUAY_API: `${quay.url}/api/v1`,
    SLIPWAY_QUAY_REGISTRY: quay.url,
    SLIPWAY_BODHI_API: quay.releases,
    SLIPWAY_ENDOFLIFE_API: `${quay.releases}/api`,
  };
  const places = ['--out', join(directory, 'out'), '--cache', join(directory, 'cache')];
  const { ms, result } = await snapshot(['--targets', targets, ...places, '--now', '2026-11-20T14:07:00Z'], { env });
  if (result.problems > 0) throw new Error(`The refresh met ${result.problems} problems; its time means nothing.`);
  return ms;
}

async function skopeo(parallel: number): Promise<number> {
  const names = REPOSITORIES.join('\\n');
  const command = `printf '${names}\\n' | xargs -P ${parallel} -I{} sh -ec '${SKOPEO}' sh ${quay.host} > /dev/null`;
  return (await run('sh', ['-ec', command])).ms;
}

function figures({ cold, same, slowed, eight, one }: Record<'cold' | 'same' | 'slowed' | 'eight' | 'one', Measured>) {
  const row = (what: string, { ms, counts }: Measured): Figure[] => [
    { what: `${what}: time`, figure: spread(ms).text(seconds) },
    { what: `${what}: requests`, figure: requestsOf(counts) },
    { what: `${what}: bytes, connections`, figure: `${kilobytes(counts.bytes)}, ${counts.connections}` },
  ];
  const ratio = (what: string, slow: Measured, least: number): Figure => {
    const found = spread(slow.ms).median / spread(cold.ms).median;
    return { what, figure: times(found), goal: `≥ ${least}×`, isMet: found >= least };
  };
  const refused = cold.counts.refused + same.counts.refused;
  return [
    ...row('cold', cold).map((one, index) => (index === 0 ? within(one, cold, 1_000) : one)),
    ...row('unchanged', same).map((one, index) => (index === 0 ? within(one, same, 300) : one)),
    { what: 'answers 429 to us, all runs', figure: String(refused), goal: '0', isMet: refused === 0 },
    ...row('skopeo, 8 at a time, limits lifted', eight),
    ...row('skopeo, 8 at a time, within the limits', slowed),
    ...row('skopeo, one after the other', one),
    ratio('cold against skopeo, one after the other', one, 80),
    ratio('cold against skopeo, 8 at a time, limits lifted', eight, 10),
  ];
}

function within(figure: Figure, { ms }: Measured, most: number): Figure {
  return { ...figure, goal: `≤ ${seconds(most)}`, isMet: spread(ms).median <= most };
}

function requestsOf({ requests, kinds }: Counts): string {
  const parts = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  return `${requests} (${parts.join(', ')})`;
}

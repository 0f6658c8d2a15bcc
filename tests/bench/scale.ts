import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '#host/serve.ts';
import { simulate } from '#sim/index.ts';
import { certificate } from '../support/bench-certificate.ts';
import { snapshot } from '../support/bench-child.ts';
import { type Figure, kilobytes, megabytes, print, seconds, spread } from '../support/bench-table.ts';
import { largeWorld } from '../support/bench-world.ts';

/** Time and memory of a refresh at 60 and at 1,000 targets, and what an unchanged one moves: HTTP/2 on loopback, without latency. */

const UNCHANGED_BYTES = 2 * 1024 * 1024;

type Ran = Awaited<ReturnType<typeof snapshot>>;

const rows = [];
for (const [targets, runs] of [
  [60, 3],
  [1_000, 1],
] as const)
  rows.push(...(await measure(targets, runs)));
print('Refresh of a pretend Fedora on loopback', rows);

async function measure(targets: number, times: number): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  const { world, targets: file } = largeWorld(targets);
  const seen = new Set<string>();
  const handler = simulate(world);
  const tls = await certificate(directory);
  const server = await serve(
    (request, connection) => {
      seen.add(/\/(blobs|manifests)\//.exec(request.url)?.[1] ?? 'lists');
      return handler(request, connection);
    },
    { tls },
  );
  const ask = () => refresh(directory, server.url, tls.file);
  try {
    await writeFile(join(directory, 'targets.yaml'), file);
    const runs: { cold: Ran[]; same: Ran[] } = { cold: [], same: [] };
    for (let index = 0; index < times; index++) {
      for (const name of ['out', 'cache']) await rm(join(directory, name), { recursive: true, force: true });
      runs.cold.push(await ask());
      seen.clear();
      runs.same.push(await ask());
    }
    const { size } = await stat(join(directory, 'out', 'snapshot.json'));
    const rows = [
      ...figures(`${targets} targets, cold`, runs.cold),
      ...figures(`${targets} targets, unchanged`, runs.same),
    ];
    const [{ result } = { result: { bytes: 0 } }] = runs.same;
    const isSmall = result.bytes < UNCHANGED_BYTES && !seen.has('blobs') && !seen.has('manifests');
    const moved = `${kilobytes(result.bytes)}, ${[...seen].join(' and ')} only`;
    const goal = targets === 60 ? { goal: '< 2 MB and no blob', isMet: isSmall } : {};
    rows.push({ what: `${targets} targets, unchanged: moved`, figure: moved, ...goal });
    rows.push({ what: `${targets} targets: snapshot.json`, figure: kilobytes(size) });
    return rows;
  } finally {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function refresh(directory: string, url: string, trusted: string): Promise<Ran> {
  const env = {
    NODE_EXTRA_CA_CERTS: trusted,
    SLIPWAY_QUAY_API: `${url}/quay.io/api/v1`,
    SLIPWAY_QUAY_REGISTRY: `${url}/quay.io`,
    SLIPWAY_BODHI_API: `${url}/bodhi`,
    SLIPWAY_ENDOFLIFE_API: `${url}/endoflife/api`,
  };
  const places = ['--targets', 'targets.yaml', '--out', 'out', '--cache', 'cache'].map((one) =>
    one.startsWith('--') ? one : join(directory, one),
  );
  const ran = await snapshot([...places, '--now', '2026-11-20T14:07:00Z'], { env, usage: directory });
  if (ran.result.problems > 0)
    throw new Error(`The refresh met ${ran.result.problems} problems; its time means nothing.`);
  return ran;
}

function figures(what: string, ran: readonly Ran[]): Figure[] {
  return [
    { what: `${what}: time`, figure: spread(ran.map(({ ms }) => ms)).text(seconds) },
    { what: `${what}: processor time`, figure: spread(ran.map(({ cpuMs }) => cpuMs)).text(seconds) },
    { what: `${what}: largest memory`, figure: spread(ran.map(({ maxRssMB }) => maxRssMB)).text(megabytes) },
    { what: `${what}: requests`, figure: String(ran[0]?.result.requests) },
  ];
}

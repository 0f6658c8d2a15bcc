import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshot } from '../support/bench-child.ts';
import { type Packing, serveLayer } from '../support/bench-layer.ts';
import { serveSboms } from '../support/bench-sbom.ts';
import { type Figure, megabytes, print, seconds } from '../support/bench-table.ts';

/** What it takes to read the evidence of one image. */

const LAYER_MEMORY_MB = 200;
const SBOM_MEMORY_MB = 100;
/** Nobody has told how large the SBOM of a bootc image is; tens of MB is what is expected. */
const SBOM_BYTES = 30e6;
const LARGE_BYTES = 200e6;

print('SBOMs and provenance', [...(await evidence()), ...(await largeSbom())]);
print('Packages out of a layer', [...(await layer('gzip')), ...(await layer('zstd'))]);

/** Everything that vouches for one image of four arches: signature, attestation, an SBOM of each. */
async function evidence(): Promise<Figure[]> {
  const { without, read, again } = await readSboms(4, SBOM_BYTES);
  const what = `one image, four SBOMs of ${megabytes(SBOM_BYTES / 1e6)}`;
  return [
    { what: `${what}: time`, figure: seconds(read.ms - without.ms) },
    { what: `${what}: processor time`, figure: seconds(read.cpuMs - without.cpuMs) },
    { what: `${what}: requests`, figure: String(read.result.requests - without.result.requests) },
    { what: `${what}: bytes`, figure: megabytes((read.result.bytes - without.result.bytes) / 1e6) },
    { what: `${what}: largest memory`, figure: megabytes(read.maxRssMB) },
    { what: `${what}: bytes when asked again`, figure: `${again.result.bytes} bytes` },
  ];
}

/** A refresh that reads an SBOM of 200 MB against one that reads none. */
async function largeSbom(): Promise<Figure[]> {
  const { without, read } = await readSboms(1, LARGE_BYTES);
  const growth = read.maxRssMB - without.maxRssMB;
  const what = `${megabytes(LARGE_BYTES / 1e6)} SBOM`;
  return [
    { what: `${what}: time`, figure: seconds(read.ms - without.ms) },
    { what: `${what}: processor time`, figure: seconds(read.cpuMs - without.cpuMs) },
    {
      what: `${what}: memory beyond a refresh without it`,
      figure: `${megabytes(growth)} (largest ${megabytes(read.maxRssMB)})`,
      goal: `≤ ${megabytes(SBOM_MEMORY_MB)}`,
      isMet: growth <= SBOM_MEMORY_MB,
    },
  ];
}

async function readSboms(arches: number, bytes: number) {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  const served = await serveSboms(directory, arches, bytes);
  try {
    const targets = join(directory, 'targets.yaml');
    const keys = `keys: [{ id: bench, pem: ${JSON.stringify(served.pem)} }]\n`;
    const all = ['x86_64', 'aarch64', 'ppc64le', 's390x'].slice(0, arches);
    await writeFile(targets, targetsAt(served.url, all) + keys);
    const args = ['--targets', targets, '--out', join(directory, 'out'), '--cache', join(directory, 'cache')];
    const ask = (only: string) => snapshot([...args, '--only', only], { usage: directory });
    await ask('oci');
    const without = await ask('oci');
    const read = await ask('oci,provenance,sbom');
    if (read.result.problems > 0) throw new Error('An SBOM could not be read; its time means nothing.');
    return { without, read, again: await ask('oci,provenance,sbom') };
  } finally {
    served.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A refresh that reads a layer of 1.5 GB against one that reads none. */
async function layer(packing: Packing): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
  const served = await serveLayer(directory, packing);
  try {
    const targets = join(directory, 'targets.yaml');
    await writeFile(targets, targetsAt(served.url));
    const args = ['--targets', targets, '--out', join(directory, 'out'), '--cache', join(directory, 'cache')];
    const ask = (...more: string[]) => snapshot([...args, '--only', 'oci,sbom', ...more], { usage: directory });
    await ask();
    const without = await ask();
    const read = await ask('--scan');
    if (read.result.problems > 0) throw new Error('The layer could not be read; its time means nothing.');
    const again = await ask('--scan');
    const growth = read.maxRssMB - without.maxRssMB;
    const { packed, plain } = served.bytes;
    const what = `${megabytes(packed / 1e6)} layer, ${packing} (${megabytes(plain / 1e6)} unpacked)`;
    return [
      { what: `${what}: time`, figure: seconds(read.ms - without.ms) },
      { what: `${what}: processor time`, figure: seconds(read.cpuMs - without.cpuMs) },
      {
        what: `${what}: memory beyond a refresh without it`,
        figure: `${megabytes(growth)} (largest ${megabytes(read.maxRssMB)})`,
        goal: `≤ ${megabytes(LAYER_MEMORY_MB)}`,
        isMet: growth <= LAYER_MEMORY_MB,
      },
      {
        what: `${what}: moved when asked again`,
        figure: `${again.result.bytes} bytes`,
        goal: '< 1 MB',
        isMet: again.result.bytes < 1e6,
      },
    ];
  } finally {
    served.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function targetsAt(registry: string, arches: readonly string[] = ['x86_64']): string {
  return `schema: 1
services: { fedora: { registry: "${registry}" } }
targets:
  - channel: production
    variant: standard
    release: "45"
    registry: fedora
    repository: fedora-bootc
    tag: "45"
    arches: [${arches.join(', ')}]
    cadence: { expect: 24h, fresh: 36h, stale: 72h }
`;
}

import { digestOf } from '#sim/bytes.ts';
import { instant, stamp } from '#sim/clock.ts';
import type { Life } from '#sim/world.ts';
import type { Leg } from './sbom.ts';

/** What a pretend pipeline did to build an image: its tasks with their times, parameters and results. */

export interface BuildRun {
  name: string;
  startedOn: string;
  finishedOn: string;
  params: Record<string, string | string[]>;
  tasks: BuildTask[];
}

export interface BuildTask {
  name: string;
  after: readonly string[];
  bundle: string;
  /** Of its only step. */
  image: string;
  startedOn: string;
  finishedOn: string;
  params: Record<string, string>;
  results: Record<string, string>;
  labels: Record<string, string>;
}

const SECOND_MS = 1_000;
const BUILD = 'sample-build';
/** Per task when it begins and ends, in seconds after the run began, and what it waits for. */
const TASKS: readonly (readonly [name: string, from: number, to: number, after: readonly string[]])[] = [
  ['sample-init', 4, 11, []],
  ['sample-clone', 12, 31, ['sample-init']],
  [BUILD, 33, 610, ['sample-clone']],
  ['sample-index', 612, 640, [BUILD]],
  ['sample-inspect', 642, 700, ['sample-index']],
];
const RUN_SECONDS = 705;
const PLATFORMS = {
  x86_64: 'linux/amd64',
  aarch64: 'linux/arm64',
  ppc64le: 'linux/ppc64le',
  s390x: 'linux/s390x',
} as const;

/** The run that made a digest; the task that builds has a leg for each arch. */
export async function buildRunOf(
  digest: string,
  place: string,
  { recipe, startMs, pins }: Life,
  legs: readonly Leg[],
): Promise<BuildRun> {
  const beganMs = startMs - RUN_SECONDS * SECOND_MS;
  const at = (second: number) => instant(beganMs + second * SECOND_MS);
  const commit = `sample-${stamp(beganMs)}`;
  const source = recipe.labels['org.opencontainers.image.source'] ?? 'https://example.org/sample/recipes';
  const whole: Record<string, Record<string, string>> = {
    'sample-clone': { 'CHAINS-GIT_URL': source, 'CHAINS-GIT_COMMIT': commit },
    'sample-index': { ...imageResults(place, digest), IMAGES: legs.map((leg) => `${place}@${leg.digest}`).join(',') },
    'sample-inspect': { TEST_OUTPUT: testOutput(at(698)) },
  };
  const tasks = await Promise.all(
    TASKS.flatMap(([name, from, to, after]) => {
      const legsOfTask = name === BUILD && legs.length > 0 ? legs : [null];
      return legsOfTask.map(async (leg, turn) => ({
        ...{ name, after, bundle: await pinOf(`task-${name}`), image: await pinOf(`step-${name}`) },
        startedOn: at(from),
        // The arches do not end together.
        finishedOn: at(to - 20 * turn),
        ...(leg ? whatLeg(place, leg) : { params: {}, results: whole[name] ?? {}, labels: {} }),
      }));
    }),
  );
  const params = {
    ...{ 'git-url': source, revision: commit, 'output-image': `${place}:${stamp(beganMs)}` },
    ...{ dockerfile: 'Containerfile', 'path-context': '.', hermetic: 'true', 'skip-checks': 'false' },
    'build-platforms': legs.map(({ arch }) => PLATFORMS[arch]),
    'build-args': pins?.base ? [] : [`REPOS_IMAGE=${pins?.compose ?? (await composeOf(place, beganMs))}`],
  };
  return { name: `sample-build-${stamp(beganMs)}`, startedOn: at(0), finishedOn: at(RUN_SECONDS), params, tasks };
}

function whatLeg(place: string, { arch, digest, sbom }: Leg) {
  const platform = PLATFORMS[arch];
  return {
    params: { PLATFORM: platform, HERMETIC: 'true' },
    results: { ...imageResults(place, digest), ...(sbom ? { SBOM_BLOB_URL: `${place}@${sbom}` } : {}) },
    labels: { 'build.appstudio.redhat.com/target-platform': platform.replace('/', '-') },
  };
}

const imageResults = (place: string, digest: string) => ({
  IMAGE_DIGEST: digest,
  IMAGE_REF: `${place}@${digest}`,
  IMAGE_URL: place,
});

/** Ends with the line end that real checks leave. */
const testOutput = (timestamp: string) =>
  `${JSON.stringify({ result: 'SUCCESS', timestamp, namespace: 'sample', successes: 3, failures: 0, warnings: 0 })}\n`;

async function composeOf(place: string, beganMs: number): Promise<string> {
  const tag = `Fedora-sample-${stamp(beganMs).slice(0, 8)}.n.0`;
  return `${place.replace(/-[a-z]+$/, '')}-compose:${tag}@${await digestOf(new TextEncoder().encode(tag))}`;
}

async function pinOf(name: string): Promise<string> {
  return `quay.io/sample/${name}:0.1@${await digestOf(new TextEncoder().encode(name.replace('task-', '')))}`;
}

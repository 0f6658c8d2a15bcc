import { digestOf } from './bytes.ts';
import { instant, stamp } from './clock.ts';
import type { Leg } from './sbom.ts';
import type { Life } from './world.ts';

/** What a pretend build says of itself: an in-toto statement in the shape that Chains gives a PipelineRun. */

export const SLSA = 'https://slsa.dev/provenance/v0.2';

const SECOND_MS = 1_000;
/** Per task when it begins and ends, in seconds after the run began, and what it waits for. */
const TASKS: readonly (readonly [name: string, from: number, to: number, after: readonly string[]])[] = [
  ['sample-init', 4, 11, []],
  ['sample-clone', 12, 31, ['sample-init']],
  ['sample-build', 33, 610, ['sample-clone']],
  ['sample-index', 612, 640, ['sample-build']],
  ['sample-inspect', 642, 700, ['sample-index']],
];
const RUN_SECONDS = 705;

/** The statement about a digest; each leg of the build says what it made. */
export async function statementOf(
  digest: string,
  place: string,
  { recipe, startMs, pins }: Life,
  legs: readonly Leg[],
) {
  const beganMs = startMs - RUN_SECONDS * SECOND_MS;
  const at = (second: number) => instant(beganMs + second * SECOND_MS);
  const tasks = await Promise.all(
    runsOf(legs).map(async ({ task: [name, from, to, after], leg }) => ({
      name,
      after,
      ref: { resolver: 'bundles', params: [{ name: 'bundle', value: await bundleOf(name) }] },
      startedOn: at(from),
      finishedOn: at(to),
      status: 'Succeeded',
      steps: [{ entryPoint: 'echo sample', environment: { container: name } }],
      invocation: { parameters: {}, environment: { labels: { sample: 'true' } } },
      results: leg ? resultsOf(place, leg) : [],
    })),
  );
  return {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: SLSA,
    subject: [{ name: place, digest: { sha256: digest.slice('sha256:'.length) } }],
    predicate: {
      builder: { id: 'https://tekton.dev/chains/v2' },
      buildType: 'tekton.dev/v1/PipelineRun',
      invocation: {
        configSource: {},
        parameters: await parametersOf(place, beganMs, recipe.labels['org.opencontainers.image.source'], pins?.compose),
        environment: { labels: { sample: recipe.title } },
      },
      metadata: { buildStartedOn: at(0), buildFinishedOn: at(RUN_SECONDS), reproducible: false },
      ...(pins?.base ? { materials: [materialOf(pins.base)] } : {}),
      buildConfig: { tasks },
    },
  };
}

/** The task that builds runs once for each arch. */
function runsOf(legs: readonly Leg[]): { task: (typeof TASKS)[number]; leg: Leg | null }[] {
  return TASKS.flatMap((task) => {
    const ran = task[0] === 'sample-build' && legs.length > 0 ? legs : [null];
    return ran.map((leg) => ({ task, leg }));
  });
}

function resultsOf(place: string, { digest, sbom }: Leg) {
  const one = (name: string, value: string) => ({ name, type: 'string', value });
  return [
    one('IMAGE_DIGEST', digest),
    one('IMAGE_REF', `${place}@${digest}`),
    one('IMAGE_URL', place),
    ...(sbom ? [one('SBOM_BLOB_URL', `${place}@${sbom}`)] : []),
  ];
}

/** An image that went in, as a material. */
function materialOf(pin: string) {
  const [image, digest = ''] = pin.split('@sha256:');
  return { uri: `oci://${image}`, digest: { sha256: digest } };
}

async function parametersOf(
  place: string,
  beganMs: number,
  source = 'https://example.org/sample/recipes',
  pinned: string | null = null,
) {
  const tag = `Fedora-sample-${stamp(beganMs).slice(0, 8)}.n.0`;
  const compose =
    pinned ?? `${place.replace(/-[a-z]+$/, '')}-compose:${tag}@${await digestOf(new TextEncoder().encode(tag))}`;
  return { 'git-url': source, revision: `sample-${stamp(beganMs)}`, 'build-args': [`REPOS_IMAGE=${compose}`] };
}

async function bundleOf(name: string): Promise<string> {
  return `quay.io/sample/task-${name}:0.1@${await digestOf(new TextEncoder().encode(name))}`;
}

import { type RecordedTask, Recording } from '#pipeline/recording.ts';
import { notRecorded } from '#pipeline/recording-text.ts';
import { redact } from '#sources/redact.ts';
import { type StatedRun, type StatedTask, trimmed, word } from './stated.ts';

/** A run as it may be kept and replayed: names on a list, values cut, nothing that looks like a secret. */

/** Names whose values are kept, of the pipeline's parameters, of a task's, and of its results; all else stays where it is. */
const PIPELINE = new Set([
  ...['git-url', 'revision', 'output-image', 'dockerfile', 'path-context', 'build-args', 'build-args-file', 'hermetic'],
  ...['build-platforms', 'build-image-index', 'build-source-image', 'privileged-nested', 'skip-checks', 'rebuild'],
  ...['image-expires-after', 'prefetch-input', 'buildah-format', 'source-date-epoch', 'omit-history'],
  ...['rewrite-timestamp'],
]);
const TASK = new Set([
  ...['PLATFORM', 'image-platform', 'image-arch', 'platform', 'DOCKERFILE', 'CONTEXT', 'HERMETIC', 'PREFETCH_INPUT'],
  ...['PRIVILEGED_NESTED', 'BUILD_ARGS', 'BUILD_ARGS_FILE', 'BASE_IMAGES_DIGESTS', 'url', 'input'],
]);
const RESULT = new Set([
  ...['IMAGE_URL', 'IMAGE_DIGEST', 'IMAGE_REF', 'IMAGES', 'SBOM_BLOB_URL', 'BASE_IMAGES_DIGESTS', 'BUILD_RESULT'],
  ...['SOURCE_IMAGE_URL', 'SOURCE_IMAGE_DIGEST', 'SOURCE_ARTIFACT', 'CACHI2_ARTIFACT', 'CHAINS-GIT_URL'],
  ...['CHAINS-GIT_COMMIT', 'commit', 'commit-timestamp', 'TEST_OUTPUT', 'SCAN_OUTPUT', 'RPMS_DATA', 'REPORTS'],
  ...['IMAGES_PROCESSED'],
]);
const VALUE = 2_000;
// More than is kept, so that a secret is not cut in half before it is found.
const READ = 4_000;
const FEW = 50;
const LARGEST = 512 << 10;
/** The recording of a run; null where the statement records no tasks. */
export function recordingOf(run: StatedRun, image: string, isVerified: boolean): Recording | null {
  if (!run.tasks) return null;
  const [first] = run.tasks;
  const label = (name: string) => word(first?.labels.get(name)) ?? word(run.labels.get(name));
  const platforms = platformsOf(run);
  const name = label('tekton.dev/pipelineRun');
  const pipeline = label('tekton.dev/pipeline');
  const recording = {
    schema: 1 as const,
    origin: 'attestation' as const,
    image,
    predicateType: run.predicateType,
    isVerified,
    // An inlined pipeline is named like its run.
    pipeline: pipeline === name ? label('pipelinesascode.tekton.dev/original-prname') : pipeline,
    run: name,
    namespace: first?.namespace ?? /\/ns\/([a-z0-9-]{1,63})\//.exec(run.logUrl ?? '')?.[1] ?? null,
    logUrl: run.logUrl,
    createdAt: null,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    outcome: null,
    message: null,
    params: valuesOf(run.params, PIPELINE),
    tasks: run.tasks.map((task) => recorded(task, platforms)),
  };
  const planned = run.planned && [...run.planned.keys()].map((one) => word(one) ?? 'unnamed');
  const missing = notRecorded(recording, { platforms, planned, unread: run.unread });
  return Recording.parse(bounded({ ...recording, notRecorded: missing }));
}

/** A recording that can be kept a hundredfold: a real one has 40 KB, a made-up one must not fill the branch. */
function bounded(recording: Recording): Recording {
  if (JSON.stringify(recording).length <= LARGEST) return recording;
  return {
    ...recording,
    tasks: recording.tasks.map((task) => ({ ...task, params: {}, results: {}, steps: [] })),
    notRecorded: [...recording.notRecorded, 'Steps, parameters and results: they are too many to keep.'],
  };
}

function platformsOf({ params }: StatedRun): string[] {
  const given = params.get('build-platforms');
  return Array.isArray(given) ? given.flatMap((one) => word(one) ?? []).slice(0, FEW) : [];
}

function recorded(task: StatedTask, platforms: readonly string[]): RecordedTask {
  const { name, status, startedAt, finishedAt, bundle } = task;
  return {
    name,
    after: task.after.slice(0, FEW).flatMap((one) => word(one) ?? []),
    ...{ status, startedAt, finishedAt, bundle },
    task: task.task,
    platform: platformOf(task, platforms),
    params: valuesOf(task.params, TASK),
    results: valuesOf(task.results, RESULT),
    steps: task.steps.slice(0, FEW).map((step, at) => ({ reason: null, ...step, name: step.name ?? `step ${at + 1}` })),
    ...{ createdAt: null, message: null, log: null },
  };
}

/** The platform of a leg, as the parameter names it that the matrix fills; else as its label does. */
function platformOf({ params, labels }: StatedTask, platforms: readonly string[]): string | null {
  const given = ['PLATFORM', 'image-platform', 'image-arch', 'platform'].flatMap(
    (name) => word(params.get(name)) ?? [],
  );
  const [named = null] = given;
  // The default of a parameter is no leg of this run.
  if (named && (platforms.length === 0 || platforms.includes(named))) return named;
  return word(labels.get('build.appstudio.redhat.com/target-platform'));
}

/** Values of the names on the list, without those that are empty. */
function valuesOf(given: ReadonlyMap<string, unknown>, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    [...given].flatMap(([name, value]) => {
      const text = names.has(name) ? textOf(value) : '';
      return text === '' || text === '[]' ? [] : [[name, text]];
    }),
  );
}

/** A value as one text: lists joined, the line end of tasks taken off, credentials and secrets out, cut. */
function textOf(value: unknown): string {
  const whole = Array.isArray(value) ? value.map(plainText).join(', ') : plainText(value);
  const text = redact(trimmed(whole.slice(0, READ)).replace(/(\w:\/\/)[^/@\s]*@/g, '$1'));
  return text.length > VALUE ? `${text.slice(0, VALUE - 1)}…` : text;
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { redact } from '#sources/redact.ts';
import { type StatedTask, trimmed, word } from './stated.ts';

/** What of a run and its tasks may be kept, whoever told it: names on a list, values cut, nothing that looks like a secret. */

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

type Values = ReadonlyMap<string, unknown>;

/** The platforms that a run is to build for, as its own parameter says. */
export function platformsOf(params: Values): string[] {
  const given = params.get('build-platforms');
  return Array.isArray(given) ? given.flatMap((one) => word(one) ?? []).slice(0, FEW) : [];
}

/** A task as it is kept. */
export function recorded(task: StatedTask, platforms: readonly string[]): RecordedTask {
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

/** Whether the value of this parameter of a run may be kept. */
export const isKeptParameter = (name: string): boolean => PIPELINE.has(name);

/** What of the parameters of a pipeline is kept. */
export const pipelineValues = (given: Values): Record<string, string> => valuesOf(given, PIPELINE);

/** Values of the names on the list, without those that are empty. */
function valuesOf(given: Values, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(
    [...given].flatMap(([name, value]) => {
      const text = names.has(name) ? textOf(value) : '';
      return text === '' || text === '[]' ? [] : [[name, text]];
    }),
  );
}

/** A value as one text: lists joined, the line end of tasks taken off, credentials and secrets out, cut. */
export function textOf(value: unknown): string {
  const whole = Array.isArray(value) ? value.map(plainText).join(', ') : plainText(value);
  const text = redact(trimmed(whole.slice(0, READ)).replace(/(\w:\/\/)[^/@\s]*@/g, '$1'));
  return text.length > VALUE ? `${text.slice(0, VALUE - 1)}…` : text;
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** A recording that can be kept a hundredfold: a real one has 40 KB, a made-up one must not fill the branch. */
export function bounded(recording: Recording): Recording {
  if (isSmall(recording)) return recording;
  const without = (tasks: RecordedTask[], what: string): Recording => ({
    ...recording,
    tasks,
    notRecorded: [...recording.notRecorded, `${what}: they are too many to keep.`],
  });
  const plain = recording.tasks.map((task) => ({ ...task, params: {}, results: {}, steps: [] }));
  const smaller = without(plain, 'Steps, parameters and results');
  if (isSmall(smaller)) return smaller;
  const bare = plain.map((task) => ({ ...task, after: [], message: null }));
  return without(bare, 'Steps, parameters, results, messages and which task waited for which');
}

const isSmall = (recording: Recording): boolean =>
  new TextEncoder().encode(JSON.stringify(recording)).length <= LARGEST;

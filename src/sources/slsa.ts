import { z } from 'zod';
import type { Build, Task } from '#status/attachment.ts';
import { iso } from '#status/time.ts';
import { jsonOf } from './signature.ts';

/** What a SLSA statement says of a build, field by field; what is not on the list is not read. */

const V02 = 'https://slsa.dev/provenance/v0.2';
const V1 = 'https://slsa.dev/provenance/v1';
const WITH_TASKS = 'https://tekton.dev/chains/v2/slsa-tekton';
const WORD = 200;
const MANY = 200;
const LAST_MS = Date.parse('9999-01-01T00:00:00Z');

const Loose = z.string().optional().catch(undefined);
const Fields = z.record(z.string(), z.unknown()).catch({});
const Named = z.object({ name: Loose, value: z.unknown() });
const Params = z.array(Named).catch([]);
const Ref = z.object({ params: Params }).catch({ params: [] });

const Wire02 = z.object({
  builder: z.object({ id: Loose }).catch({ id: undefined }),
  metadata: z.object({ buildStartedOn: Loose, buildFinishedOn: Loose }).catch({}),
  invocation: z.object({ parameters: Fields }).catch({ parameters: {} }),
  buildConfig: z
    .object({
      tasks: z.array(z.object({ name: Loose, status: Loose, startedOn: Loose, finishedOn: Loose, ref: Ref })),
    })
    .optional()
    .catch(undefined),
});

const Dependency = z.object({ name: Loose, uri: Loose, digest: Fields, content: Loose });
const Wire1 = z.object({
  buildDefinition: z.object({
    buildType: Loose,
    externalParameters: z
      .object({ runSpec: z.object({ params: Params }).catch({ params: [] }) })
      .catch({ runSpec: { params: [] } }),
    resolvedDependencies: z.array(Dependency).catch([]),
  }),
  runDetails: z.object({
    builder: z.object({ id: Loose }).catch({ id: undefined }),
    metadata: z.object({ startedOn: Loose, finishedOn: Loose }).catch({}),
  }),
});

const TaskRun = z.object({
  metadata: z.object({ labels: Fields }).catch({ labels: {} }),
  spec: z.object({ taskRef: Ref }).catch({ taskRef: { params: [] } }),
  status: z.object({
    startTime: Loose,
    completionTime: Loose,
    conditions: z.array(z.object({ type: Loose, reason: Loose })).catch([]),
  }),
});

/** Whether a predicate of this type tells of a build. */
export function isProvenance(predicateType: string): boolean {
  return predicateType === V02 || predicateType === V1;
}

/** The build that a predicate describes; null where it has not the shape that its type promises. */
export function readBuild(predicateType: string, predicate: unknown): Build | null {
  return predicateType === V02 ? read02(predicate) : predicateType === V1 ? read1(predicate) : null;
}

function read02(predicate: unknown): Build | null {
  const parsed = Wire02.safeParse(predicate);
  if (!parsed.success) return null;
  const { builder, metadata, invocation, buildConfig } = parsed.data;
  const tasks = buildConfig?.tasks.slice(0, MANY);
  return {
    predicateType: V02,
    builder: word(builder.id),
    ...inputsOf(invocation.parameters),
    startedAt: instant(metadata.buildStartedOn),
    finishedAt: instant(metadata.buildFinishedOn),
    sboms: [],
    inputs: [],
    bundles: tasks ? unique(tasks.flatMap(({ ref }) => bundleOf(ref.params))) : null,
    tasks: tasks?.map((one) => task(one.name, one.status, one.startedOn, one.finishedOn)) ?? null,
  };
}

function read1(predicate: unknown): Build | null {
  const parsed = Wire1.safeParse(predicate);
  if (!parsed.success) return null;
  const { buildDefinition, runDetails } = parsed.data;
  const { buildType, externalParameters, resolvedDependencies: dependencies } = buildDefinition;
  const ran = buildType === WITH_TASKS ? dependencies.filter(({ name }) => name === 'pipelineTask') : [];
  const runs = ran.slice(0, MANY).flatMap(({ content = '' }) => {
    const run = TaskRun.safeParse(jsonOf(Buffer.from(content, 'base64')));
    return run.success ? [run.data] : [];
  });
  const pinned = dependencies.filter(({ uri }) => uri?.startsWith('oci://'));
  return {
    predicateType: V1,
    builder: word(runDetails.builder.id),
    ...inputsOf(Object.fromEntries(externalParameters.runSpec.params.map(({ name, value }) => [name ?? '', value]))),
    startedAt: instant(runDetails.metadata.startedOn),
    finishedAt: instant(runDetails.metadata.finishedOn),
    sboms: [],
    inputs: [],
    bundles: unique(
      runs.length > 0
        ? runs.flatMap(({ spec }) => bundleOf(spec.taskRef.params))
        : pinned.flatMap(({ uri = '', digest }) =>
            pinnedText(`${uri.replace('oci://', '')}@sha256:${digest['sha256']}`),
          ),
    ),
    tasks: runs.length > 0 ? runs.map(taskOfRun) : null,
  };
}

function taskOfRun({ metadata, status }: z.infer<typeof TaskRun>): Task {
  const end = status.conditions.find(({ type }) => type === 'Succeeded')?.reason;
  const name = metadata.labels['tekton.dev/pipelineTask'];
  return task(typeof name === 'string' ? name : undefined, end, status.startTime, status.completionTime);
}

function task(name: string | undefined, status: string | undefined, from?: string, to?: string): Task {
  return { name: word(name) ?? 'unnamed', status: word(status), startedAt: instant(from), finishedAt: instant(to) };
}

/** Source and compose, which Konflux hands to a pipeline as parameters. */
function inputsOf(parameters: Record<string, unknown>): Pick<Build, 'source' | 'compose'> {
  const repository = addressOf(parameters['git-url']);
  const { revision } = parameters;
  const args = z.array(z.unknown()).catch([]).parse(parameters['build-args']);
  const image = args.flatMap((arg) => (typeof arg === 'string' ? (/^REPOS_IMAGE=(\S+)$/.exec(arg)?.[1] ?? []) : []))[0];
  const [, tag] = /:([^:/@]+)(?:@sha256:[0-9a-f]{64})?$/.exec(image?.replace(/@.*$/, '') ?? '') ?? [];
  return {
    source: repository ? { repository, commit: word(revision) } : null,
    compose: image ? { id: word(tag), image: image.slice(0, WORD) } : null,
  };
}

/** An https address without what a repository does not need: credentials, query, fragment. */
function addressOf(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const { protocol, host, pathname } = new URL(value);
  return protocol === 'https:' ? `https://${host}${pathname}`.slice(0, WORD) : null;
}

function bundleOf(params: z.infer<typeof Params>): string[] {
  const bundle = params.find(({ name }) => name === 'bundle')?.value;
  return typeof bundle === 'string' ? pinnedText(bundle) : [];
}

const pinnedText = (text: string): string[] => (/^\S{1,120}@sha256:[0-9a-f]{64}$/.test(text) ? [text] : []);

const unique = (texts: string[]): string[] => [...new Set(texts)].slice(0, MANY);

const word = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, WORD) || null : null);

function instant(value: string | undefined): string | null {
  const ms = Date.parse(value ?? '');
  return ms >= 0 && ms < LAST_MS ? iso(ms) : null;
}

import { z } from 'zod';
import { PlannedSpec } from './planned.ts';

/** Objects of the Konflux cluster, cut down to exactly the fields that are read; all else is dropped while parsing. */

const Words = z.record(z.string(), z.string()).nullish();
const Word = z.string().max(4_000);
/** An instant that stays one in UTC. */
export const Time = z.iso.datetime({ offset: true }).regex(/^[12]/, 'is not of our time');
const Moment = Time.nullish();
/** The name of an object, fit for an address. */
export const Name = z
  .string()
  .min(1)
  .max(253)
  .refine((text) => text.isWellFormed(), 'is not the name of an object');

const Metadata = z.object({
  name: Name,
  namespace: z.string().max(253).nullish(),
  uid: z.string().max(100),
  resourceVersion: z.string().max(40).nullish(),
  creationTimestamp: Time,
  labels: Words,
  annotations: Words,
});

const Condition = z.object({
  type: Word.default(''),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: Word.nullish(),
  message: z.string().max(200_000).nullish(),
});
export type Condition = z.infer<typeof Condition>;
const Conditions = z.array(Condition).max(100).nullish();

// Of results and parameters that are no text only the name is of use.
const Value = z.object({ name: Word, value: z.string().max(100_000).catch('') });
const Values = z.array(Value).max(500).nullish();
const Given = z.object({
  name: Word,
  value: z.union([z.string().max(100_000), z.array(z.string().max(10_000)).max(200)]).catch(''),
});

/** What every object has. */
export const Listed = z.object({ metadata: Metadata });
export type Listed = z.infer<typeof Listed>;

export const PipelineRun = Listed.extend({
  spec: z.object({ status: Word.nullish(), params: z.array(Given).max(500).nullish().catch(null) }).nullish(),
  status: z
    .object({
      conditions: Conditions,
      startTime: Moment,
      completionTime: Moment,
      results: Values,
      pipelineResults: Values,
      // What only a recording needs costs no run.
      pipelineSpec: PlannedSpec.optional(),
      skippedTasks: z
        .array(z.object({ name: Word, reason: Word.nullish() }))
        .max(500)
        .nullish()
        .catch(null),
      childReferences: z
        .array(z.object({ name: Name }))
        .max(1_000)
        .nullish()
        .catch(null),
    })
    .nullish(),
});
export type PipelineRun = z.infer<typeof PipelineRun>;

const Step = z.object({
  name: Word.nullish(),
  container: Word.nullish(),
  imageID: Word.nullish().catch(null),
  terminated: z
    .object({
      exitCode: z.int().nullish(),
      reason: Word.nullish(),
      startedAt: Word.nullish().catch(null),
      finishedAt: Word.nullish().catch(null),
    })
    .nullish(),
});

export const TaskRun = Listed.extend({
  spec: z
    .object({
      params: z.array(Given).max(500).nullish(),
      taskRef: z
        .object({
          name: Word.nullish(),
          bundle: Word.nullish(),
          params: z
            .array(z.object({ name: Word, value: z.unknown() }))
            .max(50)
            .nullish(),
        })
        .nullish()
        .catch(null),
    })
    .nullish(),
  status: z
    .object({
      conditions: Conditions,
      startTime: Moment,
      completionTime: Moment,
      podName: Name.nullish().catch(null),
      steps: z.array(Step).max(200).nullish(),
      results: Values,
      taskResults: Values,
      retriesStatus: z
        .array(z.unknown())
        .transform(({ length }) => length)
        .nullish()
        .catch(null),
    })
    .nullish(),
});
export type TaskRun = z.infer<typeof TaskRun>;

/** Konflux's `Snapshot`: the images of an application that are tested and promoted together. */
export const BuildSet = Listed.extend({
  spec: z.object({
    components: z
      .array(z.object({ name: Word, containerImage: Word.nullish() }))
      .max(1_000)
      .nullish(),
  }),
  status: z.object({ conditions: Conditions }).nullish(),
});
export type BuildSet = z.infer<typeof BuildSet>;

/** Konflux's `Release`: one promotion of a build set. */
export const Release = Listed.extend({
  spec: z.object({ snapshot: Word, releasePlan: Word }),
  status: z
    .object({
      conditions: Conditions,
      startTime: Moment,
      completionTime: Moment,
      managedPipelineAttempts: z
        .array(
          z.object({
            status: Word.nullish(),
            failureReason: Word.nullish(),
            lastTask: Word.nullish(),
            lastStep: Word.nullish(),
          }),
        )
        .max(100)
        .nullish(),
    })
    .nullish(),
});
export type Release = z.infer<typeof Release>;

export const Component = Listed.extend({
  spec: z.object({ application: Word.nullish() }),
  status: z.object({ lastBuiltCommit: Word.nullish(), lastPromotedImage: Word.nullish() }).nullish(),
});
export type Component = z.infer<typeof Component>;

export const Secret = z.object({ data: z.record(z.string(), z.string().max(10_000)) });

/** One page of a list; its items are parsed one by one, so that one that is broken costs no other. */
export const Page = z.object({
  metadata: z.object({ continue: z.string().max(10_000).nullish() }).nullish(),
  items: z.array(z.unknown()).max(1_000).nullish(),
});

/** Where a kind lies: only what a `konflux-viewer-bot-actions` token may read. */
export const KINDS = {
  pipelineruns: 'apis/tekton.dev/v1',
  taskruns: 'apis/tekton.dev/v1',
  snapshots: 'apis/appstudio.redhat.com/v1alpha1',
  releases: 'apis/appstudio.redhat.com/v1alpha1',
  components: 'apis/appstudio.redhat.com/v1alpha1',
  pods: 'api/v1',
} as const satisfies Record<string, string>;
export type Kind = keyof typeof KINDS;

/** The condition of a type. */
export function conditionOf(
  { status }: { status?: { conditions?: Condition[] | null | undefined } | null | undefined },
  type: string,
): Condition | null {
  return status?.conditions?.find((one) => one.type === type) ?? null;
}

/** The value of a label or annotation; the first of the names that is there. */
export function wordOf({ metadata }: Listed, ...names: string[]): string | null {
  for (const name of names) {
    const value = metadata.labels?.[name] ?? metadata.annotations?.[name];
    if (value) return value;
  }
  return null;
}

/** Objects without their doubles: the live one wins, of archived ones the highest resourceVersion. */
export function distinct<T extends Listed>(live: readonly T[], archived: readonly T[], key: (one: T) => string): T[] {
  const found = new Map<string, T>();
  const versionOf = ({ metadata }: Listed) =>
    /^\d{1,30}$/.test(metadata.resourceVersion ?? '') ? BigInt(metadata.resourceVersion ?? 0) : 0n;
  for (const one of archived) {
    const known = found.get(key(one));
    if (!known || versionOf(one) > versionOf(known)) found.set(key(one), one);
  }
  for (const one of live) found.set(key(one), one);
  return [...found.values()];
}

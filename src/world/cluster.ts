import { z } from 'zod';
import { Arch, Duration } from '#status/model.ts';
import { CHECKS } from '#status/run.ts';
import { Offset } from './offset.ts';

/** What the pretend cluster runs: builds, tests, promotions. */

const Name = z.union([z.string(), z.int().transform(String)]);
const Names = z.union([Name.transform((one) => [one]), z.array(Name).min(1)]);

/** Where and why a run broke; what is left out is an error without words in the task that builds. */
const Break = z.strictObject({
  task: z.string().optional(),
  arches: z.array(Arch).optional().describe('On which arches; left out: on all'),
  step: z.string().optional(),
  reason: z.string().optional().describe('How the step ended, as Error, OOMKilled'),
  message: z.string().optional(),
  log: z.string().optional().describe('What the step has printed'),
});
export type Break = z.infer<typeof Break>;

/** Builds that no push of the repository tells of: every push of the tag is a good build already. */
const Run = Break.extend({
  at: Offset.describe('When it began'),
  every: Duration.optional().describe('Repeated back in time at this distance …'),
  count: z.int().min(2).max(200).optional().describe('… so many times in all'),
  takes: Duration.optional().describe('Left out: about twelve minutes, each run its own; one that broke, less'),
  ends: z
    .enum(['ok', 'failed', 'cancelled', 'timeout', 'never', 'queued'])
    .default('failed')
    .describe(
      'timeout: after what it `takes`; never: it runs on; queued: it waits on; ok: it gives an image that no tag points at',
    ),
  event: z.string().default('push'),
  change: z.int().optional().describe('Number of the pull request that it is for'),
  ghost: z.boolean().default(false).describe('It is gone, and the archive says that it still runs'),
  like: z.string().optional().describe('Name of one of `breaks`'),
});
export type Run = z.infer<typeof Run>;

export const SCENARIO_STATES = [
  'TestPassed',
  'TestWarning',
  'TestFail',
  'TestInvalid',
  'InProgress',
  'Pending',
  'EnvironmentProvisionError',
] as const;

const Promotion = z.strictObject({
  ends: z.enum(['succeeded', 'failed', 'skipped', 'never']).default('succeeded'),
  takes: Duration.default('15m'),
  attempts: z.int().min(1).max(20).default(1),
  task: z.string().default('push-snapshot'),
  reason: z.string().default('Error').describe('Why its attempts failed, as OOMKill, TaskRunTimeout'),
  message: z.string().default('Release processing failed'),
});
export type Promotion = z.infer<typeof Promotion>;

/** What `defaults` may say for all. */
const Common = z.strictObject({
  component: z.string().optional().describe('{release} and {variant} are replaced, here and below'),
  application: z.string().optional(),
  namespace: z.string().optional(),
  repository: z.string().optional().describe('[host/]namespace/name; each push of its tag was a good build'),
  tag: z.string().optional(),
  arches: z.array(Arch).min(1).optional(),
  checks: z.enum(CHECKS).optional().describe('TEST_OUTPUT of its checks; what is not SUCCESS is said by clair-scan'),
  signed: z
    .union([z.boolean(), z.literal('failed')])
    .optional()
    .describe('What Chains notes at its runs'),
  tests: z.record(z.string(), z.enum(SCENARIO_STATES)).optional().describe('Per scenario how it ends'),
  findings: z.record(z.string(), z.string()).optional().describe('Per scenario what its run has printed'),
  optional: z.array(z.string()).optional().describe('Scenarios that do not block'),
  promotion: Promotion.nullable().optional(),
});

const Component = Common.extend({
  release: Names.optional(),
  variant: Names.optional(),
  runs: z.array(Run).default([]),
});
export type Component = z.infer<typeof Component>;

const Quantity = z.string().regex(/^\d+(\.\d+)?([KMGT]i?|k)?$/, 'write an amount of memory, as in 8Gi');

/** What a step of a component's builds needs: a build that a reader starts is killed where it may use less. */
const Memory = z.strictObject({
  task: z.string().default('build-images'),
  step: z.string(),
  arches: z.array(Arch).min(1).optional().describe('Left out: on all'),
  needs: Quantity,
  has: Quantity.default('4Gi').describe('What it may use where the PipelineRun says nothing of it'),
  log: z.string().optional().describe('What it has printed when it is killed'),
});

/** How the builds of a component go that readers and the clock start; those of `runs` and of pushes are told already. */
const BuildRule = z.strictObject({
  component: z.string(),
  memory: z.array(Memory).default([]),
  fails: z
    .array(
      Break.extend({
        like: z.string().optional().describe('Name of one of `breaks`'),
        times: z.int().min(1).optional().describe('So many builds fail, the next one is good; left out: all fail'),
      }),
    )
    .default([]),
});
export type BuildRule = z.infer<typeof BuildRule>;

const Words = z.record(z.string(), z.string());

/** Any object of the cluster, whole, as it was made; times in `metadata` and `status` may be offsets. */
const Whole = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
    creationTimestamp: z.string().optional().describe('Left out: ten days before `now`'),
    labels: Words.optional(),
    annotations: Words.optional(),
  }),
});
export type Whole = z.infer<typeof Whole>;

export const Cluster = z.strictObject({
  token: z.string().min(1).describe('The one that is accepted; any other has expired'),
  key: z.string().optional().describe('PEM in the Secret public-key; left out: there is no such Secret'),
  forgets: Duration.default('80m').describe('How long the cluster itself knows a run that has ended'),
  pageItems: z.int().min(1).default(500).describe('No page of a list has more than these'),
  breaks: z.record(z.string(), Break).default({}).describe('Ways to break that several runs share'),
  defaults: Common.default({}),
  components: z.array(Component).default([]),
  builds: z.array(BuildRule).default([]),
  rpms: z
    .array(z.string())
    .default([])
    .describe('Names that the pretend repositories of packages have; a build fails for any other. None: all are there'),
  tokens: Words.optional().describe('The role of each other token: viewer, contributor, maintainer, admin, managed'),
  objects: z.array(Whole).default([]).describe('Further objects, which replace those of the same name'),
});
export type Cluster = z.infer<typeof Cluster>;

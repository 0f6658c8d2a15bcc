import { z } from 'zod';
import { Reference } from '#pipeline/walkthrough.ts';
import { Slug } from '#status/scalars.ts';
import { STATES, type State } from '#status/states.ts';
import { VariableName } from './variable.ts';

/** content/runbooks/*.yaml: what to do in one situation, as data that a page shows and a test runs. */

const Sentence = z.string().min(1).max(300);
const Prose = z.string().min(1).max(2_000).describe('Plain paragraphs, split by empty lines; `code` is set as code');
const Command = z
  .string()
  .min(1)
  .max(4_000)
  .describe('bash, without a prompt; {{name}} is a variable, $NAME one of free text');
const Output = z
  .string()
  .max(4_000)
  .describe('What it prints: `...` on a line of its own stands for any lines, `[..]` for any text within a line');
const Pattern = z.string().min(3).max(300).refine(isPattern, 'write a regular expression of JavaScript');

export const RISKS = ['read', 'change', 'destroy', 'no-return'] as const;
export type Risk = (typeof RISKS)[number];

export const PLACES = ['laptop', 'clone', 'cluster', 'managed', 'browser'] as const;
/** Who must have signed in to the cluster; each role may also do what those before it may. `managed`: the release side. */
export const ROLES = ['none', 'viewer', 'contributor', 'maintainer', 'admin', 'managed'] as const;
export type Role = (typeof ROLES)[number];
export const TOOLS = [
  ...['kubectl', 'jq', 'skopeo', 'git', 'curl', 'podman', 'gh', 'rpm'],
  ...['oc', 'kubectl-ka', 'tkn', 'cosign', 'oras', 'ec', 'glab'],
] as const;
export type Tool = (typeof TOOLS)[number];

const Expect = z.strictObject({ exit: z.int().min(0).max(255).default(0), output: Output.optional() });

const Verify = z.strictObject({
  run: Command,
  output: Output,
  within: z
    .string()
    .regex(/^[0-9]{1,3}[mh]$/, 'write minutes or hours, as in 30m')
    .optional()
    .describe('How long it may take until the output is so; left out: it is so at once'),
});

const Undo = z.union([
  z.strictObject({ run: Command, output: Output.optional() }),
  z.strictObject({ none: Sentence.describe('Why it cannot be undone, and what to do instead') }),
]);

const Branch = z
  .strictObject({
    if: Pattern.describe('What the output holds'),
    says: Sentence.describe('What that means'),
    step: Slug.optional().describe('Go on with this step'),
    runbook: Slug.optional().describe('Go on with this runbook'),
  })
  .refine(
    ({ step, runbook }) => (step === undefined) !== (runbook === undefined),
    'name a step or a runbook, not both',
  );

export const Step = z
  .strictObject({
    id: Slug,
    title: z.string().min(3).max(90),
    risk: z.enum(RISKS),
    where: z.enum(PLACES),
    text: Prose.optional().describe('Why, and what to look at'),
    run: Command.optional(),
    do: Prose.optional().describe('In the place of `run`: what a person does in a browser or an editor'),
    open: z
      .url()
      .regex(/^https:/, 'write an https address')
      .optional()
      .describe('The page on which it is done; {{name}} is a variable'),
    expect: Expect.default({ exit: 0 }),
    branches: z.array(Branch).default([]),
    verify: Verify.optional(),
    undo: Undo.optional(),
  })
  .refine((step) => (step.run === undefined) !== (step.do === undefined), {
    path: ['run'],
    error: 'write run, or do for what a person does by hand',
  })
  .refine((step) => step.risk === 'read' || step.verify !== undefined, {
    path: ['verify'],
    error: 'this step changes something: say how one sees that it worked',
  })
  .refine((step) => step.risk === 'read' || step.undo !== undefined, {
    path: ['undo'],
    error: 'this step changes something: say how to take it back, or `none:` and why',
  });
export type Step = z.infer<typeof Step>;

const Symptom = z.strictObject({
  match: z.array(Pattern).min(1).describe('Each is looked for in every line of what a reader pastes'),
  sample: z.string().min(10).max(4_000).describe('A log or message of that kind, written by us after the sources'),
});
export type Symptom = z.infer<typeof Symptom>;

/** One way to run it in a test: a world, what the reader fills in, and what lies in the cluster beside that. */
const Test = z.strictObject({
  world: Slug.default('duty').describe('A file of content/worlds'),
  role: z.enum(ROLES).optional().describe('Left out: the one that it needs'),
  values: z.record(VariableName, z.string()).default({}),
  given: z
    .array(z.record(z.string(), z.unknown()))
    .default([])
    .describe('Kubernetes objects, whole, with their status'),
  steps: z.array(Slug).optional().describe('Which steps, in this order; left out: all'),
  hands: z
    .record(Slug, Command)
    .default({})
    .describe('Per step with `do`: a command that stands for the hand of the person, run as admin before its verify'),
});
export type Test = z.infer<typeof Test>;

export const Runbook = z.strictObject({
  schema: z.literal(1),
  title: z.string().min(5).max(80),
  kind: z.enum(['incident', 'task', 'release', 'maintenance']),
  status: z.enum(['ready', 'draft']).default('ready').describe('draft: schema and lint only, shown as never executed'),
  severity: z.enum(['blocker', 'major', 'minor', 'none']),
  summary: Sentence.describe('What one has done at its end'),
  impact: Sentence.describe('What is broken for whom, or what it is good for'),
  component: z.enum([
    'image',
    'build',
    'test',
    'policy',
    'release',
    'registry',
    'signature',
    'access',
    'calendar',
    'site',
  ]),
  states: z
    .array(z.enum(Object.keys(STATES) as [State]))
    .default([])
    .describe('States of the board that lead here, the best runbook for a state first by `rank`'),
  rank: z.int().min(1).max(9).default(5).describe('1: the first to try where several fit'),
  symptoms: z.array(Symptom).default([]),
  needs: z.strictObject({
    role: z.enum(ROLES),
    tools: z
      .partialRecord(z.enum(TOOLS), z.string().max(20))
      .default({})
      .describe('Each with its oldest version, or "any"'),
    access: z
      .array(z.strictObject({ verb: Slug, resource: z.string().max(100) }))
      .default([])
      .describe('Asked beforehand with kubectl auth can-i'),
    hosts: z
      .array(z.string().regex(/^[a-z0-9.-]+$/, 'write a host'))
      .default([])
      .describe('Hosts that its commands reach'),
    other: z.array(Sentence).default([]).describe('What no command can check, as rights on a forge'),
  }),
  variables: z.array(VariableName).default([]).describe('Names of content/variables.yaml'),
  optional: z.array(VariableName).default([]).describe('Those of them that may stay empty'),
  before: Prose.optional().describe('What to know before the first step'),
  steps: z.array(Step).min(1),
  unverified: z.array(Sentence).default([]).describe('What the sources do not settle; said on the page'),
  escalate: z.strictObject({ owner: Slug, when: Sentence }),
  related: z.array(Slug).default([]),
  sources: z.array(Reference).min(1),
  tests: z
    .array(Test)
    .min(1)
    .default([Test.parse({})]),
});
export type Runbook = z.infer<typeof Runbook> & { id: string };

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'i').source.length > 0;
  } catch {
    return false;
  }
}

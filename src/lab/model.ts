import { z } from 'zod';
import { REF_PATTERN } from '#learn/ref.ts';
import { Reference } from '#pipeline/walkthrough.ts';
import { ROLES, TOOLS } from '#runbook/model.ts';
import { Slug } from '#status/scalars.ts';

/** content/labs/*.yaml: a task over a pretend world, which the reader does in a shell and the page checks. */

const Sentence = z.string().min(1).max(300);
const Prose = z
  .string()
  .min(1)
  .max(2_500)
  .describe('Paragraphs, split by empty lines; `code`, and [words](/address/) for a link of this site');
const Command = z.string().min(1).max(4_000).describe('bash, without a prompt');
/** True where the command ends with 0. It sees the files and the world as they are, and $ANSWER. */
const Condition = Command.describe('bash; true where it ends with 0. $ANSWER is what the reader answered');
const Because = z
  .string()
  .min(10)
  .max(400)
  .describe('Why it is not done yet, said to the reader; {output} is what the condition printed');

/** Where a learner goes: something of this site, by kind and id. */
export const Ref = z
  .string()
  .regex(REF_PATTERN, 'write lab:ID, quiz:ID, track:ID, runbook:ID, walkthrough:ID or page:/address/');
export type Ref = z.infer<typeof Ref>;

const Check = z.strictObject({ if: Condition, because: Because.describe('Said when the condition is not true') });

/** A mistake that people make. Its `answer` or `run` is what the tests do to make it. */
const Wrong = z
  .strictObject({
    id: Slug,
    if: Condition.optional().describe('Tells this mistake from others; left out: the answer is this one'),
    because: Because,
    answer: z.string().max(200).optional(),
    run: Command.optional(),
    files: z.record(z.string(), z.string()).optional().describe('Whole texts by path'),
  })
  .refine(
    ({ answer, run, files }) => answer !== undefined || run !== undefined || files !== undefined,
    'say how it is made: answer, run or files',
  )
  .refine((wrong) => wrong.if !== undefined || wrong.answer !== undefined, 'write if, or the answer');

const Solution = z
  .strictObject({
    run: Command.optional(),
    files: z.record(z.string(), z.string()).default({}).describe('Whole texts by path, written before `run`'),
    answer: z.string().max(200).optional(),
    because: z.string().max(600).optional().describe('Why this is the solution'),
  })
  .refine(
    ({ run, files, answer }) => run !== undefined || answer !== undefined || Object.keys(files).length > 0,
    'write run, files or an answer',
  );

export const LabStep = z.strictObject({
  id: Slug.describe('Stable: progress is kept by it'),
  goal: Sentence.describe('What is so when the step is done, one line'),
  text: Prose.optional().describe('What to know for it'),
  try: z
    .array(Command)
    .max(6)
    .default([])
    .describe('Commands to look around with; shown with a button, and with their output where there is no script'),
  file: z
    .string()
    .max(200)
    .optional()
    .describe('The file that the editor shows when the step is opened, from the home; it must be there by then'),
  ask: z
    .strictObject({
      question: Sentence,
      options: z.array(z.string().max(120)).min(2).max(8).optional().describe('Left out: the reader writes a line'),
    })
    .optional()
    .describe('A question whose answer the check sees as $ANSWER'),
  check: z
    .array(Check)
    .min(1)
    .describe(
      'Looks at the world, the files and the answer, never at what was typed; the first that is not true tells why',
    ),
  wrong: z.array(Wrong).default([]),
  hints: z
    .array(z.string().min(10).max(500))
    .min(1)
    .max(3)
    .describe('From a nudge to nearly everything; none holds the solution'),
  solution: Solution,
  after: Prose.optional().describe('What was seen, said once it is done'),
});
export type LabStep = z.infer<typeof LabStep>;

export const Lab = z.strictObject({
  schema: z.literal(1),
  title: z.string().min(5).max(80),
  summary: Sentence.describe('What one does in it'),
  minutes: z.int().min(3).max(60),
  level: z.enum(['beginner', 'intermediate', 'advanced']),
  learn: z.array(Sentence).min(1).max(5).describe('What one can do after it, each beginning with a verb'),
  before: z.array(Ref).default([]).describe('What one should have done before'),
  story: Prose.describe('Where one is, and why'),
  world: Slug.describe('A file of content/worlds'),
  given: z
    .array(z.record(z.string(), z.unknown()))
    .default([])
    .describe('Kubernetes objects, whole, laid into the cluster'),
  role: z.enum(ROLES).default('viewer').describe('Who has signed in to the cluster'),
  registries: z.array(z.string().max(100)).default([]).describe('Registries to which one has signed in, and may write'),
  tools: z
    .array(z.enum([...TOOLS, 'yq']))
    .min(1)
    .describe('Clients that it uses, beside those that every machine has'),
  files: z.record(z.string(), z.string()).default({}).describe('What lies in the home at the start'),
  setup: z.array(Command).default([]).describe('Run before the reader comes, in order'),
  view: z
    .strictObject({
      namespaces: z
        .array(Slug)
        .default([])
        .describe('Whose PipelineRuns, Snapshots and Releases are shown at the side'),
      images: z.array(z.string().max(200)).default([]).describe('Images shown at the side: registry/name:tag'),
      projects: z
        .array(z.string().max(200))
        .default([])
        .describe('Projects on GitLab whose merge requests are shown at the side'),
    })
    .prefault({}),
  steps: z.array(LabStep).min(1).max(10),
  next: z.array(Ref).min(1),
  sources: z.array(Reference).min(1),
});
export type Lab = z.infer<typeof Lab> & { id: string };

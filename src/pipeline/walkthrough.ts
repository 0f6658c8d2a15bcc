import { z } from 'zod';
import { Slug } from '#status/scalars.ts';

/** content/pipelines/*.yaml: a walk through a pipeline that is read from where it is, or along a path that no YAML holds. */

const Sentence = z.string().min(1).max(300);
const Prose = z.string().min(1).max(4_000).describe('Plain paragraphs, split by empty lines; `code` is set as code');
const Address = z.url().regex(/^https:/, 'write an https address');
const Project = z.string().regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)+$/, 'write owner/name');
const FilePath = z
  .string()
  .max(300)
  .regex(/^(?!\/)(?!.*\.\.)[A-Za-z0-9._/-]+$/, 'write a path without a leading slash');

/** Where something that is said comes from. */
export const Reference = z.strictObject({
  title: Sentence,
  url: Address.optional(),
  date: z.iso.date().optional().describe('Of the commit, or the day on which it was read'),
  final: z
    .boolean()
    .optional()
    .describe('True for what nobody changes any more, as a mail, a decision or a merged change: it does not grow old'),
});
export type Reference = z.infer<typeof Reference>;

const InForge = z.strictObject({
  forge: z.enum(['github', 'gitlab']),
  project: Project,
  branch: z.string().max(100),
  path: FilePath,
});

/** One of: a bundle in a registry, a Pipeline in a file, a PipelineRun in a file that names or holds it. */
export const Reads = z.union([
  z.strictObject({ bundle: z.string().max(200).describe('registry/name:tag'), name: z.string().max(200) }),
  z.strictObject({ file: InForge }),
  z.strictObject({ run: InForge }),
]);
export type Reads = z.infer<typeof Reads>;

/** One stop of the guided path. */
const Step = z.strictObject({
  title: Sentence,
  at: z.array(z.string().max(200)).min(1).describe('Tasks, or stages, that it is about; the first is shown'),
  text: Prose,
});
export type Step = z.infer<typeof Step>;

/** What a recording is told at the moment when a task begins or ends. */
const Moment = z.strictObject({
  task: z.string().max(200),
  when: z.enum(['begins', 'ends', 'fails']),
  text: Sentence,
});
export type Moment = z.infer<typeof Moment>;

/** One stage of a path that is no pipeline: who does what, and what links it to the one before. */
const Stage = z.strictObject({
  id: Slug,
  title: Sentence,
  actor: Sentence.optional(),
  object: z.string().max(200).optional().describe('What it leaves: PipelineRun, Snapshot, tag'),
  after: z
    .array(
      z.union([
        Slug.transform((stage) => ({ stage, label: null })),
        z.strictObject({ stage: Slug, label: z.string().max(300) }),
      ]),
    )
    .default([])
    .describe('The stages before it; `label` names the label or field that links the two objects'),
  text: Prose,
  seen: Sentence.optional().describe('How one who may only look sees it'),
  isUnverified: z.boolean().default(false),
  sources: z.array(Reference).min(1),
});
export type Stage = z.infer<typeof Stage>;

const Common = z.strictObject({
  schema: z.literal(1),
  title: z.string().min(1).max(80),
  summary: Sentence,
  order: z.int().min(1).max(100),
  intro: Prose,
  guide: z.array(Step).min(1),
  moments: z.array(Moment).default([]),
  sources: z.array(Reference).min(1),
});

const PipelineWalk = Common.extend({
  kind: z.literal('pipeline'),
  reads: Reads.optional().describe('Left out: nobody can read it; it is drawn from a recording'),
  recording: z.string().max(200).optional().describe('Target whose recorded build shows it: channel/variant/release'),
  variants: z.array(Slug).default([]).describe('Further variants of that channel whose builds it explains'),
  compare: Slug.optional().describe('The walkthrough from which its differences are listed'),
  unknown: z.array(Sentence).default([]).describe('What is not known about it'),
});
export type PipelineWalk = z.infer<typeof PipelineWalk>;

const PathWalk = Common.extend({ kind: z.literal('path'), stages: z.array(Stage).min(2) });
export type PathWalk = z.infer<typeof PathWalk>;

export const Walkthrough = z.discriminatedUnion('kind', [PipelineWalk, PathWalk]);
export type Walkthrough = (PipelineWalk | PathWalk) & {
  /** The name of its file. */
  id: string;
};

/** content/pipelines/tasks/*.yaml: one task in words; the file is named like it. */
export const TaskWords = z.strictObject({
  schema: z.literal(1),
  task: z.string().max(200).describe('Its name in the bundle'),
  also: z.array(z.string().max(200)).default([]).describe('Other names under which the same work is done'),
  purpose: Sentence,
  takes: z.array(z.strictObject({ name: z.string().max(200), text: Sentence })).default([]),
  gives: z.array(z.strictObject({ name: z.string().max(200), text: Sentence })).default([]),
  fedora: Prose.optional().describe('Why the bootc images need it, or do not'),
  fails: z
    .array(
      z.strictObject({
        looks: z.string().min(1).max(300).describe('What one sees: a line of a log, a state'),
        cause: Sentence,
        cure: Sentence,
        runbook: Slug.optional(),
      }),
    )
    .default([]),
  sources: z.array(Reference).min(1),
});
export type TaskWords = z.infer<typeof TaskWords>;

import { z } from 'zod';
import { Binding } from '#status/pipeline.ts';

/** A Tekton Pipeline as we hold it, whatever version and place it was read from; foreign text is cut, never trusted. */

const Word = z.string().max(200);
const Line = z.string().max(2_000);

export const Parameter = z.object({
  name: Word,
  type: z.enum(['string', 'array', 'object']),
  default: Line.nullable().describe('As one text, a list or an object as JSON; null: it must be given'),
  description: Line.nullable(),
});
export type Parameter = z.infer<typeof Parameter>;

/** Lines of a text, from 1, both included. */
export const Lines = z.object({ from: z.int().min(1), to: z.int().min(1) });
export type Lines = z.infer<typeof Lines>;

export const RESOLVERS = ['bundles', 'git', 'http', 'hub', 'cluster', 'name', 'embedded', 'unknown'] as const;

/** Where a task comes from. */
export const TaskReference = z.object({
  resolver: z.enum(RESOLVERS),
  task: Word.nullable().describe("The task's own name"),
  bundle: Line.nullable().describe('image:tag@digest, as written'),
  url: Line.nullable().describe('Of a git repository, or of a file'),
  revision: Word.nullable(),
  path: Line.nullable(),
});
export type TaskReference = z.infer<typeof TaskReference>;

export const Condition = z.object({
  input: Line.describe('A CEL expression where the operator is cel'),
  operator: z.enum(['in', 'notin', 'cel']),
  values: z.array(Line).max(100),
});
export type Condition = z.infer<typeof Condition>;

export const PipelineTask = z.object({
  name: Word,
  isFinally: z.boolean(),
  ref: TaskReference,
  runAfter: z.array(Word).max(200),
  params: z.array(Binding).max(300),
  when: z.array(Condition).max(50),
  matrix: z.array(Binding).max(50).describe('It runs once per combination of these'),
  retries: z.int().min(0),
  timeout: Word.nullable(),
  onError: Word.nullable(),
  workspaces: z.array(z.object({ name: Word, workspace: Word })).max(50),
  description: Line.nullable(),
  lines: Lines.nullable().describe('Where it is written in the text that it was read from'),
});
export type PipelineTask = z.infer<typeof PipelineTask>;

export const PipelineDefinition = z.object({
  schema: z.literal(1),
  name: Word,
  description: Line.nullable(),
  params: z.array(Parameter).max(200),
  workspaces: z.array(z.object({ name: Word, isOptional: z.boolean() })).max(50),
  results: z.array(z.object({ name: Word, value: Line })).max(100),
  tasks: z.array(PipelineTask).max(500).describe('As written; those of `finally` last'),
  faults: z.array(Line).max(100).describe('What is wrong with it, or was left out while reading, in sentences'),
});
export type PipelineDefinition = z.infer<typeof PipelineDefinition>;

/** A Tekton Task: what it takes, gives and does. */
export const TaskDefinition = z.object({
  schema: z.literal(1),
  name: Word,
  version: Word.nullable().describe('Its label app.kubernetes.io/version'),
  description: Line.nullable(),
  params: z.array(Parameter).max(200),
  results: z.array(z.object({ name: Word, description: Line.nullable() })).max(200),
  workspaces: z.array(z.object({ name: Word, isOptional: z.boolean() })).max(50),
  steps: z.array(z.object({ name: Word, image: Line.nullable() })).max(100),
});
export type TaskDefinition = z.infer<typeof TaskDefinition>;

/** What a PipelineRun in a repository asks for. */
export const RunFile = z.object({
  name: Word,
  pipeline: TaskReference.describe('Resolver "embedded" where the run holds its pipeline'),
  embedded: PipelineDefinition.nullable(),
  given: z.array(Binding).max(200),
  timeout: Word.nullable().describe('timeouts.pipeline'),
  when: Line.nullable().describe('on-cel-expression of Pipelines as Code'),
});
export type RunFile = z.infer<typeof RunFile>;

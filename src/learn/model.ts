import { z } from 'zod';
import { Ref } from '#lab/model.ts';
import { Reference } from '#pipeline/walkthrough.ts';
import { Slug } from '#status/scalars.ts';

/** content/tracks/*.yaml and content/quizzes/*.yaml: ways through the site, and questions on the way. */

const Sentence = z.string().min(1).max(300);
const Prose = z.string().min(1).max(2_000).describe('Paragraphs, split by empty lines; `code`, and [words](/address/)');

const Item = z.strictObject({
  ref: Ref.describe('Progress is kept by it: it counts in every track that has it'),
  title: z.string().min(3).max(90).optional().describe('Left out: the title of what it leads to'),
  minutes: z.int().min(1).max(60).optional().describe('Left out: of a lab or a quiz its own; a page needs it'),
  why: Sentence.optional().describe('What to look for there'),
  optional: z.boolean().default(false),
});

export const Track = z.strictObject({
  schema: z.literal(1),
  title: z.string().min(5).max(80),
  order: z.int().min(1).max(100),
  summary: Sentence,
  audience: Sentence.describe('For whom it is'),
  outcome: z.array(Sentence).min(1).max(6).describe('What one can do at its end'),
  needs: z.array(Sentence).default([]).describe('What one must have or know before'),
  chapters: z
    .array(
      z.strictObject({
        id: Slug,
        title: z.string().min(3).max(80),
        text: Prose.optional(),
        items: z.array(Item).min(1),
      }),
    )
    .min(1),
  next: z.array(Ref).default([]),
});
export type Track = z.infer<typeof Track> & { id: string };

const Option = z.strictObject({
  id: Slug,
  text: Sentence,
  right: z.boolean().default(false),
  feedback: z.string().min(10).max(400).describe('Why it is right or not, said when it was chosen'),
});

const Question = z.strictObject({
  id: Slug,
  ask: Sentence,
  code: z.string().max(1_500).optional().describe('A text that the question is about'),
  several: z.boolean().default(false).describe('Whether several options are right'),
  options: z.array(Option).min(2).max(8),
  more: Ref.optional().describe('Where to read on'),
});

export const Quiz = z.strictObject({
  schema: z.literal(1),
  title: z.string().min(5).max(80),
  summary: Sentence,
  minutes: z.int().min(1).max(30),
  questions: z.array(Question).min(2).max(12),
  sources: z.array(Reference).min(1),
});
export type Quiz = z.infer<typeof Quiz> & { id: string };

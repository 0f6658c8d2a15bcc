import type { Step } from '#status/cell.ts';
import { noteOf } from '#status/cell.ts';

/** A headline to come as it travels in the page: when, word, shape, bucket, note. */
export type StepData = [at: string, word: string, shape: string, bucket: string, note: string];

/** The headlines to come as an attribute's value; nothing where time changes nothing. */
export function stepData(steps: readonly Step[]): string | undefined {
  if (steps.length === 0) return undefined;
  return JSON.stringify(
    steps.map((step): StepData => [step.at, step.word, step.shape, step.bucket, noteOf(step.reason)]),
  );
}

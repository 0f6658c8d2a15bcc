import type { Quiz } from '#learn/model.ts';
import { readLearning } from '../tracks/_data.ts';

/** Titles of what the questions of a quiz lead to, by Ref; empty for pages of code. */
export async function titlesOf({ questions }: Quiz): Promise<Record<string, string>> {
  const { places } = await readLearning();
  return Object.fromEntries(questions.flatMap(({ more }) => (more ? [[more, places[more]?.title ?? '']] : [])));
}

import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { TaskWords, Walkthrough } from './walkthrough.ts';

/** Files of content/pipelines; a ContentError names file, line, field and remedy. */

/** A walkthrough; its id is the name of its file. */
export function parseWalkthrough(text: string, file: string): Walkthrough {
  const { value, fail } = readYaml(text, file);
  const parsed = Walkthrough.safeParse(value, IN_WORDS);
  if (!parsed.success) return fail(parsed.error.issues);
  return { ...parsed.data, id: nameOf(file) };
}

/** What is said of one task. */
export function parseTaskWords(text: string, file: string): TaskWords {
  const { value, fail } = readYaml(text, file);
  const isNamedAlike = TaskWords.refine(({ task }) => task === nameOf(file), {
    path: ['task'],
    error: 'write the name that the file has',
  });
  const parsed = isNamedAlike.safeParse(value, IN_WORDS);
  if (!parsed.success) return fail(parsed.error.issues);
  return parsed.data;
}

const nameOf = (file: string): string => (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '');

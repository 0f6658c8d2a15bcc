import { z } from 'zod';
import { Ref } from '#lab/model.ts';
import { IN_WORDS } from '#status/in-words.ts';
import { ContentError, readYaml } from '#status/parse.ts';
import { Quiz, Track } from './model.ts';
import type { Moved } from './progress.ts';
import { kindOf } from './ref.ts';

/** Files of content/tracks and content/quizzes; a ContentError names file, line, field and remedy. */

type Fault = { path: PropertyKey[]; message: string };

/** One track; its id is the name of its file. */
export function parseTrack(text: string, file: string): Track {
  return parsed(Track, text, file, ({ chapters }) => {
    const faults: Fault[] = repeated(chapters, (at) => ['chapters', at, 'id']);
    const seen = new Set<string>();
    for (const [at, { items }] of chapters.entries())
      for (const [nth, { ref }] of items.entries()) {
        const path = ['chapters', at, 'items', nth, 'ref'];
        if (seen.has(ref)) faults.push({ path, message: `"${ref}" is on this track twice: take one out` });
        if (kindOf(ref) === 'track')
          faults.push({ path, message: 'a track leads to another under next, not as an item' });
        seen.add(ref);
      }
    return faults;
  });
}

/** One quiz; its id is the name of its file. */
export function parseQuiz(text: string, file: string): Quiz {
  return parsed(Quiz, text, file, ({ questions }) => [
    ...repeated(questions, (at) => ['questions', at, 'id']),
    ...questions.flatMap(({ options, several }, at) => [
      ...repeated(options, (nth) => ['questions', at, 'options', nth, 'id']),
      ...rightOnes(options.filter(({ right }) => right).length, several, ['questions', at, 'options']),
    ]),
  ]);
}

function rightOnes(count: number, several: boolean, path: PropertyKey[]): Fault[] {
  if (several && count < 2) return [{ path, message: 'several are right, it says: mark two or more with right: true' }];
  if (!several && count !== 1) return [{ path, message: 'mark one option with right: true, or write several: true' }];
  return [];
}

function repeated(rows: readonly { id: string }[], path: (at: number) => PropertyKey[]): Fault[] {
  return rows.flatMap(({ id }, at) =>
    rows.findIndex((row) => row.id === id) === at
      ? []
      : [{ path: path(at), message: `two are called "${id}": rename one` }],
  );
}

/** content/moved.yaml: names that learners' progress may still hold, each with the one of today. */
export function parseMoved(text: string, file: string): Moved {
  const { value, fail } = readYaml(text, file);
  const read = z.record(Ref, Ref).safeParse(value ?? {}, IN_WORDS);
  return read.success ? read.data : fail(read.error.issues);
}

/** Throws where a name of the table is still in use, or leads to nothing. */
export function checkMoved(moved: Moved, file: string, known: ReadonlySet<string>): void {
  const faults = Object.entries(moved).flatMap(([from, to]) => [
    ...(known.has(from) ? [`${file} says that "${from}" has moved, and it is there. Take the line out.`] : []),
    ...(known.has(to) ? [] : [`${file} leads from "${from}" to "${to}", which is not there. Write what is.`]),
  ]);
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
}

function parsed<T extends object>(
  schema: z.ZodType<T>,
  text: string,
  file: string,
  faultsOf: (read: T) => Fault[],
): T & { id: string } {
  const { value, fail } = readYaml(text, file);
  const read = schema.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const faults = faultsOf(read.data);
  return faults.length > 0
    ? fail(faults)
    : { ...read.data, id: (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '') };
}

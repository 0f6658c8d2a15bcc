import { IN_WORDS } from '#status/in-words.ts';
import { ContentError, readYaml } from '#status/parse.ts';
import { Lab } from './model.ts';

/** One file of content/labs; its id is the name of the file. A ContentError names file, line, field and remedy. */
export function parseLab(text: string, file: string): Lab {
  const { value, fail } = readYaml(text, file);
  const read = Lab.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const lab = { ...read.data, id: (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '') };
  const faults = faultsOf(lab);
  return faults.length > 0 ? fail(faults) : lab;
}

const BELOW_HOME = /^(?!\.{1,2}(\/|$))[\w.-]+(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/;

/** What no schema can tell of one lab. */
function faultsOf({ files, steps }: Lab): { path: PropertyKey[]; message: string }[] {
  const faults: { path: PropertyKey[]; message: string }[] = [];
  const wrong = (path: PropertyKey[], message: string) => faults.push({ path, message });
  for (const name of Object.keys(files))
    if (!BELOW_HOME.test(name)) wrong(['files', name], 'write a path below the home, as in notes/one.txt');
  for (const [at, { id, ask, hints, solution, wrong: mistakes }] of steps.entries()) {
    if (steps.findIndex((one) => one.id === id) !== at)
      wrong(['steps', at, 'id'], `two steps are called "${id}": rename one`);
    if ((ask === undefined) !== (solution.answer === undefined))
      wrong(['steps', at, 'solution'], 'a step that asks has an answer in its solution, and no other has');
    if (ask?.options && solution.answer !== undefined && !ask.options.includes(solution.answer))
      wrong(['steps', at, 'solution', 'answer'], 'write one of the options');
    for (const [nth, mistake] of mistakes.entries()) {
      if (mistakes.findIndex((one) => one.id === mistake.id) !== nth)
        wrong(['steps', at, 'wrong', nth, 'id'], `two mistakes are called "${mistake.id}": rename one`);
      if (ask?.options && mistake.answer !== undefined && !ask.options.includes(mistake.answer))
        wrong(['steps', at, 'wrong', nth, 'answer'], 'write one of the options');
    }
    const secrets = [solution.run, ask?.options ? undefined : solution.answer, ...Object.values(solution.files)];
    for (const [nth, hint] of hints.entries())
      for (const secret of secrets)
        if (secret && secret.trim().length > 2 && hint.includes(secret.trim()))
          wrong(['steps', at, 'hints', nth], 'this hint holds the solution: say where to look instead');
  }
  return faults;
}

/** Throws where a lab leads to something that is not there; `known` are refs such as lab:read-an-image. */
export function checkLeads(
  rows: readonly { file: string; refs: readonly string[] }[],
  known: ReadonlySet<string>,
): void {
  const faults = rows.flatMap(({ file, refs }) =>
    refs
      .filter((ref) => !known.has(ref))
      .map((ref) => `${file} leads to "${ref}", which is not there. Correct it, or take the line out.`),
  );
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
}

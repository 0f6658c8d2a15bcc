import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Answers, fieldsOf, filled, type NewKind, PLANS, withTerm } from '#editing/scaffold.ts';
import { parseGlossary } from '#glossary/parse.ts';
import { Slug } from '#status/scalars.ts';
import { UsageError } from './options.ts';

/** Begins a file of content. */

interface Begun {
  /** From the root of the repository. */
  file: string;
  /** Path of its page below the base. */
  page: string;
  /** Command that looks at it. */
  check: string;
}

/** A page may lie in folders, and an address of prose has no dots. */
const isName = (kind: NewKind, name: string): boolean =>
  kind === 'page'
    ? name.split('/').every((part) => Slug.safeParse(part).success && !part.includes('.'))
    : Slug.safeParse(name).success;

/** Writes it from its template; throws a UsageError where the name is taken or cannot be one, and overwrites nothing. */
export async function begin(root: string, kind: NewKind, name: string, answers: Answers): Promise<Begun> {
  if (!isName(kind, name))
    throw new UsageError(
      `"${name}" cannot be a name. Write at most 60 lower-case letters, digits and hyphens, as in stale-image.`,
    );
  for (const { name: field, otherwise } of fieldsOf(kind))
    if (!answers[field]?.trim() && otherwise === undefined)
      throw new UsageError(`--${field} is missing. Without a terminal each answer is an option: --${field} "…".`);
  const plan = PLANS[kind];
  const file = plan.file(name);
  if (kind === 'term') await addTerm(join(root, file), name, answers);
  else await create(join(root, file), filled(kind, name, await readFile(join(root, plan.template), 'utf8'), answers));
  return { file, page: plan.page(name), check: plan.check(name) };
}

async function create(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
    throw new UsageError(`${path} is there already. Take another name, or edit that file.`, { cause });
  });
}

async function addTerm(path: string, id: string, answers: Answers): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (parseGlossary(text, path).some((term) => term.id === id))
    throw new UsageError(`The glossary has "${id}" already. Edit it there: ${path}.`);
  const added = withTerm(text, id, answers);
  parseGlossary(added, path);
  await writeFile(path, added);
}

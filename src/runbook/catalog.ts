import { z } from 'zod';
import { IN_WORDS } from '#status/in-words.ts';
import { ContentError, readYaml } from '#status/parse.ts';
import { Slug } from '#status/scalars.ts';
import { misplaced } from './misplaced.ts';
import { Runbook, type Step } from './model.ts';
import { Owners, Review } from './people.ts';
import { namesIn } from './template.ts';
import { envName, FREE_TYPES, refusal, Variable, VariableName, type Variables } from './variable.ts';

/** Files of content/ that make up the runbooks; a ContentError names file, line, field and remedy. */

/** All that runbooks refer to beside themselves. */
export interface Shared {
  variables: Variables;
  owners: Owners;
}

export interface Fault {
  path: PropertyKey[];
  message: string;
  /** Of a text of many rows, from 1. */
  row?: number | undefined;
}

/** content/variables.yaml. */
export const parseVariables = (text: string, file: string): Variables =>
  parsed(z.record(VariableName, Variable.superRefine(checkOwnValues)), text, file);

/** content/owners.yaml. */
export const parseOwners = (text: string, file: string): Owners => parsed(Owners, text, file);

/** content/reviews.yaml. */
export const parseReviews = (text: string, file: string): Review[] => parsed(z.array(Review), text, file);

/** content/redirects.yaml: old address to new one, both as in /runbooks/old/. */
export const parseRedirects = (text: string, file: string): Record<string, string> =>
  parsed(z.record(Address, Address), text, file);

const Address = z.string().regex(/^\/([a-z0-9.-]+\/)+$/, 'write an address of this site, as /runbooks/stale-image/');

/** One runbook; its id is the name of its file. `lint` finds what no schema can tell of its commands. */
export function parseRunbook(
  text: string,
  file: string,
  shared: Shared,
  lint: (runbook: Runbook) => Fault[] = () => [],
): Runbook {
  const { value, fail } = readYaml(text, file);
  const named = Slug.safeParse(nameOf(file));
  if (!named.success)
    return fail([{ path: [], message: `its name is the id: ${named.error.issues[0]?.message}, before .yaml` }]);
  const read = Runbook.safeParse(value, IN_WORDS);
  if (!read.success) return fail(read.error.issues);
  const runbook = { ...read.data, id: nameOf(file) };
  const faults = [...faultsOf(runbook, shared), ...misplaced(runbook), ...lint(runbook)];
  return faults.length > 0 ? fail(faults) : runbook;
}

/** Throws where two files claim one id, and where a runbook leads to one that is not there. */
export function checkTogether(runbooks: readonly Runbook[]): void {
  const ids = new Set<string>();
  const faults: string[] = [];
  for (const { id, related, steps } of runbooks) {
    if (ids.has(id)) faults.push(`Two runbooks have the id "${id}". Rename one of the files.`);
    ids.add(id);
    const leads = [...related, ...steps.flatMap(({ branches }) => branches.flatMap(({ runbook }) => runbook ?? []))];
    for (const lead of leads)
      if (!runbooks.some((one) => one.id === lead))
        faults.push(
          `content/runbooks/${id}.yaml leads to the runbook "${lead}", which is not there. Write its id, or take the line out.`,
        );
  }
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
}

/** A preset or an example that the field would refuse helps nobody, and choices stand in commands as they are. */
function checkOwnValues(variable: Variable, context: z.RefinementCtx): void {
  const values = [
    ['example', variable.example],
    ['default', variable.default],
  ] as const;
  for (const [field, value] of values) {
    const why = value === undefined ? null : refusal(variable, value);
    if (why !== null) context.addIssue({ code: 'custom', path: [field], message: why });
  }
  for (const [at, choice] of (variable.choices ?? []).entries())
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.:/@+-]*$/.test(choice))
      context.addIssue({
        code: 'custom',
        path: ['choices', at],
        message: 'write letters, digits and _.:/@+- with a letter, a digit or _ first: it stands in commands as it is',
      });
}

/** What no schema can tell of one runbook. */
function faultsOf(runbook: Runbook, { variables, owners }: Shared): Fault[] {
  const known = new Set(runbook.steps.map(({ id }) => id));
  const used = new Set(runbook.steps.flatMap((step) => variablesOf(step, variables)));
  const faults: Fault[] = [];
  const wrong = (path: PropertyKey[], message: string) => faults.push({ path, message });
  if (known.size < runbook.steps.length) wrong(['steps'], 'two steps have the same id: rename one');
  if (!Object.hasOwn(owners, runbook.escalate.owner))
    wrong(
      ['escalate', 'owner'],
      `content/owners.yaml has no "${runbook.escalate.owner}": it has ${Object.keys(owners).join(', ')}`,
    );
  for (const [at, name] of runbook.variables.entries()) {
    if (!Object.hasOwn(variables, name))
      wrong(['variables', at], `content/variables.yaml has no "${name}": add it there`);
    else if (!used.has(name)) wrong(['variables', at], `no step uses "${name}": take it out`);
  }
  for (const [at, name] of runbook.optional.entries())
    if (!runbook.variables.includes(name)) wrong(['optional', at], `"${name}" is not among the variables`);
  for (const name of used)
    if (!runbook.variables.includes(name))
      wrong(['variables'], `a step uses {{${name}}}: add ${name} to the variables`);
  for (const [at, { branches }] of runbook.steps.entries())
    for (const [nth, { step }] of branches.entries())
      if (step !== undefined && !known.has(step))
        wrong(['steps', at, 'branches', nth, 'step'], `there is no step "${step}"`);
  for (const [at, test] of runbook.tests.entries())
    for (const [nth, step] of (test.steps ?? []).entries())
      if (!known.has(step)) wrong(['tests', at, 'steps', nth], `there is no step "${step}"`);
  return faults;
}

/** Commands of a step with their part. */
export function commandsOf(step: Step): { part: 'run' | 'verify' | 'undo'; text: string }[] {
  return [
    ...(step.run === undefined ? [] : [{ part: 'run' as const, text: step.run }]),
    ...(step.verify ? [{ part: 'verify' as const, text: step.verify.run }] : []),
    ...(step.undo && 'run' in step.undo ? [{ part: 'undo' as const, text: step.undo.run }] : []),
  ];
}

/** Variables that a step uses: as {{name}} anywhere, free texts as $NAME in its commands, and the project of its clone. */
export function variablesOf(step: Step, variables: Variables): string[] {
  const commands = commandsOf(step).map(({ text }) => text);
  const free = Object.entries(variables).filter(([, { type }]) => FREE_TYPES.some((one) => one === type));
  const named = [
    ...commands,
    step.open ?? '',
    step.do ?? '',
    step.text ?? '',
    step.verify?.output ?? '',
    step.expect.output ?? '',
  ];
  return [
    ...new Set([
      ...(step.where === 'clone' ? ['project'] : []),
      ...named.flatMap(namesIn),
      ...free.flatMap(([name]) => (commands.some((text) => isRead(text, envName(name))) ? [name] : [])),
    ]),
  ];
}

const isRead = (command: string, name: string): boolean => new RegExp(`\\$\\{?${name}\\b`).test(command);

function parsed<T>(schema: z.ZodType<T>, text: string, file: string): T {
  const { value, fail } = readYaml(text, file);
  const read = schema.safeParse(value, IN_WORDS);
  return read.success ? read.data : fail(read.error.issues);
}

export const nameOf = (file: string): string => (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '');

import { NotSimulated } from '#practice/command.ts';
import { likeCobra } from '#practice/similar.ts';
import { Failure } from './failure.ts';

/** Verbs that the practice shell has not: those of the real client, and those that nobody has. */

const KUBECTL =
  'create expose run set explain get edit delete rollout scale autoscale certificate cluster-info top cordon uncordon drain taint describe logs attach exec port-forward proxy cp auth debug events diff apply patch replace wait kustomize label annotate completion api-resources api-versions config plugin version alpha options'.split(
    ' ',
  );
const OC =
  'adm cancel-build extract idle image import-image login logout new-app new-build new-project observe policy process project projects registry rollback rsh rsync secrets serviceaccounts start-build status tag whoami'.split(
    ' ',
  );
/** What kubectl itself takes for another word of a verb. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  list: ['get', 'wait'],
  ps: ['get', 'wait'],
  rm: ['delete'],
};

const WRITE = 'Write the YAML in the editor beside the shell, and apply it.';
const INSTEAD: Readonly<Record<string, string>> = {
  edit: 'Save it with get -o yaml, change the file in the editor beside the shell, and apply it; for one value use patch.',
  replace: WRITE,
  diff: 'Compare with get -o yaml, or see what apply --dry-run=server -o yaml gives.',
  run: WRITE,
  events: 'Read the conditions of an object: describe it.',
  exec: 'No container runs here. Read what it printed with logs.',
  rsh: 'No container runs here. Read what it printed with logs.',
  debug: 'No container runs here. Read what it printed with logs.',
  top: 'Nothing is measured here.',
  login: 'You are signed in.',
  projects: 'Use -n NAME: the namespaces stand in the text of the lab.',
};

/** What to throw for a verb that no function here answers to. */
export function unanswered(tool: string, verb: string): Error {
  if (verb === '') return new NotSimulated(`${tool} without a command`, `What it can do: ${tool} --help.`);
  const known = tool === 'oc' ? [...KUBECTL, ...OC] : KUBECTL;
  if (known.includes(verb))
    return new NotSimulated(`${tool} ${verb}`, INSTEAD[verb] ?? `What it can do: ${tool} --help.`);
  const meant = new Set([...likeCobra(verb, known), ...(MEANT[verb] ?? [])]);
  const like = known.filter((one) => meant.has(one));
  const words = like.length === 0 ? '' : `\n\nDid you mean this?\n${like.map((one) => `\t${one}\n`).join('')}`;
  return new Failure(`unknown command "${verb}" for "${tool}"${words}`.trimEnd());
}

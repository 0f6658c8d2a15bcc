import type { Fault } from '../../catalog.ts';
import { namesIn } from '../../template.ts';
import { envName, FREE_TYPES } from '../../variable.ts';
import type { Part, Rule, Scene } from '../rule.ts';

export const freeText: Rule = {
  id: 'free-text',
  remedy: 'Write it as "$NAME" in double quotes, with the name in capitals.',
  check: (scene) => [...scene.parts.flatMap((part) => inPart(part, scene)), ...inAddresses(scene)],
};

const isFree = ({ variables }: Scene, name: string): boolean => {
  const type = Object.hasOwn(variables, name) ? variables[name]?.type : undefined;
  return FREE_TYPES.some((one) => one === type);
};

function inPart({ path, script }: Part, scene: Scene): Fault[] {
  const free = Object.keys(scene.variables).filter((name) => isFree(scene, name));
  const put = script.placeholders
    .filter(({ name }) => free.includes(name))
    .map(({ name, row }) => ({ path, row, message: `The text of {{${name}}} would be read as commands` }));
  const bare = script.reads
    .filter(({ name, isQuoted }) => !isQuoted && free.some((one) => envName(one) === name))
    .map(({ name, row }) => ({ path, row, message: `The text of $${name} would be cut into words` }));
  return [...put, ...bare];
}

const inAddresses = (scene: Scene): Fault[] =>
  scene.runbook.steps.flatMap(({ open }, at) =>
    namesIn(open ?? '')
      .filter((name) => isFree(scene, name))
      .map((name) => ({
        path: ['steps', at, 'open'],
        message: `The text of {{${name}}} does not fit into an address`,
      })),
  );

import type { Fault } from '../../catalog.ts';
import { TOOLS, type Tool } from '../../model.ts';
import type { Rule, Scene } from '../rule.ts';

/** What every Linux has: coreutils, their neighbours, and bash itself. */
const PLAIN = new Set(
  `awk base64 basename bc bzip2 cat cd chmod cmp comm cp cut date diff dirname echo env export expr false find fold
  grep gunzip gzip head join kill local ls mapfile mkdir mktemp mv nl nproc od paste printf pwd read readlink realpath
  return rev rm sed seq set sha256sum sleep sort split stat tac tail tar tee test time timeout touch tr trap true uniq
  unset wait wc xargs xz zcat declare readonly command type eval source : [ break continue shift exit exec history umask ulimit
  getopts hash jobs let popd pushd uname whoami id hostname du df tsort yes`.split(/\s+/),
);

export const tools: Rule = {
  id: 'tools',
  remedy: 'Let needs.tools name the tools that the commands use, and no other.',
  check: (scene) => {
    const used = usedIn(scene);
    const named = TOOLS.filter((tool) => scene.runbook.needs.tools[tool] !== undefined);
    return [
      ...named.flatMap((tool) => (used.has(tool) ? [] : [at(`No command uses ${tool}`)])),
      ...[...used].flatMap((tool) => (named.includes(tool) ? [] : [at(`A command uses ${tool}`)])),
      ...strangers(scene),
    ];
  },
};

const at = (message: string): Fault => ({ path: ['needs', 'tools'], message });

function usedIn({ runbook, parts }: Scene): Set<Tool> {
  const commands = parts.flatMap(({ script }) => script.commands);
  const used = new Set(TOOLS.filter((tool) => commands.some(({ name }) => name === tool)));
  if (commands.some(({ name, argv }) => name === 'kubectl' && argv[1] === 'ka')) used.add('kubectl-ka');
  if (runbook.needs.access.length > 0) used.add('kubectl');
  if (runbook.steps.some(({ where, run }) => where === 'clone' && run !== undefined)) used.add('git');
  return used;
}

function strangers({ parts }: Scene): Fault[] {
  return parts.flatMap(({ path, text, script }) =>
    script.commands
      .filter(({ name }) => name !== '' && !PLAIN.has(name) && !TOOLS.some((tool) => tool === name))
      .filter(({ name }) => name !== 'sudo' && name !== 'yq' && !text.includes(`${name}()`))
      .map(({ name, row }) => ({
        path,
        row,
        message: `"${name}" is neither one of ${TOOLS.join(', ')} nor on every machine`,
      })),
  );
}

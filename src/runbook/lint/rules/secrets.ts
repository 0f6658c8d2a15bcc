import type { Fault } from '../../catalog.ts';
import type { Command } from '../commands.ts';
import type { Rule, Scene } from '../rule.ts';

const VARIABLE = /(token|password|passwd|passphrase|credentials?|private-key|api-key)$/;
const NAMED = /TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL|_KEY/i;
const OPTION = /^--(token|password|creds|src-creds|dest-creds|registry-token)(=|$)/;
/** Parts of the shell itself: no other program sees their words. */
const BUILTIN = ['', 'printf', 'echo', 'read', 'export', 'unset', 'test', '[', 'local', 'declare', ':'];

export const secrets: Rule = {
  id: 'secrets',
  remedy:
    'Ask for it with read -rs NAME and hand it over on standard input, as in printf \'%s\' "$NAME" | skopeo login --password-stdin.',
  check: (scene) => [
    ...inVariables(scene),
    ...scene.parts.flatMap(({ path, script }) =>
      script.commands.flatMap((command) => {
        const message = reasonOf(command);
        return message === null ? [] : [{ path, row: command.row, message }];
      }),
    ),
  ],
};

const inVariables = ({ runbook }: Scene): Fault[] =>
  runbook.variables.flatMap((name, at) =>
    VARIABLE.test(name) ? [{ path: ['variables', at], message: `"${name}" asks a page for a secret` }] : [],
  );

function reasonOf({ name, argv }: Command): string | null {
  const words = argv.slice(1);
  const option = words.find((word) => OPTION.test(word));
  if (option !== undefined) return `Everybody on the machine can see what ${option.split('=')[0]} gives`;
  const shown = words.find((word) => new RegExp(`\\$\\{?\\w*(${NAMED.source})`, 'i').test(word));
  if (shown !== undefined && !BUILTIN.includes(name))
    return `Everybody on the machine can see ${shown.slice(0, 60)} among the words of ${name}`;
  const given = words.find((word) => /^--from-literal=?.*(token|password)/i.test(word));
  if (given !== undefined) return 'A secret on the command line stays in the history of the shell';
  const isShown =
    name === 'read' && words.some((word) => NAMED.test(word)) && !words.some((word) => /^-\w*s/.test(word));
  return isShown ? 'A secret that is typed would stand on the screen' : null;
}

import { fill } from '../../template.ts';
import { imagesIn } from '../images.ts';
import { callOf } from '../kubectl.ts';
import type { Part, Rule, Scene } from '../rule.ts';

const CLUSTER = 'api.kflux-fedora-01.84db.p1.openshiftapps.com';
const ARCHIVE = 'kubearchive-api-server-product-kubearchive.apps.kflux-fedora-01.84db.p1.openshiftapps.com';
/** Hosts that a tool asks without being told. */
const OF_TOOLS: Readonly<Record<string, string>> = { gh: 'api.github.com', glab: 'gitlab.com', tkn: CLUSTER };
/** Verbs that ask no cluster. */
const LOCAL = ['config', 'kustomize', 'options'];

export const hosts: Rule = {
  id: 'hosts',
  remedy: 'Let needs.hosts name the hosts that the commands reach, and no other.',
  check: (scene) => {
    const { hosts: named } = scene.runbook.needs;
    const reached = reachedIn(scene);
    return [
      ...named
        .filter((host) => !reached.has(host) && !isWritten(host, scene))
        .map((host) => `No command reaches ${host}`),
      ...[...reached].filter((host) => !named.includes(host)).map((host) => `A command reaches ${host}`),
    ].map((message) => ({ path: ['needs', 'hosts'], message }));
  },
};

function reachedIn({ runbook, variables, parts }: Scene): Set<string> {
  const examples = Object.fromEntries(Object.entries(variables).map(([name, { example }]) => [name, example]));
  const commands = parts.flatMap(({ script }) => script.commands);
  const isCloned = runbook.steps.some(({ where, run }) => where === 'clone' && run !== undefined);
  return new Set([
    ...(runbook.needs.access.length > 0 ? [CLUSTER] : []),
    ...(isCloned ? ['gitlab.com'] : []),
    ...commands.flatMap((command) => imagesIn(command).flatMap((image) => hostOf(fill(image, examples)) ?? [])),
    ...commands.flatMap(({ name }) => OF_TOOLS[name] ?? []),
    ...commands.flatMap((command) => clusterOf(callOf(command)) ?? []),
    ...parts.flatMap((part) => askedIn(part).flatMap((text) => addressesIn(fill(text, examples)))),
  ]);
}

function clusterOf(call: ReturnType<typeof callOf>): string[] | null {
  if (!call || LOCAL.some((one) => call.verb === one || call.verb.startsWith(`${one} `))) return null;
  if (call.verb === 'version' && call.options.has('--client')) return null;
  const server = call.options.get('--server') ?? call.options.get('-s');
  if (server !== undefined) return addressesIn(server);
  return call.isArchive ? [ARCHIVE] : [CLUSTER];
}

/** Null where the shell puts the image in. */
const hostOf = (image: string): string | null => (image.startsWith('$') ? null : (image.split(/[/:]/)[0] ?? null));

/** As in a list that a loop goes through. */
const isWritten = (host: string, { parts }: Scene): boolean => parts.some(({ text }) => text.includes(`${host}/`));

/** Programs that only hand on what their words say, as addresses within an object. */
const SILENT = ['kubectl', 'oc', 'jq', 'grep', 'sed', 'awk', 'echo', 'printf'];

/** Words that may be asked, and rows that set a variable. */
const askedIn = ({ text, script }: Part): string[] =>
  script.commands.flatMap(({ name, argv, sets, row }) => [
    ...(SILENT.includes(name) ? [] : argv),
    ...(sets.length > 0 ? [text.split('\n')[row - 1] ?? ''] : []),
  ]);

const addressesIn = (text: string): string[] =>
  [...text.matchAll(/https?:\/\/(?:[^/@\s"']*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)/g)].map(([, host = '']) => host);

import type { Lab } from '#lab/model.ts';
import { commandsOf } from '#runbook/catalog.ts';
import type { Command } from '#runbook/lint/commands.ts';
import { callOf } from '#runbook/lint/kubectl.ts';
import { isWriting } from '#runbook/lint/rules/read-only.ts';
import type { Shell } from '#runbook/lint/shell.ts';
import { type Runbook, TOOLS } from '#runbook/model.ts';
import type { RecordOfRuns } from '#runbook/record.ts';

/** Every command that a runbook or a lab runs, by client and verb, with where it stands. */

/** A step that runs it. */
export interface Use {
  /** Below the root of the site: `runbooks/ID/#step-STEP`. */
  path: string;
  /** Of the runbook or the lab. */
  title: string;
  step: string;
}

export interface VerbRow {
  anchor: string;
  /** `auth can-i`, `push`; empty for a client without verbs. */
  verb: string;
  /** Which of its uses change something that others see. */
  changes: 'all' | 'some' | 'none';
  runbooks: Use[];
  labs: Use[];
}

export interface ClientGroup {
  name: string;
  /** With what the commands of the runbooks were last run; null where none was. */
  ran: { client: 'real' | 'double' | 'checked'; version: string } | null;
  verbs: VerbRow[];
}

interface Found {
  client: string;
  verb: string;
  changes: boolean;
  where: 'runbooks' | 'labs';
  use: Use;
}

/** The clients first that runbooks know, in their order; what every shell has is not listed. */
export function clientGroups(
  runbooks: readonly Runbook[],
  labs: readonly Lab[],
  record: RecordOfRuns | null,
  shell: Shell,
): ClientGroup[] {
  const found = [...runbooks.flatMap((one) => inRunbook(one, shell)), ...labs.flatMap((one) => inLab(one, shell))];
  return LISTED.flatMap((name): ClientGroup[] => {
    const verbs = Map.groupBy(
      found.filter(({ client }) => client === name),
      ({ verb }) => verb,
    );
    if (verbs.size === 0) return [];
    const rows = [...verbs].map(([verb, uses]) => rowOf(name, verb, uses));
    return [{ name, ran: ranWith(name, record), verbs: rows.sort((a, b) => a.verb.localeCompare(b.verb)) }];
  });
}

const LISTED: readonly string[] = [...TOOLS.filter((tool) => tool !== 'kubectl-ka'), 'yq'];

function rowOf(client: string, verb: string, uses: readonly Found[]): VerbRow {
  const of = (where: Found['where']) => {
    const byPath = new Map(uses.filter((one) => one.where === where).map(({ use }) => [use.path, use]));
    return [...byPath.values()];
  };
  const changing = uses.filter(({ changes }) => changes).length;
  return {
    anchor: [client, ...verb.split(' ')].filter((word) => word !== '').join('-'),
    verb,
    changes: changing === 0 ? 'none' : changing === uses.length ? 'all' : 'some',
    runbooks: of('runbooks'),
    labs: of('labs'),
  };
}

function inRunbook({ id, title, steps }: Runbook, shell: Shell): Found[] {
  return steps.flatMap((step) => {
    const use = { path: `runbooks/${id}/#step-${step.id}`, title, step: step.title };
    return commandsOf(step).flatMap(({ text }) => inText(text, 'runbooks', use, shell));
  });
}

function inLab({ id, title, steps }: Lab, shell: Shell): Found[] {
  return steps.flatMap((step) => {
    const use = { path: `labs/${id}/#step-${step.id}`, title, step: step.goal };
    const texts = [...step.try, ...(step.solution.run === undefined ? [] : [step.solution.run])];
    return texts.flatMap((text) => inText(text, 'labs', use, shell));
  });
}

const inText = (text: string, where: Found['where'], use: Use, shell: Shell): Found[] =>
  shell
    .read(text)
    .commands.filter(({ name }) => LISTED.includes(name))
    .map((command) => ({
      client: command.name,
      verb: verbOf(command),
      changes: isWriting(command),
      where,
      use,
    }));

/** How many words a verb of each client has; of others it has none. */
const VERBS: Readonly<Record<string, number>> = {
  gh: 2,
  glab: 2,
  tkn: 2,
  ec: 2,
  git: 1,
  skopeo: 1,
  podman: 1,
  oras: 1,
  cosign: 1,
};

/** Options of git that stand before its verb and take the next word. */
const BEFORE = ['-C', '-c'];

export function verbOf(command: Command): string {
  const call = callOf(command);
  if (call) return `${call.isArchive ? 'ka ' : ''}${call.verb}`;
  const { name, argv } = command;
  if (name === 'curl') return methodOf(argv);
  const words = argv.slice(1).filter((word, at, all) => !word.startsWith('-') && !BEFORE.includes(all[at - 1] ?? ''));
  return words.slice(0, VERBS[name] ?? 0).join(' ');
}

/** What curl asks for: GET where it is not told otherwise. */
function methodOf(argv: readonly string[]): string {
  const at = argv.findIndex((word) => /^(-X|--request)(=|$)/.test(word));
  const given = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  if (given !== undefined) return given;
  if (argv.some((word) => /^(--head|-I)$/.test(word))) return 'HEAD';
  return argv.some((word) => /^--(data|json|form)/.test(word)) ? 'POST' : 'GET';
}

function ranWith(name: string, record: RecordOfRuns | null): ClientGroup['ran'] {
  const tool = record?.tools.findLast((one) => one.name === name);
  return tool ? { client: tool.client, version: tool.version } : null;
}

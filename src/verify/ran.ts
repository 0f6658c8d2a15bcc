import { hashOf } from '#runbook/hash.ts';
import { commandsIn, type Shell } from '#runbook/lint/shell.ts';
import type { Tool } from '#runbook/model.ts';
import type { Ran } from '#runbook/record.ts';
import type { Provisions } from './bin.ts';
import type { Fault } from './judge.ts';
import type { Outcome } from './scene.ts';

/** Commands as rows of the record. */

/** Whether a command starts this tool; `kubectl-ka` is started as `kubectl ka`. */
export function isStarted(tool: string, text: string, shell: Shell): boolean {
  const [, plugin] = /^kubectl-(.+)$/.exec(tool) ?? [];
  return commandsIn(text, shell).some(({ name, argv }) =>
    plugin === undefined ? name === tool : name === tool || (name === 'kubectl' && argv[1] === plugin),
  );
}

export interface Named {
  /** Of a run with an older client, which says how it went. */
  isOlder: boolean;
  step: string;
  part: Ran['part'];
  text: string;
}

/** The row of a command that ran. */
export async function ranOf(provisions: Provisions, outcome: Outcome, named: Named, fault: Fault | null): Promise<Ran> {
  const tools = [...new Set(outcome.started.map(({ tool }) => tool))].sort();
  const isDouble = tools.some((tool) => provisions[tool as Tool]?.client === 'double');
  const servers = new Set(outcome.asked.map(({ server }) => server));
  return {
    step: named.step,
    part: named.part,
    hash: await hashOf(named.text),
    client: isDouble ? 'double' : 'real',
    server: servers.has('simulator') ? 'simulator' : servers.has('loopback') ? 'loopback' : 'none',
    tools: tools.length > 0 ? tools : ['bash'],
    ms: outcome.ms,
    ...(named.isOlder ? { older: fault ? notSupported(outcome, fault) : 'ran' } : {}),
  };
}

function notSupported({ output }: Outcome, { says }: Fault): string {
  const line = output.split('\n').find((one) => /error|unknown/i.test(one)) ?? says[0] ?? '';
  // A path of this machine tells a reader nothing.
  return `not supported: ${line
    .trim()
    .replaceAll(/\/[^\s'"]*slipway-runbooks-[^\s'"]*/g, '…')
    .slice(0, 200)}`;
}

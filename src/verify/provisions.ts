import { resolve } from 'node:path';
import { doubleOf } from '#doubles/index.ts';
import { run } from '#host/child.ts';
import { currentKubectl, olderKubectl } from '#host/kubectl.ts';
import type { Machine } from '#host/machine.ts';
import { TOOLS, type Tool } from '#runbook/model.ts';
import type { RecordOfRuns } from '#runbook/record.ts';
import type { Provision, Provisions } from './bin.ts';

/** Which clients there are on this machine, and of which version. */

export type ToolRow = RecordOfRuns['tools'][number];

const VERSION: Readonly<Partial<Record<Tool, readonly string[]>>> = {
  kubectl: ['version', '--client'],
  oc: ['version', '--client'],
};

/** All tools that a runbook may name; `older` takes kubectl 1.20 in the place of the current one. */
export async function provisionsOf(machine: Machine, clients: string, isOlder = false): Promise<Provisions> {
  const found = await (isOlder ? olderKubectl : currentKubectl)(machine, clients);
  const kubectl: Provision = 'path' in found ? real(found.path) : { client: 'checked', ...found };
  const provisions: Partial<Record<Tool, Provision>> = {};
  for (const tool of TOOLS) provisions[tool] = tool === 'kubectl' ? kubectl : provisionOf(machine, tool);
  if (kubectl.client === 'real' && provisions.oc?.client === 'checked') provisions.oc = kubectl;
  return provisions;
}

const real = (path: string): Provision => ({ client: 'real', path: resolve(path) });

function provisionOf(machine: Machine, tool: Tool): Provision {
  if (doubleOf(tool)) return { client: 'double' };
  const path = machine.which(tool);
  return path === null
    ? { client: 'checked', why: 'it is not installed, and there is no stand-in for it' }
    : real(path);
}

/** Name, version and kind of those of these tools that ran. */
export async function rowsOf(provisions: Provisions, tools: ReadonlySet<string>): Promise<ToolRow[]> {
  const rows: ToolRow[] = [];
  for (const tool of TOOLS) {
    const provision = provisions[tool];
    if (!tools.has(tool) || !provision) continue;
    const { client } = provision;
    rows.push({ name: tool, client, version: client === 'real' ? await versionOf(tool, provision.path) : 'none' });
  }
  if (tools.has('bash')) rows.push({ name: 'bash', client: 'real', version: await versionOf('bash', 'bash') });
  return rows;
}

async function versionOf(tool: Tool | 'bash', path: string): Promise<string> {
  const args = (tool === 'bash' ? undefined : VERSION[tool]) ?? ['--version'];
  const { output } = await run(path, args, { capture: true, timeoutMs: 10_000 });
  const version = /v?\d+(\.\d+)+[\w.+~-]*/.exec(output)?.[0] ?? 'unknown';
  const isPassed = tool === 'oc' && path.includes('kubectl');
  return isPassed ? `kubectl ${version} under the name oc` : version;
}

import { type Arguments, optionOf, readArguments, UsageError } from './arguments.ts';
import type { Double, DoubleIo } from './double.ts';

/** A stand-in for `kubectl ka`, the client of KubeArchive: get and logs, asked of the archive itself. */

const VALUED = ['n', 'namespace', 'l', 'selector', 'o', 'output', 'c', 'container'];
const FLAGS = ['archived'];
const GROUPS: Readonly<Record<string, { path: string; plural: string; kind: string }>> = {
  pipelineruns: { path: '/apis/tekton.dev/v1', plural: 'pipelineruns', kind: 'PipelineRun' },
  taskruns: { path: '/apis/tekton.dev/v1', plural: 'taskruns', kind: 'TaskRun' },
  snapshots: { path: '/apis/appstudio.redhat.com/v1alpha1', plural: 'snapshots', kind: 'Snapshot' },
  releases: { path: '/apis/appstudio.redhat.com/v1alpha1', plural: 'releases', kind: 'Release' },
};

interface Thing {
  metadata: { name: string; creationTimestamp: string };
}

export const kubectlKa: Double = async (argv, io) => {
  const given = readArguments('kubectl ka', argv, VALUED, FLAGS);
  const [verb, first, second] = given.words;
  if (verb === 'get') return get(given, io, first ?? '', second);
  if (verb === 'logs') return logs(given, io, first ?? '');
  throw new UsageError(`Our stand-in for kubectl ka does not know "${verb}". The real one may.`);
};

async function get(given: Arguments, io: DoubleIo, what: string, name: string | undefined): Promise<number> {
  const kind = GROUPS[what.split('.')[0] ?? ''];
  if (!kind) throw new UsageError(`Our stand-in for kubectl ka does not know the resource "${what}".`);
  const query = new URLSearchParams({ limit: '100' });
  const selector = optionOf(given, 'l', 'selector');
  if (selector) query.set('labelSelector', selector);
  if (name) query.set('name', name);
  const answer = await ask(io, `${kind.path}/namespaces/${namespaceOf(given)}/${kind.plural}?${query}`);
  const { items }: { items: Thing[] } = JSON.parse(answer);
  const found = name ? items.filter(({ metadata }) => metadata.name === name) : items;
  if (name && found.length === 0) throw new Error(`${kind.plural} "${name}" not found`);
  io.out(shown(found, optionOf(given, 'o', 'output'), name !== undefined, io.nowMs));
  return 0;
}

async function logs(given: Arguments, io: DoubleIo, pod: string): Promise<number> {
  const container = optionOf(given, 'c', 'container');
  const query = container ? `?container=${encodeURIComponent(container)}` : '';
  const name = pod.replace(/^pods?\//, '');
  io.out(await ask(io, `/api/v1/namespaces/${namespaceOf(given)}/pods/${name}/log${query}`));
  return 0;
}

function namespaceOf(given: Arguments): string {
  const namespace = optionOf(given, 'n', 'namespace');
  if (!namespace) throw new UsageError('Our stand-in for kubectl ka wants -n NAMESPACE.');
  return namespace;
}

async function ask(io: DoubleIo, path: string): Promise<string> {
  const host = io.env['KUBECTL_PLUGIN_KA_HOST'];
  if (!host) throw new Error('no archive is known: set KUBECTL_PLUGIN_KA_HOST to its address');
  const token = io.env['KUBECTL_PLUGIN_KA_TOKEN'] ?? (await tokenOf(io));
  const answer = await io.fetch(`${host}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`the archive answered ${answer.status}: ${body.slice(0, 300)}`);
  return body;
}

/** The token of the kubeconfig, which the real one uses as well. */
async function tokenOf(io: DoubleIo): Promise<string> {
  const path = io.env['KUBECONFIG'] ?? `${io.env['HOME']}/.kube/config`;
  const config = new TextDecoder().decode(await io.readFile(path));
  return /"?token"?:\s*"?([^"\s]+)/.exec(config)?.[1] ?? '';
}

function shown(items: readonly Thing[], form: string | undefined, isOne: boolean, nowMs: number): string {
  if (form === 'json')
    return `${JSON.stringify(isOne ? items[0] : { kind: 'List', apiVersion: 'v1', items }, null, 2)}\n`;
  if (form === 'name') return items.map(({ metadata }) => `${metadata.name}\n`).join('');
  if (form !== undefined) throw new UsageError(`Our stand-in for kubectl ka prints no "${form}", only json and name.`);
  const rows = items.map(({ metadata }) => [metadata.name, age(nowMs - Date.parse(metadata.creationTimestamp))]);
  return table([['NAME', 'AGE'], ...rows]);
}

/** Columns as kubectl lays them out. */
function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map(
      (row) => `${row.map((cell, at) => (at < row.length - 1 ? cell.padEnd((widths[at] ?? 0) + 3) : cell)).join('')}\n`,
    )
    .join('');
}

function age(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return `${minutes}m`;
  return minutes < 2_880 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 1_440)}d`;
}

import type { KubeObject } from '#sim/kube/kind.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import type { Arch } from '#status/model.ts';

/** What a PipelineRun asks for, read from an object of whatever shape. */

const ARCHES: Readonly<Record<string, Arch>> = {
  amd64: 'x86_64',
  x86_64: 'x86_64',
  arm64: 'aarch64',
  ppc64le: 'ppc64le',
  s390x: 's390x',
};
const UNITS: Readonly<Record<string, number>> = {
  ...{ m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 },
};

const valueIn = (run: KubeObject, name: string): unknown =>
  fieldOf(
    listOf(fieldOf(run['spec'], 'params')).find((row) => fieldOf(row, 'name') === name),
    'value',
  );

export const paramOf = (run: KubeObject, name: string): string => textOf(valueIn(run, name));
export const paramsOf = (run: KubeObject, name: string): string[] => listOf(valueIn(run, name)).map(textOf);

/** The image that it is to push; null where it names none. */
export function outputOf(run: KubeObject): { place: string; tag: string } | null {
  const [, place, tag] = /^([^:@]+(?:\/[^:@]+)+):([\w][\w.-]*)$/.exec(paramOf(run, 'output-image')) ?? [];
  return place && tag ? { place, tag } : null;
}

/** Where it is to build; `strange` are platforms that no machine has. */
export function platformsOf(run: KubeObject): { arches: Arch[]; strange: string[] } {
  const names = paramsOf(run, 'build-platforms');
  const archOf = (name: string): Arch | undefined => {
    const machine = /^(?:linux|linux-[a-z0-9-]+)\/([a-z0-9_]+)$/.exec(name)?.[1] ?? '';
    return Object.hasOwn(ARCHES, machine) ? ARCHES[machine] : undefined;
  };
  return {
    arches: [...new Set(names.flatMap((name) => archOf(name) ?? []))],
    strange: names.filter((name) => !archOf(name)),
  };
}

/** Bytes of a quantity as Kubernetes writes it; null for anything else. */
export function bytesOf(quantity: unknown): number | null {
  const [, count, unit = ''] = /^\+?(\d+(?:\.\d*)?|\.\d+)([KMGT]i|[mkMGT])?$/.exec(String(quantity ?? '')) ?? [];
  return count === undefined ? null : Number(count) * (UNITS[unit] ?? 1);
}

/** Milliseconds of `6h`, `1h30m0s`; null where it sets no limit. */
export function durationMs(text: unknown): number | null {
  const parts = [...textOf(text).matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  const ms = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
  const sum = parts.reduce(
    (all, [, count, unit]) =>
      all + Number(count) * (ms[unit === 'h' || unit === 'm' || unit === 's' ? unit : 'ms'] ?? 0),
    0,
  );
  return sum > 0 ? sum : null;
}

const rowsOf = (run: KubeObject): Fields[] => listOf(fieldOf(run['spec'], 'taskRunSpecs')).map(fieldsOf);

/** Tasks that it says something of. */
export const tasksNamed = (run: KubeObject): string[] => rowsOf(run).map((row) => textOf(row['pipelineTaskName']));

/** Steps of a task that it says something of. */
export const stepsNamed = (run: KubeObject, task: string): string[] =>
  rowsOf(run)
    .filter((row) => row['pipelineTaskName'] === task)
    .flatMap((row) => listOf(row['stepSpecs']).map((step) => textOf(fieldOf(step, 'name'))));

/** What it says of one task, as it then stands in the spec of its TaskRuns. */
export function taskSpecOf(run: KubeObject, task: string): Fields {
  const row = rowsOf(run).find((one) => one['pipelineTaskName'] === task) ?? {};
  const { stepSpecs, computeResources, timeout } = row;
  return {
    ...(stepSpecs === undefined ? {} : { stepSpecs }),
    ...(computeResources === undefined ? {} : { computeResources }),
    ...(timeout === undefined ? {} : { timeout }),
  };
}

/** Memory that a step asks for and may use, in bytes, as far as the run says so. */
export function memoryOf(run: KubeObject, task: string, step: string): { asks: number | null; may: number | null } {
  const spec = taskSpecOf(run, task);
  const own = listOf(spec['stepSpecs']).find((one) => fieldOf(one, 'name') === step);
  const [mine, all] = [fieldOf(own, 'computeResources'), spec['computeResources']];
  const amount = (what: string): number | null => {
    const said = fieldOf(fieldOf(mine, what), 'memory') ?? fieldOf(fieldOf(all, what), 'memory');
    return said === undefined ? null : bytesOf(said);
  };
  return { asks: amount('requests'), may: amount('limits') };
}

import { type Faults, quoted } from './faults.ts';
import { listAt, mapAt, textOf, wordOf } from './fields.ts';
import { isMap, type PlainMap } from './values.ts';

/** Tekton's objects in a text: what kind each is, by its own word or by its shape. */

export const KINDS = ['Pipeline', 'PipelineRun', 'Task'] as const;
export type Kind = (typeof KINDS)[number];

export interface TektonObject {
  kind: Kind;
  /** metadata.name, else generateName; null where neither can be shown. */
  name: string | null;
  metadata: PlainMap | null;
  spec: PlainMap;
  status: PlainMap | null;
}

const VERSIONS = ['tekton.dev/v1', 'tekton.dev/v1beta1'];

/** All that is understood, lists opened; the rest is a fault each. */
export function objectsOf(documents: readonly PlainMap[], faults: Faults): TektonObject[] {
  return documents.flatMap(opened).flatMap((map) => {
    const kind = kindOf(map, faults);
    if (!kind) return [];
    const metadata = mapAt(map, 'metadata');
    const name = wordOf(metadata?.['name']) ?? wordOf(metadata?.['generateName'])?.replace(/-+$/, '') ?? null;
    return [{ kind, name, metadata, spec: mapAt(map, 'spec') ?? {}, status: mapAt(map, 'status') }];
  });
}

/** A List of Kubernetes is its items, which may leave their kind to it. */
function opened(map: PlainMap): PlainMap[] {
  const kind = textOf(map['kind']) ?? '';
  if (!Array.isArray(map['items']) || !kind.endsWith('List')) return [map];
  const own = kind.slice(0, -'List'.length);
  return listAt(map, 'items')
    .filter(isMap)
    .map((item) =>
      own === '' || item['kind'] !== undefined
        ? item
        : Object.assign(Object.create(null), item, { kind: own, apiVersion: map['apiVersion'] }),
    );
}

function kindOf(map: PlainMap, faults: Faults): Kind | null {
  const { apiVersion, kind } = map;
  if (apiVersion === undefined && kind === undefined) return kindByShape(map, faults);
  const found = kind === 'ClusterTask' ? 'Task' : KINDS.find((one) => one === kind);
  if (found && VERSIONS.some((one) => one === apiVersion)) return found;
  faults.add(
    `The text holds a ${quoted(textOf(kind) ?? 'nothing')} of ${quoted(textOf(apiVersion) ?? 'no version')}; understood are ${KINDS.join(', ')} of ${VERSIONS.join(' and ')}.`,
  );
  return null;
}

/** What an API hands out in a list, or a signed statement holds, may say neither. */
function kindByShape(map: PlainMap, faults: Faults): Kind | null {
  const [spec, status] = [mapAt(map, 'spec'), mapAt(map, 'status')];
  if (spec?.['pipelineSpec'] || spec?.['pipelineRef'] || status?.['pipelineSpec']) return 'PipelineRun';
  if (Array.isArray(spec?.['tasks'])) return 'Pipeline';
  if (Array.isArray(spec?.['steps'])) return 'Task';
  faults.add('The text does not say its kind, and has not the shape of a Pipeline, a PipelineRun or a Task.');
  return null;
}

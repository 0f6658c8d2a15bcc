import type { RunFile } from '#pipeline/definition.ts';
import type { Faults } from './faults.ts';
import { mapAt, shortOf, textOf, wordOf } from './fields.ts';
import type { TektonObject } from './objects.ts';
import { bindingsOf } from './parameters.ts';
import { pipelineOf } from './pipeline.ts';
import { EMBEDDED, referenceOf } from './reference.ts';
import type { PlainMap } from './values.ts';
import type { Source } from './yaml.ts';

/** A PipelineRun: the pipeline that it holds or names, and what it gives. */

const CEL = 'pipelinesascode.tekton.dev/on-cel-expression';

/** The pipeline inside a run: as written, else as the cluster filled it in. */
export const specInRun = ({ spec, status }: TektonObject): PlainMap | null =>
  mapAt(spec, 'pipelineSpec') ?? mapAt(status, 'pipelineSpec');

/** What the pipeline of a run is called: by what the run refers to, by the cluster's label, or like the run. */
export function pipelineNameOf({ spec, metadata, name }: TektonObject, faults: Faults): string | null {
  const ref = mapAt(spec, 'pipelineRef');
  const named = ref ? referenceOf(ref, 'The run:', faults).task : null;
  return named ?? wordOf(mapAt(metadata, 'labels')?.['tekton.dev/pipeline']) ?? name;
}

export function runFileOf(run: TektonObject, source: Source, faults: Faults): RunFile | null {
  const { spec, metadata, name } = run;
  const [held, ref] = [mapAt(spec, 'pipelineSpec'), mapAt(spec, 'pipelineRef')];
  if (name === null) faults.add('The PipelineRun has no name that can be shown.');
  if (!held && !ref) faults.add('The PipelineRun neither names a pipeline nor holds one.');
  if (name === null || (!held && !ref)) return null;
  return {
    name,
    pipeline: ref && !held ? referenceOf(ref, 'The run:', faults) : EMBEDDED,
    embedded: held ? pipelineOf(held, pipelineNameOf(run, faults) ?? name, source, faults) : null,
    given: bindingsOf(spec, { where: 'The run:', faults }),
    timeout: shortOf(mapAt(spec, 'timeouts')?.['pipeline'] ?? spec['timeout']),
    when: textOf(mapAt(metadata, 'annotations')?.[CEL]),
  };
}

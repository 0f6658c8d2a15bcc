import type { TaskReference } from '#pipeline/definition.ts';
import { type Faults, quoted } from './faults.ts';
import { mapAt, shortOf, textOf, wordOf } from './fields.ts';
import { bindingsOf } from './parameters.ts';
import type { PlainMap } from './values.ts';

/** `taskRef` and `pipelineRef`: where the text of a task or pipeline is. */

const NOWHERE: TaskReference = { resolver: 'unknown', task: null, bundle: null, url: null, revision: null, path: null };
export const EMBEDDED: TaskReference = { ...NOWHERE, resolver: 'embedded' };

/** Where a task of a pipeline comes from; what is not understood is a fault. */
export function taskReferenceOf(task: PlainMap, where: string, faults: Faults): TaskReference {
  const ref = mapAt(task, 'taskRef');
  const isPipeline = ref?.['kind'] === 'Pipeline' || mapAt(task, 'pipelineRef') || mapAt(task, 'pipelineSpec');
  if (ref && !isPipeline) return referenceOf(ref, where, faults);
  if (mapAt(task, 'taskSpec')) return EMBEDDED;
  faults.add(
    isPipeline
      ? `${where} it runs a whole pipeline; what that does is not shown.`
      : `${where} it does not say which task it runs.`,
  );
  return NOWHERE;
}

/** By a resolver, by a bundle of v1beta1, or by its name in the namespace. */
export function referenceOf(ref: PlainMap, where: string, faults: Faults): TaskReference {
  const { resolver, bundle } = ref;
  if (resolver !== undefined && resolver !== null) return resolved(ref, where, faults);
  const named = { ...NOWHERE, task: wordOf(ref['name']), revision: shortOf(ref['version']) };
  if (bundle) return { ...named, resolver: 'bundles', bundle: textOf(bundle) };
  const { apiVersion, kind } = ref;
  const isCustom = typeof apiVersion === 'string' && !apiVersion.startsWith('tekton.dev/');
  if (isCustom)
    faults.add(`${where} it runs a ${quoted(textOf(kind) ?? 'thing')}, not a Task; what that does is not shown.`);
  if (named.task === null) faults.add(`${where} what it refers to has no name that can be shown.`);
  return { ...named, resolver: isCustom ? 'unknown' : kind === 'ClusterTask' ? 'cluster' : 'name' };
}

function resolved(ref: PlainMap, where: string, faults: Faults): TaskReference {
  // `resource` is what the first resolvers called their params.
  const key = ref['params'] === undefined && ref['resource'] !== undefined ? 'resource' : 'params';
  const given = new Map(bindingsOf(ref, { where, faults, most: 50, key }).map(({ name, value }) => [name, value]));
  const text = (name: string) => {
    const value = given.get(name);
    return typeof value === 'string' ? value : null;
  };
  const name = wordOf(text('name'));
  switch (ref['resolver']) {
    case 'bundles':
      return { ...NOWHERE, resolver: 'bundles', task: name, bundle: text('bundle') };
    case 'git':
      return { ...NOWHERE, resolver: 'git', ...gitPlace(text) };
    case 'http':
      return { ...NOWHERE, resolver: 'http', url: text('url') };
    case 'hub':
      return { ...NOWHERE, resolver: 'hub', task: name, revision: wordOf(text('version')) };
    case 'cluster':
      return { ...NOWHERE, resolver: 'cluster', task: name };
    default:
      faults.add(`${where} its resolver ${quoted(textOf(ref['resolver']) ?? '')} is not known here.`);
      return { ...NOWHERE, task: name };
  }
}

/** By the address of a repository, or by its names in a forge. */
function gitPlace(text: (name: string) => string | null): Pick<TaskReference, 'url' | 'revision' | 'path'> {
  const [server, org, repo] = [text('serverURL'), text('org'), text('repo')];
  const inForge = org && repo ? [server?.replace(/\/+$/, ''), org, repo].filter(Boolean).join('/') : null;
  return { url: text('url') ?? inForge, revision: wordOf(text('revision')), path: text('pathInRepo') };
}

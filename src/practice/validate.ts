import { KINDS } from '#sim/kube/kinds/index.ts';
import { pruned } from '#sim/kube/prune.ts';
import { faultsOf } from '#sim/kube/schema.ts';
import { type Fields, fieldOf, textOf } from '#sim/kube/value.ts';

/** Objects held against the definitions of their kinds, as the pretend cluster does when it is handed one. */

/** What is wrong with an object: its kind and name, the field, and Kubernetes' own words. */
export interface ObjectFault {
  object: string;
  field: string;
  message: string;
}

/** What the definitions find in these objects; nothing where they would be taken. */
export function objectFaults(objects: readonly Fields[]): ObjectFault[] {
  return objects.flatMap((object) => {
    const named = `${textOf(object['kind'])} ${textOf(fieldOf(object['metadata'], 'name'))}`;
    const kind = KINDS.find(
      ({ group, version, kind: name }) =>
        name === object['kind'] && [group, version].filter(Boolean).join('/') === object['apiVersion'],
    );
    if (!kind) return [{ object: named, field: 'kind', message: 'There is no such kind on the cluster.' }];
    const { object: known, unknown } = pruned(kind, object);
    return [
      ...unknown.map((field) => ({ object: named, field, message: 'There is no such field.' })),
      ...faultsOf(kind, known).map(({ field = '', message }) => ({ object: named, field, message })),
    ];
  });
}

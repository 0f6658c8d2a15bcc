import type { Column, Kind, Schema } from './kind.ts';
import { fieldOf, fieldsOf, isFields, listOf, textOf } from './value.ts';

/** CustomResourceDefinitions, parsed from their YAML, as kinds. */

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const AGE: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** One kind for each version that is served; none for what is no definition. */
export function kindOf(crd: unknown): Kind[] {
  const spec = fieldsOf(fieldOf(crd, 'spec'));
  if (fieldOf(crd, 'kind') !== 'CustomResourceDefinition') return [];
  const names = fieldsOf(spec['names']);
  const shared = {
    group: textOf(spec['group']),
    kind: textOf(names['kind']),
    plural: textOf(names['plural']),
    singular: textOf(names['singular']) || textOf(names['kind']).toLowerCase(),
    shortNames: listOf(names['shortNames']).map(textOf),
    isNamespaced: spec['scope'] === 'Namespaced',
    isCustom: true,
    verbs: VERBS,
  };
  return listOf(spec['versions']).flatMap((version) =>
    fieldOf(version, 'served') === false ? [] : [{ ...shared, ...ofVersion(version) }],
  );
}

function ofVersion(version: unknown): Pick<Kind, 'version' | 'columns' | 'schema' | 'hasStatus'> {
  const columns = listOf(fieldOf(version, 'additionalPrinterColumns')).map(columnOf);
  return {
    version: textOf(fieldOf(version, 'name')),
    columns: columns.length > 0 ? columns : [AGE],
    schema: schemaOf(fieldOf(fieldOf(version, 'schema'), 'openAPIV3Schema')),
    hasStatus: isFields(fieldOf(fieldOf(version, 'subresources'), 'status')),
  };
}

const schemaOf = (value: unknown): Schema => (isFields(value) ? value : { type: 'object' });

function columnOf(value: unknown): Column {
  const { name, type, priority, jsonPath } = fieldsOf(value);
  return {
    name: textOf(name),
    type: type === 'date' || type === 'integer' || type === 'boolean' ? type : 'string',
    priority: typeof priority === 'number' && priority > 0 ? 1 : 0,
    jsonPath: textOf(jsonPath),
  };
}

import { base64 } from '#sim/bytes.ts';
import { secondAt } from '#sim/clock.ts';
import { uidOf } from '#sim/pipeline/names.ts';
import type { Kind, KubeObject, Metadata } from './kind.ts';
import { pruned } from './prune.ts';
import { faultsOf } from './schema.ts';
import { badRequest, type Cause, invalid } from './status.ts';
import { type Fields, fieldOf, fieldsOf, isFields, isSame, textOf } from './value.ts';

/** From what a client sends to an object as it is kept: checked, pruned, with the metadata that the server gives. */

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL = /^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$/;
const LABEL_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

export interface Incoming {
  kind: Kind;
  namespace: string | null;
  before: KubeObject | null;
  nowMs: number;
  /** Only `status` is written, or all but that. */
  isStatus: boolean;
  /** How many objects were written before this one: names and uids follow from it. */
  count: number;
}

/** The object to keep; throws where it is not fit. Before that, `onUnknown` is told of its unknown fields. */
export function taken(value: Fields, incoming: Incoming, onUnknown: (paths: readonly string[]) => void): KubeObject {
  const { kind, before, isStatus } = incoming;
  const meta = fieldsOf(value['metadata']);
  checkNamed(value, meta, incoming);
  checkWords(kind, meta);
  const { object, unknown } = pruned(kind, kind.kind === 'Secret' ? withData(value) : value);
  if (unknown.length > 0) onUnknown(unknown);
  const { status, ...main } = object;
  const kept = isStatus ? status : keptStatus(kind, before, status);
  const rest: Fields = { ...(isStatus ? before : main), ...(kept === undefined ? {} : { status: kept }) };
  const metadata = isStatus && before ? before.metadata : metadataOf(meta, rest, incoming);
  const made = { ...rest, apiVersion: apiVersionOf(kind), kind: kind.kind, metadata };
  const causes = [...causesOfMetadata(metadata), ...faultsOf(kind, made)];
  if (causes.length > 0) throw invalid(kind, metadata.name, causes);
  return made;
}

/** `v1`, `tekton.dev/v1`. */
export const apiVersionOf = ({ group, version }: Kind): string => (group === '' ? version : `${group}/${version}`);

function checkNamed({ apiVersion, kind: named }: Fields, meta: Fields, { kind, namespace, before }: Incoming): void {
  const expected = apiVersionOf(kind);
  if (apiVersion !== undefined && apiVersion !== expected)
    throw badRequest(
      `the API version in the data (${textOf(apiVersion)}) does not match the expected API version (${expected})`,
    );
  if (named !== undefined && named !== kind.kind)
    throw badRequest(`the kind in the data (${textOf(named)}) does not match the expected kind (${kind.kind})`);
  if (namespace !== null && meta['namespace'] !== undefined && meta['namespace'] !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  const name = textOf(meta['name']);
  if (before && name !== '' && name !== before.metadata.name)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${before.metadata.name})`);
}

/** Labels and annotations are texts: a number or a truth without quotes is the usual mistake. */
function checkWords({ version, kind }: Kind, meta: Fields): void {
  const refuse = (field: string, value: unknown, type: string) => {
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal ${goType(value)} into Go struct field ObjectMeta.metadata.${field} of type ${type}`,
    );
  };
  for (const field of ['labels', 'annotations']) {
    const words = meta[field] ?? {};
    if (!isFields(words)) refuse(field, words, 'map[string]string');
    for (const value of Object.values(fieldsOf(words))) if (typeof value !== 'string') refuse(field, value, 'string');
  }
  for (const [field, type] of Object.entries(LISTS))
    if (!Array.isArray(meta[field] ?? [])) refuse(field, meta[field], type);
}

const LISTS = { finalizers: '[]string', ownerReferences: '[]v1.OwnerReference' } as const;

function goType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** A main write leaves the status of a kind that keeps it apart. */
const keptStatus = ({ hasStatus, isCustom }: Kind, before: KubeObject | null, status: unknown): unknown =>
  hasStatus || !isCustom ? before?.['status'] : status;

function metadataOf(meta: Fields, rest: Fields, { kind, namespace, before, nowMs, count }: Incoming): Metadata {
  const generateName = textOf(meta['generateName']);
  const made = generateName === '' ? '' : `${generateName}${uidOf(`${generateName} ${count}`).slice(0, 5)}`;
  const name = before?.metadata.name ?? (textOf(meta['name']) || made);
  const own = {
    ...(namespace === null ? {} : { namespace }),
    uid: before?.metadata.uid ?? uidOf(`${kind.plural} ${namespace} ${name} ${count}`),
    resourceVersion: before?.metadata.resourceVersion ?? '',
    creationTimestamp: before?.metadata.creationTimestamp ?? secondAt(nowMs),
  };
  const { managedFields: _, selfLink: __, generation: ___, ...said } = meta;
  const isChanged = before !== null && !isSame(desired(before), desired(rest));
  const generation = kind.isCustom
    ? { generation: (before?.metadata.generation ?? 0) + (before === null || isChanged ? 1 : 0) }
    : {};
  return { ...withoutNulls(said), name, ...own, ...generation };
}

/** All that a generation counts changes of. */
function desired({ apiVersion: _, kind: __, metadata: ___, status: ____, ...rest }: Fields): Fields {
  return sorted(rest);
}

const sorted = (value: Fields): Fields =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const withoutNulls = (value: Fields): Fields =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined));

function causesOfMetadata({ name, labels = {} }: Metadata): Cause[] {
  const bad = (field: string, value: string, words: string): Cause => ({
    ...{ reason: 'FieldValueInvalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${words}` },
  });
  if (name === '')
    return [
      {
        reason: 'FieldValueRequired',
        field: 'metadata.name',
        message: 'Required value: name or generateName is required',
      },
    ];
  return [
    ...(NAME.test(name) && name.length <= 253 ? [] : [bad('metadata.name', name, NAME_WORDS)]),
    ...Object.values(labels).flatMap((value) =>
      LABEL.test(value) ? [] : [bad('metadata.labels', value, LABEL_WORDS)],
    ),
  ];
}

/** A Secret keeps what was given as plain text in base64. */
function withData(value: Fields): Fields {
  const { stringData, ...rest } = value;
  if (!isFields(stringData)) return value;
  const data = Object.entries(stringData).map(([name, text]) => [name, base64(textOf(text))]);
  return { ...rest, data: { ...fieldsOf(fieldOf(value, 'data')), ...Object.fromEntries(data) } };
}

import type { Fields } from './value.ts';

/** Reads the few messages that kubectl sends as protobuf: those of its commands that know their kind, as `auth can-i`. */

const MAGIC = [0x6b, 0x38, 0x73, 0x00];

/** How a field is read: a text, bytes as base64, a number, a truth, a message, a map; `[]` behind it means a list. */
type Shape = { readonly [number: number]: readonly [name: string, form: Form] };
type Form =
  | 'text'
  | 'texts'
  | 'bytes'
  | 'number'
  | 'truth'
  | { one: Shape }
  | { many: Shape }
  | { map: 'text' | 'bytes' };

const META: Shape = {
  1: ['name', 'text'],
  2: ['generateName', 'text'],
  3: ['namespace', 'text'],
  11: ['labels', { map: 'text' }],
  12: ['annotations', { map: 'text' }],
};
const NAMED: Shape = { 1: ['name', 'text'] };
const metadata = ['metadata', { one: META }] as const;

const SHAPES: Readonly<Record<string, Shape>> = {
  SelfSubjectAccessReview: {
    2: [
      'spec',
      {
        one: {
          1: [
            'resourceAttributes',
            {
              one: {
                ...{ 1: ['namespace', 'text'], 2: ['verb', 'text'], 3: ['group', 'text'], 4: ['version', 'text'] },
                ...{ 5: ['resource', 'text'], 6: ['subresource', 'text'], 7: ['name', 'text'] },
              },
            },
          ],
          2: ['nonResourceAttributes', { one: { 1: ['path', 'text'], 2: ['verb', 'text'] } }],
        },
      },
    ],
  },
  SelfSubjectReview: {},
  SelfSubjectRulesReview: { 2: ['spec', { one: { 1: ['namespace', 'text'] } }] },
  TokenRequest: {
    1: metadata,
    2: ['spec', { one: { 1: ['audiences', 'texts'], 4: ['expirationSeconds', 'number'] } }],
  },
  Namespace: { 1: metadata },
  Secret: { 1: metadata, 2: ['data', { map: 'bytes' }], 3: ['type', 'text'], 4: ['stringData', { map: 'text' }] },
  ConfigMap: {
    1: metadata,
    2: ['data', { map: 'text' }],
    3: ['binaryData', { map: 'bytes' }],
    4: ['immutable', 'truth'],
  },
  ServiceAccount: {
    1: metadata,
    2: ['secrets', { many: { 3: ['name', 'text'] } }],
    3: ['imagePullSecrets', { many: NAMED }],
  },
  RoleBinding: {
    1: metadata,
    2: [
      'subjects',
      { many: { 1: ['kind', 'text'], 2: ['apiGroup', 'text'], 3: ['name', 'text'], 4: ['namespace', 'text'] } },
    ],
    3: ['roleRef', { one: { 1: ['apiGroup', 'text'], 2: ['kind', 'text'], 3: ['name', 'text'] } }],
  },
  DeleteOptions: { 4: ['propagationPolicy', 'text'] },
};

/** The object; null where the bytes are no such message, or of a kind that is not read. */
export function fromProtobuf(bytes: Uint8Array): Fields | null {
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) return null;
  const outer = partsOf(bytes.subarray(MAGIC.length));
  const named = outer?.find(([number]) => number === 1)?.[1];
  const raw = outer?.find(([number]) => number === 2)?.[1];
  if (!(named instanceof Uint8Array)) return null;
  const type = read(named, { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] });
  const shape = Object.hasOwn(SHAPES, String(type?.['kind'])) ? SHAPES[String(type?.['kind'])] : undefined;
  const body = shape && (raw instanceof Uint8Array ? read(raw, shape) : {});
  return body ? { ...type, ...body } : null;
}

type Part = readonly [number: number, value: number | Uint8Array];

/** The fields of a message; null where its bytes end too early. */
function partsOf(bytes: Uint8Array): Part[] | null {
  const parts: Part[] = [];
  let at = 0;
  function varint(): number {
    let value = 0;
    for (let shift = 1; at < bytes.length; shift *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
    return Number.NaN;
  }
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag % 8;
    const size = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    if (wire === 0) parts.push([Math.floor(tag / 8), varint()]);
    else if (size >= 0 && at + size <= bytes.length && [1, 2, 5].includes(wire)) {
      parts.push([Math.floor(tag / 8), bytes.subarray(at, at + size)]);
      at += size;
    } else return null;
  }
  return parts;
}

/** Empty texts, numbers and messages are left out, as JSON leaves them out. */
function read(bytes: Uint8Array, shape: Shape): Fields | null {
  const parts = partsOf(bytes);
  if (!parts) return null;
  const object: Fields = {};
  for (const [number, value] of parts) {
    const [name, form] = shape[number] ?? [];
    if (name === undefined || form === undefined) continue;
    const taken = take(value, form, object[name]);
    if (taken !== undefined && taken !== '') object[name] = taken;
  }
  return object;
}

function take(value: number | Uint8Array, form: Form, before: unknown): unknown {
  if (typeof value === 'number') return form === 'truth' ? value === 1 : form === 'number' ? value : undefined;
  if (form === 'text') return new TextDecoder().decode(value);
  if (form === 'bytes') return btoa(String.fromCharCode(...value));
  const list = Array.isArray(before) ? before : [];
  if (form === 'texts') return [...list, new TextDecoder().decode(value)];
  if (typeof form === 'string') return undefined;
  if ('many' in form) return [...list, read(value, form.many)];
  if ('one' in form) return read(value, form.one) ?? undefined;
  const entry = read(value, { 1: ['key', 'text'], 2: ['value', form.map] });
  return { ...(typeof before === 'object' ? before : {}), [String(entry?.['key'] ?? '')]: entry?.['value'] ?? '' };
}

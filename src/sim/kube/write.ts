import { secondAt } from '#sim/clock.ts';
import { reply } from '#sim/reply.ts';
import { bodyOf, objectOf } from './body.ts';
import type { Control } from './control.ts';
import type { Kind, KubeObject } from './kind.ts';
import { apiVersionOf, taken } from './object.ts';
import { applied, formOf, patched } from './patch.ts';
import { badRequest, conflict, deleted, exists, invalid, notFound, Refusal } from './status.ts';
import { keyOf, type Store } from './store.ts';
import { type Fields, fieldOf, fieldsOf, isFields, isSame, listOf, textOf } from './value.ts';

/** Writes: create, replace, patch, apply, delete. Finalizers and owners are not waited for: what is deleted is gone. */

export interface Write {
  request: Request;
  kind: Kind;
  namespace: string | null;
  /** Null when one is created. */
  name: string | null;
  sub: string;
  query: URLSearchParams;
  nowMs: number;
}

type Answer = (write: Write) => Promise<Response>;

export interface Writer {
  create: Answer;
  replace: Answer;
  patch: Answer;
  remove: Answer;
  removeAll: (write: Write, objects: readonly KubeObject[]) => Promise<void>;
}

/** Writes into a store, and tells the controllers. */
export function writerTo(store: Store, { wrote }: Control): Writer {
  /** What each manager had applied, by kind and object. */
  const configs = new Map<string, Fields>();

  async function keep(write: Write, before: KubeObject | null, value: Fields, isApply = false): Promise<Response> {
    const { kind, namespace, query, nowMs, sub } = write;
    const incoming = { kind, namespace, before, nowMs, isStatus: sub === 'status', count: store.count() };
    let headers = {};
    const object = taken(value, incoming, (unknown) => {
      headers = told(write, unknown, isApply, textOf(fieldOf(value['metadata'], 'name')));
    });
    const code = before === null ? 201 : 200;
    if (before === null && (await store.get(kind, namespace, object.metadata.name, nowMs)))
      throw exists(kind, object.metadata.name);
    if (isDry(query) || (before && isSame(before, object))) return reply(object, code, headers);
    const stored = await store.put(kind, object, nowMs);
    await wrote(before, stored, nowMs);
    return reply(stored, code, headers);
  }

  async function found({ kind, namespace, name, nowMs }: Write): Promise<KubeObject> {
    const object = await store.get(kind, namespace, name ?? '', nowMs);
    if (!object) throw notFound(kind, name ?? '');
    return object;
  }

  async function replace(write: Write): Promise<Response> {
    const value = await objectOf(write.request);
    const before = await found(write);
    const version = textOf(fieldOf(value['metadata'], 'resourceVersion'));
    if (version === '' && write.kind.isCustom) {
      const message = 'Invalid value: 0: must be specified for an update';
      throw invalid(write.kind, before.metadata.name, [
        { reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' },
      ]);
    }
    checkVersion(write.kind, before, value);
    return keep(write, before, value);
  }

  async function patch(write: Write): Promise<Response> {
    const { request, kind } = write;
    const form = formOf(kind, request.headers.get('content-type') ?? '');
    const value = await bodyOf(request);
    if (form === 'apply') return apply(write, value);
    const before = await found(write);
    if (isFields(value)) checkVersion(kind, before, value);
    const made = patched(form, before, value);
    return keep(write, before, made);
  }

  async function apply(write: Write, value: unknown): Promise<Response> {
    const { kind, namespace, name, query, nowMs } = write;
    const manager = query.get('fieldManager');
    if (!manager)
      throw badRequest(
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      );
    if (!isFields(value)) throw badRequest('the body is no object');
    const before = await store.get(kind, namespace, name ?? '', nowMs);
    const key = `${manager} ${kind.plural} ${namespace} ${name}`;
    const config = { ...value, metadata: { ...fieldsOf(value['metadata']), name } };
    const made = applied(before ?? {}, configs.get(key), config);
    const answer = await keep(write, before, fieldsOf(made), true);
    if (!isDry(query)) configs.set(key, config);
    return answer;
  }

  async function removeAll({ kind, nowMs, query }: Write, objects: readonly KubeObject[]): Promise<void> {
    if (isDry(query)) return;
    for (const object of objects) {
      store.remove(kind, object, nowMs);
      for (const key of configs.keys())
        if (key.endsWith(` ${kind.plural} ${keyOf(object).replace('/', ' ')}`)) configs.delete(key);
      await wrote({ ...object, metadata: { ...object.metadata, deletionTimestamp: secondAt(nowMs) } }, null, nowMs);
    }
  }

  return {
    create: async (write) => keep(write, null, await objectOf(write.request)),
    replace,
    patch,
    removeAll,
    remove: async (write) => {
      const options = await objectOf(write.request);
      const object = await found(write);
      const uid = fieldOf(options['preconditions'], 'uid');
      if (uid !== undefined && uid !== object.metadata.uid) throw conflict(write.kind, object.metadata.name);
      const query = listOf(options['dryRun']).includes('All') ? new URLSearchParams('dryRun=All') : write.query;
      await removeAll({ ...write, query }, [object]);
      return deleted(write.kind, object.metadata.name, object.metadata.uid);
    },
  };
}

function isDry(query: URLSearchParams): boolean {
  const dry = query.get('dryRun');
  if (dry !== null && dry !== 'All') throw badRequest(`dryRun: Unsupported value: "${dry}": supported values: "All"`);
  return dry === 'All';
}

function checkVersion(kind: Kind, { metadata }: KubeObject, value: Fields): void {
  const version = textOf(fieldOf(value['metadata'], 'resourceVersion'));
  if (version !== '' && version !== metadata.resourceVersion) throw conflict(kind, metadata.name);
}

/** Headers that warn of unknown fields; throws where the client wants them refused. */
function told(
  { query, kind, request, namespace }: Write,
  unknown: readonly string[],
  isApply: boolean,
  name: string,
): Record<string, string> {
  if (isApply) {
    const what = `${namespace ?? ''}/${name}; ${apiVersionOf(kind)}, Kind=${kind.kind}`;
    const list = unknown.map((path) => `.${path}: field not declared in schema`).join(', ');
    throw new Refusal(500, 'InternalError', `failed to create typed patch object (${what}): ${list}`, {});
  }
  const wish = query.get('fieldValidation') ?? 'Warn';
  const faults = unknown.map((path) => `unknown field "${path}"`);
  if (wish === 'Ignore') return {};
  if (wish === 'Warn') return { warning: faults.map((fault) => `299 - ${JSON.stringify(fault)}`).join(', ') };
  const words = `strict decoding error: ${faults.join(', ')}`;
  if (request.method !== 'PATCH')
    throw badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${words}`);
  throw invalid(kind, name, [{ reason: 'FieldValueInvalid', message: `Invalid value: ${words}`, field: 'patch' }]);
}

import { type Fields, fieldsOf, textOf } from '#sim/kube/value.ts';
import { customColumns } from './columns.ts';
import type { Found } from './find.ts';
import { goJson } from './go.ts';
import { jsonpath, jsonpathValues } from './jsonpath.ts';
import { apiVersionOf, kindName } from './resources.ts';
import { outputOf, type Session } from './session.ts';
import { yaml } from './yaml-print.ts';

/** Objects in the form that --output asks for. */

export const OBJECT_FORMS = ['yaml', 'json', 'name', 'jsonpath', 'jsonpath-as-json', 'custom-columns'];

/** Prints objects; `isList` where they are one, even of a single object. */
export function printObjects(
  session: Session,
  found: readonly Found[],
  isList: boolean,
  metadata: Fields = { resourceVersion: '' },
): void {
  const { io, args } = session;
  const { form, template } = outputOf(session, [...OBJECT_FORMS, 'wide']);
  if (form === 'name') {
    for (const { resource, name } of found) io.out(`${kindName(resource)}/${name}\n`);
    return;
  }
  const objects = found.map((one) => shown(one, args.has('show-managed-fields')));
  if (form === 'custom-columns') {
    io.out(customColumns(template, objects, !args.has('no-headers')));
    return;
  }
  const [only] = objects;
  const value = isList ? { apiVersion: 'v1', items: objects, kind: 'List', metadata } : only;
  if (form === 'json') io.out(`${goJson(value, '    ')}\n`);
  if (form === 'yaml') io.out(yaml(value));
  if (form === 'jsonpath') io.out(jsonpath(template, value));
  if (form === 'jsonpath-as-json')
    for (const found of jsonpathValues(template, value)) io.out(`${goJson(found, '    ')}\n`);
}

/** Of a list an object carries neither kind nor version; of everything the managed fields are left out. */
function shown({ object, resource }: Found, isManaged: boolean): Fields {
  const { managedFields, ...metadata } = fieldsOf(object['metadata']);
  return {
    ...object,
    apiVersion: textOf(object['apiVersion']) || apiVersionOf(resource),
    kind: textOf(object['kind']) || resource.kind,
    metadata: isManaged && managedFields !== undefined ? { ...metadata, managedFields } : metadata,
  };
}

/** `component.appstudio.redhat.com/x created`, or the object where --output asks for it. */
export function printDone(session: Session, found: Found, done: string): void {
  if (session.args.one('output')) {
    printObjects(session, [found], false);
    return;
  }
  session.io.out(`${kindName(found.resource)}/${found.name} ${done}${dryOf(session).suffix}\n`);
}

/** What --dry-run says. */
export function dryOf({ args }: Session): { isDry: boolean; isClient: boolean; suffix: string } {
  const dry = args.one('dry-run') ?? 'none';
  if (dry === 'server') return { isDry: true, isClient: false, suffix: ' (server dry run)' };
  const isClient = dry === 'client' || dry === 'true' || dry === 'unchanged';
  return { isDry: isClient, isClient, suffix: isClient ? ' (dry run)' : '' };
}

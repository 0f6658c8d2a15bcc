import { isLabelled } from '#sim/cluster/list.ts';
import { at } from './json-path.ts';
import type { Kind, KubeObject } from './kind.ts';
import { badRequest } from './status.ts';

/** Which objects of a list a query asks for, by labels and by fields. */

/** Commas but those within (…). */
const BETWEEN = /,(?![^(]*\))/;
/** `a`, `!a`, `a=b`, `a!=b`, `a in (b,c)`; junk would otherwise find all, or nothing. */
const REQUIREMENT =
  /^\s*(!?\s*[A-Za-z0-9][\w./-]*|[A-Za-z0-9][\w./-]*\s*(==?|!=)\s*[\w.-]*|[A-Za-z0-9][\w./-]*\s+(not)?in\s*\([\w.,\s-]*\))\s*$/;

/** Custom kinds let themselves be found by these fields only. */
const META = new Set(['metadata.name', 'metadata.namespace']);

/** Whether the query asks for an object; throws where it asks by a field that the kind does not offer. */
export function chosen({ isCustom }: Kind, query: URLSearchParams): (object: KubeObject) => boolean {
  const labels = query.get('labelSelector') ?? '';
  const parts = (query.get('fieldSelector') ?? '').split(',').filter(Boolean).map(partOf);
  const wrong = labels.split(BETWEEN).find((part) => labels !== '' && !REQUIREMENT.test(part));
  if (wrong !== undefined) throw badRequest(`unable to parse requirement: "${wrong}" is no part of a label selector`);
  for (const { field } of parts)
    if (isCustom && !META.has(field)) throw badRequest(`field label not supported: ${field}`);
  return (object) =>
    isLabelled(object.metadata.labels ?? {}, labels) &&
    parts.every(({ field, isEqual, value }) => (String(at(object, `.${field}`) ?? '') === value) === isEqual);
}

function partOf(part: string) {
  const [, field = '', operator, value = ''] = /^([^=!]+)(==?|!=)(.*)$/.exec(part) ?? [];
  if (operator === undefined) throw badRequest(`invalid field selector: "${part}"; can't understand it`);
  return { field, isEqual: operator !== '!=', value };
}

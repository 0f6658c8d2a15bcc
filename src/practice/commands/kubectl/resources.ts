import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { Failure } from './failure.ts';
import type { Call } from './session.ts';

/** Which kinds the API serves, and which of them a word means. */

export interface Resource {
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames: readonly string[];
  isNamespaced: boolean;
  verbs: readonly string[];
}

const ACCEPT = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Every resource; the preferred version of a group comes first. */
export async function discovered(
  json: (method: string, path: string, options?: Call) => Promise<Fields>,
): Promise<readonly Resource[]> {
  const lists = await Promise.all(['/api', '/apis'].map((path) => json('GET', path, { accept: ACCEPT })));
  return lists
    .flatMap((list) => listOf(list['items']))
    .flatMap((item) => {
      const group = textOf(fieldOf(fieldOf(item, 'metadata'), 'name'));
      return listOf(fieldOf(item, 'versions')).flatMap((one) => {
        const version = textOf(fieldOf(one, 'version'));
        return listOf(fieldOf(one, 'resources')).map((row) => resourceOf(fieldsOf(row), group, version));
      });
    });
}

const resourceOf = (row: Fields, group: string, version: string): Resource => ({
  ...{ group, version },
  kind: textOf(fieldOf(row['responseKind'], 'kind')),
  plural: textOf(row['resource']),
  singular: textOf(row['singularResource']),
  shortNames: listOf(row['shortNames']).map(textOf),
  isNamespaced: row['scope'] === 'Namespaced',
  verbs: listOf(row['verbs']).map(textOf),
});

export const isCalled = ({ plural, singular, shortNames }: Resource, name: string): boolean =>
  plural === name || singular === name || shortNames.includes(name);

/** The resource that a word means: plural, singular or short name, with a group or with version and group. */
export function resourceNamed(all: readonly Resource[], word: string): Resource {
  const lower = word.toLowerCase();
  const [name = '', ...rest] = lower.split('.');
  const isOf = (one: Resource) => rest.length === 0 || one.group === rest.join('.');
  const found =
    all.find(
      (one) =>
        isCalled(one, name) && rest.length > 1 && one.version === rest[0] && one.group === rest.slice(1).join('.'),
    ) ??
    all.find((one) => isCalled(one, name) && isOf(one)) ??
    all.find((one) => isCalled(one, name) && rest.length > 0 && one.group.startsWith(rest.join('.'))) ??
    all.find((one) => one.kind.toLowerCase() === name && isOf(one));
  if (!found) throw new Failure(`the server doesn't have a resource type "${word.split('.')[0] ?? ''}"`);
  return found;
}

/** `appstudio.redhat.com/v1alpha1`, `v1`. */
export const apiVersionOf = ({ group, version }: Resource): string => (group === '' ? version : `${group}/${version}`);

/** `component.appstudio.redhat.com`, as kubectl names what it has changed. */
export const kindName = ({ group, kind }: Pick<Resource, 'group' | 'kind'>): string =>
  `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}`;

/** Where a resource, or one object of it, is served; no namespace means all of them. */
export function pathOf(resource: Resource, namespace: string, name = ''): string {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const place = resource.isNamespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${place}/${resource.plural}${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
}

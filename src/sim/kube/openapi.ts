import { reply } from '#sim/reply.ts';
import { VERSION } from './discovery.ts';
import type { Kind } from './kind.ts';

/** Schemas of the kinds as clients ask for them: before they send an object, and to explain one. */

/** `swagger: "2.0"` and nothing else, which is all that kubectl 1.20 needs of the older form. */
const EMPTY_V2 = new Uint8Array([0x0a, 0x03, 0x32, 0x2e, 0x30]);
const TYPE_V2 = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
/** Only clients from before the newer form ask in this spelling. */
const ASKS_V2 = 'com.github.proto-openapi.spec.v2@v1.0+protobuf';

/** The answer to a path of OpenAPI; null for every other path, and for groups that are not there. */
export function openapi(kinds: readonly Kind[], path: string, accept: string): Response | null {
  if (path === '/openapi/v2')
    return accept.includes(ASKS_V2) ? new Response(EMPTY_V2, { headers: { 'content-type': TYPE_V2 } }) : null;
  const groups = Map.groupBy(kinds, rootOf);
  if (path === '/openapi/v3') {
    const paths = [...groups.keys()].map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }]);
    return reply({ paths: Object.fromEntries(paths) });
  }
  const own = groups.get(path.replace(/^\/openapi\/v3\//, ''));
  return own ? reply(document(own)) : null;
}

const rootOf = ({ group, version }: Kind): string => (group === '' ? `api/${version}` : `apis/${group}/${version}`);

function document(kinds: readonly Kind[]) {
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: VERSION.gitVersion },
    paths: Object.fromEntries(kinds.flatMap(pathsOf)),
    components: { schemas: Object.fromEntries(kinds.map((kind) => [schemaName(kind), schemaOf(kind)])) },
  };
}

function pathsOf(own: Kind): [string, object][] {
  const { group, version, kind, plural, isNamespaced } = own;
  const root = `/${rootOf(own)}/${isNamespaced ? 'namespaces/{namespace}/' : ''}${plural}`;
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
    ...{ name, in: 'query', schema: { type: 'string' } },
  }));
  const operation = (action: string) => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
    parameters: action === 'get' ? [] : parameters,
    responses: { 200: { description: 'OK' } },
  });
  return [
    [root, { get: operation('get'), post: operation('post') }],
    [`${root}/{name}`, { get: operation('get'), put: operation('put'), patch: operation('patch') }],
  ];
}

/** `com.redhat.appstudio.v1alpha1.Component`. */
const schemaName = ({ group, version, kind }: Kind): string =>
  [...(group === '' ? ['core', 'k8s'] : group.split('.')).toReversed(), version, kind].join('.');

const schemaOf = ({ schema, group, version, kind }: Kind): object => ({
  ...{ type: 'object', ...schema, 'x-kubernetes-group-version-kind': [{ group, version, kind }] },
});

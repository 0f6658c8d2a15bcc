import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { resourceOf } from '#sim/kube/kind.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';
import { allows, ROLES } from '#sim/kube/roles.ts';

const BASE = new URL(
  '../../../../../shared/data/konflux/config/infra-deployments/components/konflux-rbac/production/base/',
  import.meta.url,
);
const lacking = existsSync(BASE) ? null : 'the roles are not beside this checkout';
const Rules = z.array(
  z.object({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) }),
);
const SUBRESOURCES = ['pods/log', 'serviceaccounts/token'];
const KNOWN = new Set([...KINDS.map(resourceOf), ...SUBRESOURCES]);
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** `verb resource` of all that the real role gives of our kinds. */
function real(role: string): string[] {
  const text = readFileSync(new URL(`konflux-${role}.yaml`, BASE), 'utf8');
  const rules = Rules.parse(parse(text).rules);
  const given = rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`)),
    ),
  );
  return [...new Set(given)].filter((one) => KNOWN.has(one.replace(/^\S+ /, ''))).toSorted();
}

test.for(Object.keys(ROLES))('%s may do what the real role may', (role, { skip }) => {
  if (lacking) skip(lacking);
  const ours = [...KNOWN].flatMap((resource) =>
    VERBS.filter((verb) => allows(role, verb, resource, 'bootc-tenant')).map((verb) => `${verb} ${resource}`),
  );
  expect(ours.toSorted()).toEqual(real(role));
});

test('roles that are not pretended are those without a part in the runbooks', ({ skip }) => {
  if (lacking) skip(lacking);
  const names = readdirSync(BASE).map((name) => name.replace(/^konflux-|\.yaml$/g, ''));
  expect(names.filter((name) => ROLES[name] === undefined)).toEqual([
    'externalpuller-bot-actions',
    'secrets-bot-actions',
  ]);
});

test.for([
  ['maintainer', 'patch', 'components.appstudio.redhat.com', 'bootc-tenant', true],
  ['maintainer', 'create', 'pipelineruns.tekton.dev', 'bootc-tenant', false],
  ['viewer', 'list', 'events', 'bootc-tenant', false],
  ['viewer', 'list', 'namespaces', null, false],
  ['viewer', 'get', 'namespaces', 'bootc-tenant', true],
  ['admin', 'get', 'secrets', 'sample-managed', false],
  ['managed', 'patch', 'releaseplanadmissions.appstudio.redhat.com', 'sample-managed', true],
  ['managed', 'get', 'pods', 'bootc-tenant', false],
  ['constructor', 'get', 'pods', 'bootc-tenant', false],
  ['', 'get', 'pods', 'bootc-tenant', false],
] as const)('%s, %s %s in %s: %s', ([role, verb, resource, namespace, isAllowed]) => {
  expect(allows(role, verb, resource, namespace)).toBe(isAllowed);
});

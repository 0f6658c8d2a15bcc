import type { Allows } from './kind.ts';

/** What the roles of a tenant may do: the ClusterRoles of Konflux, as far as the pretend cluster has their kinds. */

interface Rule {
  verbs: readonly string[];
  resources: readonly string[];
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch'];
const CHANGE = [...READ, ...WRITE];
const ALL = [...CHANGE, 'delete'];
const studio = (...plurals: readonly string[]) => plurals.map((plural) => `${plural}.appstudio.redhat.com`);
const rule = (verbs: readonly string[], ...resources: readonly string[]): Rule => ({ verbs, resources });

const MODEL = [
  ...studio('applications', 'components', 'imagerepositories'),
  ...['components.konflux-ci.dev', 'imagerepositories.konflux-ci.dev'],
];
const SNAPSHOTS = studio('snapshots');
const RELEASING = studio('releases', 'releaseplans', 'releaseplanadmissions');
const SCENARIOS = studio('integrationtestscenarios');
const POLICIES = studio('enterprisecontractpolicies');
const STREAMS = ['projects', 'projectdevelopmentstreams', 'projectdevelopmentstreamtemplates'].map(
  (plural) => `${plural}.projctl.konflux.dev`,
);
const RUNS = ['pipelineruns.tekton.dev', 'taskruns.tekton.dev'];
const WATCHED = 'repositories.pipelinesascode.tekton.dev';
const BINDINGS = 'rolebindings.rbac.authorization.k8s.io';

const VIEWER = [
  rule(READ, ...MODEL, ...SNAPSHOTS, ...SCENARIOS, ...POLICIES, ...RELEASING, ...STREAMS, ...RUNS),
  rule(READ, 'configmaps', 'pods', 'pods/log'),
  rule(['get'], 'namespaces'),
];
const CONTRIBUTOR = [...VIEWER, rule(['list'], BINDINGS)];
const MAINTAINER = [
  ...CONTRIBUTOR,
  rule(CHANGE, ...MODEL, ...SNAPSHOTS, ...STREAMS),
  rule(ALL, ...SCENARIOS, ...RELEASING),
];
const ADMIN = [
  ...VIEWER,
  rule([...ALL, 'deletecollection'], ...MODEL),
  rule(ALL, ...SNAPSHOTS, ...POLICIES, ...SCENARIOS, ...RELEASING, ...STREAMS),
  rule(ALL, 'pipelineruns.tekton.dev', 'secrets', 'configmaps'),
  rule(['get', 'list', ...WRITE, 'delete'], BINDINGS, 'serviceaccounts'),
  // In truth only for konflux-bot-0, -1 and -2.
  rule(['create'], 'serviceaccounts/token'),
  rule(READ, WATCHED),
];

/** By the part of the ClusterRole's name after `konflux-`. */
export const ROLES: Readonly<Record<string, readonly Rule[]>> = {
  'viewer-user-actions': VIEWER,
  'contributor-user-actions': CONTRIBUTOR,
  'maintainer-user-actions': MAINTAINER,
  'admin-user-actions': ADMIN,
  'viewer-bot-actions': [
    rule(READ, ...RUNS, 'pods', ...studio('applications', 'snapshots', 'releases', 'components'), WATCHED),
    rule(['get'], 'pods/log'),
  ],
  'releaser-bot-actions': [rule([...READ, 'create'], ...studio('releases', 'snapshots'))],
  'model-bot-actions': [rule(CHANGE, ...studio('applications', 'components', 'releaseplans'))],
  'integrationtest-bot-actions': [rule(ALL, ...SCENARIOS)],
  'builder-bot-actions': [rule(ALL, 'pipelineruns.tekton.dev')],
};

/** The side that receives releases; only this one has no counterpart in Konflux. */
const MANAGED = 'managed';
export const MANAGED_NAMESPACE = 'sample-managed';

/** Roles of people by their short name, as `maintainer`. */
const ruleSet = (role: string): readonly Rule[] => {
  const name = Object.hasOwn(ROLES, role) ? role : `${role}-user-actions`;
  return Object.hasOwn(ROLES, name) ? (ROLES[name] ?? []) : [];
};

/** Tokens of the pretend cluster and the role that each has, unless the world says otherwise. */
export const TOKENS: Readonly<Record<string, string>> = {
  'sample-viewer': 'viewer',
  'sample-contributor': 'contributor',
  'sample-maintainer': 'maintainer',
  'sample-admin': 'admin',
  'sample-managed': MANAGED,
};

/** Roles are bound in every tenant, none of them where releases are received, and none in the cluster as a whole. */
export const allows: Allows = (role, verb, resource, namespace) => {
  if (namespace === null) return false;
  if (role === MANAGED) return namespace === MANAGED_NAMESPACE;
  if (namespace === MANAGED_NAMESPACE || !TENANTS.has(namespace)) return false;
  return ruleSet(role).some(({ verbs, resources }) => verbs.includes(verb) && resources.includes(resource));
};

/** Namespaces in which the roles of a tenant are bound. */
const TENANTS: ReadonlySet<string> = new Set(['bootc-tenant', 'coreos-tenant']);

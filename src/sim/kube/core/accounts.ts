import type { KubeObject } from '#sim/kube/kind.ts';
import { TOKENS } from '#sim/kube/roles.ts';
import { buildAccount, DOCKER_SECRET, ORGANISATION, pullSecret, pushSecret, TEST_ACCOUNT } from './names.ts';
import { login, nameOf, type Tenant, thing } from './tenant.ts';

/** Accounts of a tenant, what they log in with, and who may do what. */

const BOT = 'konflux-bot-0';
const RBAC = 'rbac.authorization.k8s.io';

export function serviceAccounts(tenant: Tenant): KubeObject[] {
  const account = (name: string, secrets: readonly string[]) =>
    thing(tenant, 'v1', 'ServiceAccount', name, {
      secrets: [DOCKER_SECRET, ...secrets].map((secret) => ({ name: secret })),
      imagePullSecrets: [{ name: DOCKER_SECRET }],
    });
  return [
    ...tenant.components.map((one) => account(buildAccount(nameOf(one)), [pushSecret(nameOf(one))])),
    account(TEST_ACCOUNT, tenant.components.map(nameOf).map(pullSecret)),
    thing(tenant, 'v1', 'ServiceAccount', BOT),
  ];
}

export function secrets(tenant: Tenant): KubeObject[] {
  const secret = (name: string, place: string) =>
    thing(tenant, 'v1', 'Secret', name, { type: 'kubernetes.io/dockerconfigjson', data: login(place) });
  const home = `${ORGANISATION}/${tenant.namespace}`;
  return [
    secret(DOCKER_SECRET, home),
    ...tenant.components.flatMap((one) => [
      secret(pushSecret(nameOf(one)), `${home}/${nameOf(one)}`),
      secret(pullSecret(nameOf(one)), `${home}/${nameOf(one)}`),
    ]),
  ];
}

/** One for the holder of each token, and one for the account of machines. */
export function roleBindings(tenant: Tenant): KubeObject[] {
  const binding = (name: string, role: string, subject: Record<string, string>) =>
    thing(tenant, `${RBAC}/v1`, 'RoleBinding', name, {
      subjects: [subject],
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: `konflux-${role}` },
    });
  const people = Object.entries(TOKENS).filter(([, role]) => role !== 'managed');
  return [
    ...people.map(([name, role]) =>
      binding(`${name}s`, `${role}-user-actions`, { apiGroup: RBAC, kind: 'User', name }),
    ),
    binding(BOT, 'viewer-bot-actions', { kind: 'ServiceAccount', name: BOT, namespace: tenant.namespace }),
  ];
}

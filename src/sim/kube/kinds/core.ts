import type { Column } from '#sim/kube/kind.ts';
import { AGE, builtIn, column, flag, list, map, object, open, says, text, texts, words } from './fields.ts';

/** Kinds of Kubernetes itself that readers meet. */

/** Of an object or a list its size is shown. */
const count = (name: string, jsonPath: string): Column => ({ name, type: 'integer', jsonPath });
const reference = object({ apiVersion: text, fieldPath: text, kind: text, name: text, namespace: text, uid: text });

export const NAMESPACE = builtIn(
  '',
  {
    kind: 'Namespace',
    plural: 'namespaces',
    shortNames: ['ns'],
    columns: [column('Status', '.status.phase'), AGE],
    fields: { spec: object({ finalizers: texts }), status: object({ phase: text, conditions: list(open) }) },
    hasStatus: true,
  },
  false,
);

export const POD = builtIn('', {
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  columns: [
    column('Ready', '.status.containerStatuses'),
    column('Status', '.status.phase'),
    { name: 'Restarts', type: 'integer', jsonPath: '.status.containerStatuses[0].restartCount' },
    AGE,
  ],
  fields: { spec: open, status: open },
  hasStatus: true,
});

export const SECRET = builtIn('', {
  kind: 'Secret',
  plural: 'secrets',
  columns: [column('Type', '.type'), count('Data', '.data'), AGE],
  fields: {
    data: says('In base64', map({ type: 'string', format: 'byte' })),
    ...{ immutable: flag, stringData: words, type: text },
  },
});

export const CONFIG_MAP = builtIn('', {
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  columns: [count('Data', '.data'), AGE],
  fields: { binaryData: words, data: words, immutable: flag },
});

export const SERVICE_ACCOUNT = builtIn('', {
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
  columns: [count('Secrets', '.secrets'), AGE],
  fields: {
    automountServiceAccountToken: flag,
    imagePullSecrets: says('Secrets to pull images with', list(object({ name: text }))),
    secrets: says('Secrets that its pods may use', list(reference)),
  },
});

export const EVENT = builtIn('', {
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  columns: [column('Type', '.type'), column('Reason', '.reason'), column('Message', '.message')],
  fields: { involvedObject: reference, message: text, reason: text, type: text },
});

export const ROLE_BINDING = builtIn('rbac.authorization.k8s.io', {
  kind: 'RoleBinding',
  plural: 'rolebindings',
  columns: [column('Role', '.roleRef.name'), AGE],
  fields: {
    'roleRef*': object({ 'apiGroup*': text, 'kind*': text, 'name*': text }),
    subjects: list(object({ apiGroup: text, 'kind*': text, 'name*': text, namespace: text })),
  },
});

/** What a kind of object is, and the shape that all objects share. */

export interface Metadata {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  generateName?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  [field: string]: unknown;
}

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  [field: string]: unknown;
}

/** A column of `kubectl get`; `priority` 1 is shown with `-o wide` only. */
export interface Column {
  name: string;
  type: 'string' | 'date' | 'integer' | 'boolean';
  priority?: 0 | 1;
  /** As in `.spec.application`, or `.status.conditions[?(@.type=="Released")].reason`. */
  jsonPath: string;
}

/** A structural OpenAPI v3 schema, as a CustomResourceDefinition has it. */
export type Schema = { readonly [field: string]: unknown };

export interface Kind {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames: readonly string[];
  isNamespaced: boolean;
  columns: readonly Column[];
  /** Of the whole object, `metadata` left open. */
  schema: Schema;
  /** False for kinds of Kubernetes itself, which take strategic merge patches. */
  isCustom: boolean;
  hasStatus: boolean;
  verbs: readonly string[];
}

/** `components.appstudio.redhat.com`, `pods`. */
export const resourceOf = ({ plural, group }: Pick<Kind, 'plural' | 'group'>): string =>
  group === '' ? plural : `${plural}.${group}`;

/** The cluster as its controllers see it: no roles, no validation, and the moment at which they look. */
export interface Inside {
  nowMs: number;
  list: (resource: string, namespace: string) => Promise<KubeObject[]>;
  get: (resource: string, namespace: string, name: string) => Promise<KubeObject | null>;
  /** Creates or replaces; gives the stored object. */
  write: (object: KubeObject) => Promise<KubeObject>;
  remove: (object: KubeObject) => Promise<void>;
}

/** What a controller does when somebody has written an object, and as time goes by. */
export interface Controller {
  name: string;
  /** `before` is null for a new object, `after` for one that is gone. */
  onWrite?: (before: KubeObject | null, after: KubeObject | null, inside: Inside) => Promise<void>;
  /** The next moment at which it has something to do; infinity for none. */
  nextMs?: () => number;
  /** Called at each such moment, and before each answer: brings what the controller began to where it is at `nowMs`. */
  onTime?: (inside: Inside) => Promise<void>;
}

/** May this role do that? `resource` as resourceOf gives it, with `/log` and the like behind a slash. */
export type Allows = (role: string, verb: string, resource: string, namespace: string | null) => boolean;

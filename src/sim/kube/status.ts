import { reply } from '#sim/reply.ts';
import { type Kind, resourceOf } from './kind.ts';

/** Answers of Kubernetes that are no objects: each is a `Status`, in its words. */

export interface Cause {
  reason: string;
  message: string;
  field: string;
}

export interface Details {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: readonly Cause[];
}

type Named = Pick<Kind, 'plural' | 'group'>;

/** Thrown by whoever cannot go on; the server answers with it. */
export class Refusal extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Details | undefined;

  constructor(code: number, reason: string, message: string, details?: Details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  answer(): Response {
    const { code, reason, message, details } = this;
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      details,
      code,
    };
    return reply(status, code);
  }
}

export const unauthorized = (): Refusal => new Refusal(401, 'Unauthorized', 'Unauthorized');

export const badRequest = (message: string): Refusal => new Refusal(400, 'BadRequest', message);

/** Neither is it served, nor does the server say that it were. */
export const notServed = (): Refusal =>
  new Refusal(404, 'NotFound', 'the server could not find the requested resource', {});

export const notFound = (kind: Named, name: string): Refusal =>
  new Refusal(404, 'NotFound', `${resourceOf(kind)} "${name}" not found`, detailsOf(kind, name));

export const exists = (kind: Named, name: string): Refusal =>
  new Refusal(409, 'AlreadyExists', `${resourceOf(kind)} "${name}" already exists`, detailsOf(kind, name));

export const conflict = (kind: Named, name: string): Refusal =>
  new Refusal(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    detailsOf(kind, name),
  );

/** Of fields whose values cannot be. */
export function invalid({ group, kind }: Kind, name: string, causes: readonly Cause[]): Refusal {
  const lines = causes.map(({ field, message }) => `${field}: ${message}`);
  const what = group === '' ? kind : `${kind}.${group}`;
  const list = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new Refusal(422, 'Invalid', `${what} "${name}" is invalid: ${list}`, { name, group, kind, causes });
}

/** `verb resource` as RBAC names them; the resource may end in `/log` and the like. */
export function forbidden(
  user: string,
  verb: string,
  { group, plural }: Named,
  { namespace, name = '', sub = '' }: { namespace: string | null; name?: string; sub?: string },
): Refusal {
  const path = sub === '' ? plural : `${plural}/${sub}`;
  const place = namespace === null ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const what = `User "${user}" cannot ${verb} resource "${path}" in API group "${group}" ${place}`;
  const head = `${resourceOf({ plural, group })}${name === '' ? '' : ` "${name}"`}`;
  return new Refusal(403, 'Forbidden', `${head} is forbidden: ${what}`, detailsOf({ plural, group }, name));
}

/** What Kubernetes would answer and the simulator does not. */
export const notSimulated = (what: string): Refusal =>
  new Refusal(501, 'NotImplemented', `The simulator does not serve ${what}. See src/sim/kube.`);

/** What a deletion answers. */
export const deleted = (kind: Named, name: string, uid: string): Response =>
  reply({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { ...detailsOf(kind, name), uid },
  });

/** Kubernetes calls the plural of the resource `kind` here. */
const detailsOf = ({ plural, group }: Named, name: string): Details => ({
  ...(name === '' ? {} : { name }),
  ...(group === '' ? {} : { group }),
  kind: plural,
});

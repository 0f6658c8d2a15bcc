import { uidOf } from '#sim/pipeline/names.ts';
import { reply } from '#sim/reply.ts';
import { objectOf } from './body.ts';
import type { Caller } from './caller.ts';
import { type Kind, resourceOf } from './kind.ts';
import { fieldOf, fieldsOf, textOf } from './value.ts';

/** Who am I, and what may I do: the questions of `kubectl auth`. */

const review = (group: string, kind: string): Kind => ({
  ...{ group, version: 'v1', kind, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase(), shortNames: [] },
  ...{
    isNamespaced: false,
    columns: [],
    schema: { type: 'object' },
    isCustom: false,
    hasStatus: false,
    verbs: ['create'],
  },
});
const AUTHORIZATION = 'authorization.k8s.io';

/** Kinds that are asked and never kept. */
export const REVIEWS: readonly Kind[] = [
  review(AUTHORIZATION, 'SelfSubjectAccessReview'),
  review(AUTHORIZATION, 'SelfSubjectRulesReview'),
  review('authentication.k8s.io', 'SelfSubjectReview'),
];

/** Answers a review of this kind. */
export async function reviewed(
  kind: Kind,
  request: Request,
  caller: Caller,
  kinds: readonly Kind[],
): Promise<Response> {
  const spec = fieldsOf(fieldOf(await objectOf(request), 'spec'));
  const answer = { kind: kind.kind, apiVersion: `${kind.group}/${kind.version}`, metadata: {} };
  const { user: username, groups } = caller;
  if (kind.kind === 'SelfSubjectReview')
    return reply({ ...answer, status: { userInfo: { username, uid: uidOf(username), groups } } }, 201);
  if (kind.kind === 'SelfSubjectRulesReview')
    return reply({ ...answer, spec, status: rulesOf(caller, textOf(spec['namespace']), kinds) }, 201);
  return reply({ ...answer, spec, status: { allowed: isAllowed(spec, caller) } }, 201);
}

function isAllowed(spec: Record<string, unknown>, { may }: Caller): boolean {
  const asked = spec['resourceAttributes'];
  // Everybody who has signed in may look at /version, /api and the like.
  if (asked === undefined) return textOf(fieldOf(spec['nonResourceAttributes'], 'verb')) === 'get';
  const { namespace, verb, group, resource, subresource } = fieldsOf(asked);
  const named = resourceOf({ plural: textOf(resource), group: textOf(group) });
  const whole = textOf(subresource) === '' ? named : `${named}/${textOf(subresource)}`;
  return may(textOf(verb), whole, textOf(namespace) || null);
}

function rulesOf({ may }: Caller, namespace: string, kinds: readonly Kind[]) {
  const resourceRules = kinds.flatMap((kind) => {
    const verbs = kind.verbs.filter((verb) => may(verb, resourceOf(kind), kind.isNamespaced ? namespace : null));
    return verbs.length === 0 ? [] : [{ verbs, apiGroups: [kind.group], resources: [kind.plural] }];
  });
  return { resourceRules, nonResourceRules: [], incomplete: false };
}

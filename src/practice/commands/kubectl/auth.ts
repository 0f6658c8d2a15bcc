import { NotSimulated } from '#practice/command.ts';
import { fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { Failure } from './failure.ts';
import { resourceNamed } from './resources.ts';
import type { Session } from './session.ts';
import { aligned } from './table.ts';

/** `kubectl auth`. */

export const AUTH = { values: ['subresource'], switches: ['all-namespaces A', 'quiet q'] };

const VERBS = new Set(
  'use bind impersonate * create delete deletecollection get list patch update watch escalate approve sign attest'.split(
    ' ',
  ),
);

export async function auth(session: Session): Promise<number> {
  const [what, ...words] = session.args.words;
  if (what === 'whoami') return whoami(session);
  if (what === 'can-i') return canI(session, words);
  throw new NotSimulated(`kubectl auth${what === undefined ? ' without a command' : ` ${what}`}`);
}

async function whoami({ json, io }: Session): Promise<number> {
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  const body = {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {},
    status: { userInfo: {} },
  };
  const user = fieldsOf(fieldOf((await json('POST', path, { body }))['status'], 'userInfo'));
  const groups = listOf(user['groups']).map(textOf);
  io.out(
    aligned([
      ['ATTRIBUTE', 'VALUE'],
      ['Username', textOf(user['username'])],
      ...(textOf(user['uid']) === '' ? [] : [['UID', textOf(user['uid'])]]),
      ...(groups.length === 0 ? [] : [['Groups', `[${groups.join(' ')}]`]]),
    ]),
  );
  return 0;
}

async function canI(session: Session, [verb, word, ...more]: string[]): Promise<number> {
  const { args, io } = session;
  if (verb === undefined || word === undefined || more.length > 1)
    throw new Failure(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  const [named] = more;
  const [type = '', name = named] = word.split('/');
  const isAll = args.has('all-namespaces');
  const attributes = word.startsWith('/')
    ? null
    : { ...(await resourceAsked(session, type, isAll)), namespace: isAll ? '' : session.namespace, verb };
  if (attributes && !VERBS.has(verb)) io.err(`Warning: verb '${verb}' is not a known verb\n\n`);
  const spec = attributes
    ? { resourceAttributes: { ...attributes, name: name ?? '', subresource: args.one('subresource') ?? '' } }
    : { nonResourceAttributes: { verb, path: word } };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const body = {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status: { allowed: false },
  };
  const status = (await session.json('POST', path, { body }))['status'];
  const isAllowed = fieldOf(status, 'allowed') === true;
  const reason = textOf(fieldOf(status, 'reason'));
  if (!args.has('quiet')) io.out(isAllowed ? 'yes\n' : `no${reason === '' ? '' : ` - ${reason}`}\n`);
  return isAllowed ? 0 : 1;
}

async function resourceAsked(
  session: Session,
  type: string,
  isAll: boolean,
): Promise<{ group: string; resource: string; version: string }> {
  const { io } = session;
  if (type === '*') return { group: '', resource: '*', version: '' };
  try {
    const { group, plural, version, isNamespaced } = resourceNamed(await session.resources(), type);
    if (!isNamespaced && !isAll)
      io.err(`Warning: resource '${plural}' is not namespace scoped${group === '' ? '' : ` in group '${group}'`}\n\n`);
    return { group, resource: plural, version };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [plural = '', ...rest] = type.toLowerCase().split('.');
    io.err(
      `Warning: the server doesn't have a resource type '${plural}'${rest.length === 0 ? '' : ` in group '${rest.join('.')}'`}\n\n`,
    );
    return { group: '', resource: type, version: '' };
  }
}

import { NotSimulated } from '#practice/command.ts';
import { type Fields, fieldOf, textOf } from '#sim/kube/value.ts';
import { writeQuery } from './apply.ts';
import { Failure, within } from './failure.ts';
import { eachManifest, type Manifest } from './manifest.ts';
import { dryOf, printDone } from './print.ts';
import { pathOf } from './resources.ts';
import { outputOf, type Session, usage } from './session.ts';

/** `kubectl create`: from files, and the few kinds that it makes from flags. */

export const CREATE = {
  values: [
    'filename f',
    'output o',
    'field-manager',
    'validate',
    'duration',
    'clusterrole',
    'role',
    'user',
    'group',
    'serviceaccount',
  ],
  switches: ['dry-run', 'recursive R'],
};

export async function create(session: Session): Promise<number> {
  const { args } = session;
  outputOf(session, ['yaml', 'json', 'name', 'jsonpath']);
  const [what, ...names] = args.words;
  if (what === 'token') return token(session, names);
  if (what === 'serviceaccount' || what === 'sa' || what === 'rolebinding') return generated(session, what, names);
  if (what !== undefined) throw new NotSimulated(`kubectl create ${what}`);
  if (args.all('filename').length === 0) throw new Failure('must specify one of -f and -k\n');
  let isNext = false;
  await eachManifest(session, async (manifest) => {
    if (isNext && args.one('output') === 'yaml') session.io.out('---\n');
    await made(session, manifest, (error) => within(`error when creating "${manifest.source}"`, error));
    isNext = true;
  });
  return 0;
}

async function made(session: Session, manifest: Manifest, told: (error: unknown) => unknown): Promise<void> {
  const { resource, namespace, object } = manifest;
  const query = writeQuery(session, 'kubectl-create');
  const stored = dryOf(session).isClient
    ? object
    : await session.json('POST', pathOf(resource, namespace), { query, body: object }).catch((error: unknown) => {
        throw told(error);
      });
  const name = textOf(fieldOf(stored['metadata'], 'name')) || textOf(fieldOf(stored['metadata'], 'generateName'));
  printDone(session, { ...manifest, name, object: stored }, 'created');
}

async function token(session: Session, [account, ...more]: string[]): Promise<number> {
  if (account === undefined || more.length > 0)
    throw usage(
      { what: `${session.what} token` },
      `exactly one NAME is required, got ${more.length === 0 ? 0 : more.length + 1}`,
    );
  const [, number, unit] = /^(\d+)(s|m|h)$/.exec(session.args.one('duration') ?? '') ?? [];
  const seconds = Number(number ?? 0) * (unit === 'h' ? 3_600 : unit === 'm' ? 60 : 1);
  const made = await session
    .json('POST', `/api/v1/namespaces/${session.namespace}/serviceaccounts/${account}/token`, {
      body: {
        ...{ kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata: {} },
        spec: { audiences: null, expirationSeconds: seconds || null, boundObjectRef: null },
      },
    })
    .catch((error: unknown) => {
      throw error instanceof Error ? new Failure(`failed to create token: ${error.message}`) : error;
    });
  // Without a line end, as where the output is no terminal.
  session.io.out(textOf(fieldOf(made['status'], 'token')));
  return 0;
}

const RBAC = 'rbac.authorization.k8s.io';

async function generated(session: Session, what: string, [name, ...more]: string[]): Promise<number> {
  if (name === undefined || more.length > 0)
    throw usage(
      { what: `${session.what} ${what}` },
      `exactly one NAME is required, got ${more.length === 0 ? 0 : more.length + 1}`,
    );
  const isBinding = what === 'rolebinding';
  const kind = isBinding ? 'RoleBinding' : 'ServiceAccount';
  const resource = (await session.resources()).find(
    (one) => one.kind === kind && one.group === (isBinding ? RBAC : ''),
  );
  if (!resource) throw new Failure(`no matches for kind "${kind}"`);
  const { namespace, isExplicit } = session;
  const metadata = isExplicit ? { name, namespace } : { name };
  const object: Fields = isBinding
    ? { kind, apiVersion: `${RBAC}/v1`, metadata, ...bound(session) }
    : { kind, apiVersion: 'v1', metadata };
  const manifest: Manifest = { resource, name, namespace, object, source: '' };
  await made(session, manifest, (error) =>
    error instanceof Error ? new Failure(`failed to create ${kind.toLowerCase()}: ${error.message}`) : error,
  );
  return 0;
}

function bound({ args, namespace }: Session): Fields {
  const [cluster, role] = [args.one('clusterrole'), args.one('role')];
  if ((cluster === undefined) === (role === undefined))
    throw new Failure('exactly one of clusterrole or role must be specified');
  const named = (kind: string, list: string[]) => list.map((name) => ({ kind, apiGroup: RBAC, name }));
  const accounts = args.all('serviceaccount').map((account) => {
    const [place, name] = account.split(':');
    if (name === undefined) throw new Failure('serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name, namespace: place || namespace };
  });
  return {
    subjects: [...named('User', args.all('user')), ...named('Group', args.all('group')), ...accounts],
    roleRef: { apiGroup: RBAC, kind: cluster === undefined ? 'Role' : 'ClusterRole', name: cluster ?? role },
  };
}

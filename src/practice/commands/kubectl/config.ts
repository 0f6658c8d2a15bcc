import { NotSimulated } from '#practice/command.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { named } from './config-file.ts';
import { Failure } from './failure.ts';
import { jsonpath } from './jsonpath.ts';
import { outputOf, type Session } from './session.ts';
import { aligned } from './table.ts';
import { yaml } from './yaml-print.ts';

/** `kubectl config`: the kubeconfig read, and the few things that are changed in it. */

export const CONFIG = {
  values: ['output o', 'cluster', 'user'],
  switches: ['minify', 'raw', 'flatten', 'no-headers', 'current'],
};

const CONFIG_KEYS = ['apiVersion', 'clusters', 'contexts', 'current-context', 'kind', 'users'];

export async function config(session: Session): Promise<number> {
  const { args, io, config: own } = session;
  const [what = '', name, ...more] = args.words;
  const { file } = own;
  if (what === 'current-context') {
    if (own.context === '') throw new Failure('current-context is not set');
    io.out(`${own.context}\n`);
    return 0;
  }
  if (what === 'view') return view(session);
  if (what === 'get-contexts') return contexts(session, name);
  if (what === 'use-context') {
    if (name === undefined || more.length > 0)
      throw new Failure(
        `Unexpected args: [${[name, ...more].filter(Boolean).join(' ')}]\nSee 'kubectl config use-context -h' for help and examples`,
      );
    if (named(file, 'contexts', name) === undefined) throw new Failure(`no context exists with the name: "${name}"`);
    await write(session, { ...file, 'current-context': name });
    io.out(`Switched to context "${name}".\n`);
    return 0;
  }
  if (what === 'set-context') return setContext(session, name);
  throw new NotSimulated(`kubectl config${what === '' ? ' without a command' : ` ${what}`}`);
}

const write = ({ io, config: { path } }: Session, file: Fields): Promise<void> => io.files.write(path, yaml(file));

async function setContext(session: Session, given: string | undefined): Promise<number> {
  const { args, config: own } = session;
  const isCurrent = args.has('current');
  if (isCurrent && own.context === '') throw new Failure('no current context is set');
  const name = isCurrent ? own.context : given;
  if (name === undefined || (isCurrent && given !== undefined))
    throw new Failure(
      "you must specify a non-empty context name or --current\nSee 'kubectl config set-context -h' for help and examples",
    );
  const isNew = named(own.file, 'contexts', name) === undefined;
  const given_ = { cluster: args.one('cluster'), user: args.one('user'), namespace: args.one('namespace') };
  await changeContext(session, name, given_);
  session.io.out(`Context "${name}" ${isNew ? 'created' : 'modified'}.\n`);
  return 0;
}

/** Writes what is given into a context, which need not be there; an empty text takes the field away. */
export async function changeContext(
  session: Session,
  name: string,
  given: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { file } = session.config;
  const before = fieldsOf(fieldOf(named(file, 'contexts', name), 'context'));
  const changes = Object.entries(given).filter(([, value]) => value !== undefined);
  const rows = Object.entries({ ...before, ...Object.fromEntries(changes) });
  const entry = { context: Object.fromEntries(rows.filter(([, value]) => value !== '')), name };
  const others = listOf(file['contexts']);
  const isNew = named(file, 'contexts', name) === undefined;
  const list = isNew ? [...others, entry] : others.map((one) => (fieldOf(one, 'name') === name ? entry : one));
  await write(session, { ...file, contexts: list });
}

function view(session: Session): number {
  const { args, io, config: own } = session;
  const { form, template } = outputOf(session, ['yaml', 'jsonpath']);
  const context = named(own.file, 'contexts', own.context);
  const kept = (list: string, key: string) => {
    const all = listOf(own.file[list]);
    const wanted = key === '' ? own.context : textOf(fieldOf(fieldOf(context, 'context'), key));
    return args.has('minify') ? all.filter((one) => fieldOf(one, 'name') === wanted) : all;
  };
  const users = kept('users', 'user').map((one) => {
    const user = fieldsOf(fieldOf(one, 'user'));
    const hidden = user['token'] !== undefined && !args.has('raw') ? { ...user, token: 'REDACTED' } : user;
    return { ...fieldsOf(one), user: hidden };
  });
  const all: Fields = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': own.context, users },
    ...{ clusters: kept('clusters', 'cluster'), contexts: kept('contexts', '') },
  };
  const shown = Object.fromEntries(
    CONFIG_KEYS.map((key) => [key, Array.isArray(all[key]) && all[key].length === 0 ? null : all[key]]),
  );
  io.out(form === 'jsonpath' ? jsonpath(template, shown) : yaml(shown));
  return 0;
}

function contexts(session: Session, only: string | undefined): number {
  const { args, io, config: own } = session;
  const { form } = outputOf(session, ['name']);
  const rows = listOf(own.file['contexts']).filter((one) => only === undefined || fieldOf(one, 'name') === only);
  if (only !== undefined && rows.length === 0) throw new Failure(`context ${only} not found`);
  const names = rows.map((one) => textOf(fieldOf(one, 'name')));
  if (form === 'name') {
    io.out(names.map((name) => `${name}\n`).join(''));
    return 0;
  }
  const lines = rows.map((one) => {
    const [name, inner] = [textOf(fieldOf(one, 'name')), fieldOf(one, 'context')];
    return [
      name === own.context ? '*' : '',
      name,
      ...['cluster', 'user', 'namespace'].map((key) => textOf(fieldOf(inner, key))),
    ];
  });
  io.out(
    aligned([...(args.has('no-headers') ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']]), ...lines]),
  );
  return 0;
}

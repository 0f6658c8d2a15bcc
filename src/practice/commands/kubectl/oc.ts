import { fieldOf, textOf } from '#sim/kube/value.ts';
import { changeContext } from './config.ts';
import { ApiError, Failure } from './failure.ts';
import type { Session } from './session.ts';

/** What oc has and kubectl has not: who one is, and the project that one works in. */

export const WHOAMI = { switches: ['show-server', 'show-context', 'show-token t'] };
export const PROJECT = { switches: ['short q'] };

export async function whoami(session: Session): Promise<number> {
  const { args, io, config } = session;
  if (args.has('show-server')) io.out(`${config.server}\n`);
  else if (args.has('show-context')) io.out(`${config.context}\n`);
  else if (args.has('show-token')) io.out(`${config.token}\n`);
  else {
    const body = {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {},
      status: { userInfo: {} },
    };
    const { status } = await session.json('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', { body });
    io.out(`${textOf(fieldOf(fieldOf(status, 'userInfo'), 'username'))}\n`);
  }
  return 0;
}

export async function project(session: Session): Promise<number> {
  const { args, io, config } = session;
  const [name, ...more] = args.words;
  if (more.length > 0) throw new Failure('Only one argument is supported (project name or context name).');
  const isShort = args.has('short');
  const server = JSON.stringify(config.server);
  if (name === undefined) {
    if (config.namespace === '' && isShort) throw new Failure('no project has been set');
    if (config.namespace === '') io.out('No project has been set. Pass a project name to make that the default.\n');
    else if (isShort) io.out(`${config.namespace}\n`);
    else io.out(`Using project "${config.namespace}" from context named "${config.context}" on server ${server}.\n`);
    return 0;
  }
  await confirm(session, name);
  await changeContext(session, config.context, { namespace: name });
  const isSame = config.namespace === name;
  const told = isSame ? `Already on project "${name}"` : `Now using project "${name}"`;
  io.out(isShort ? `${name}\n` : `${told} on server ${server}.\n`);
  return 0;
}

async function confirm(session: Session, name: string): Promise<void> {
  try {
    await session.json('GET', `/api/v1/namespaces/${name}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Failure(
      error.reason === 'Forbidden'
        ? `You are not a member of project "${name}".`
        : `A project named "${name}" does not exist on "${session.config.server}".`,
    );
  }
}

import { parse } from 'yaml';
import type { Arguments } from '#practice/arguments.ts';
import type { CommandIo } from '#practice/command.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { Failure } from './failure.ts';

/** The kubeconfig. */

export interface Config {
  path: string;
  /** The file as it is; empty where there is none. */
  file: Fields;
  context: string;
  /** Empty where nothing is configured. */
  server: string;
  token: string;
  namespace: string;
}

/** Reads --kubeconfig, $KUBECONFIG or ~/.kube/config. Rejects where a context is asked for that is not there. */
export async function readConfig(io: CommandIo, args: Pick<Arguments, 'one'>): Promise<Config> {
  const path = args.one('kubeconfig') ?? (io.env['KUBECONFIG'] || `${io.env['HOME'] ?? ''}/.kube/config`);
  const isThere = await io.files.exists(path);
  if (!isThere && args.one('kubeconfig') !== undefined) throw new Failure(`stat ${path}: no such file or directory`);
  const text = isThere ? new TextDecoder().decode(await io.files.read(path)) : '';
  const file = fieldsOf(parse(text));
  const context = args.one('context') ?? textOf(file['current-context']);
  const chosen = named(file, 'contexts', context);
  if (context !== '' && chosen === undefined) {
    throw new Failure(`Error in configuration: context was not found for specified context: ${context}`);
  }
  const cluster = named(file, 'clusters', textOf(fieldOf(fieldOf(chosen, 'context'), 'cluster')));
  const user = named(file, 'users', textOf(fieldOf(fieldOf(chosen, 'context'), 'user')));
  return {
    ...{ path, file, context },
    server: textOf(fieldOf(fieldOf(cluster, 'cluster'), 'server')),
    token: textOf(fieldOf(fieldOf(user, 'user'), 'token')),
    namespace: textOf(fieldOf(fieldOf(chosen, 'context'), 'namespace')),
  };
}

/** The entry of one of the kubeconfig's lists that has a name. */
export const named = (file: Fields, list: string, name: string): unknown =>
  listOf(file[list]).find((one) => fieldOf(one, 'name') === name);

import { NotSimulated } from '#practice/command.ts';
import { ApiError, Failure } from './failure.ts';
import { eachChosen } from './find.ts';
import { goJson } from './go.ts';
import { isEqual } from './merge.ts';
import { dryOf, printDone } from './print.ts';
import { pathOf } from './resources.ts';
import type { Session } from './session.ts';
import { readYaml } from './yaml-read.ts';

/** `kubectl patch`. */

export const PATCH = {
  values: ['filename f', 'patch p', 'patch-file', 'type', 'output o', 'subresource', 'field-manager'],
  switches: ['dry-run', 'recursive R'],
};

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

export async function patch(session: Session): Promise<number> {
  const { args, io } = session;
  const [given, file] = [args.one('patch') ?? '', args.one('patch-file') ?? ''];
  if (given !== '' && file !== '') throw new Failure('cannot specify --patch and --patch-file together');
  if (given === '' && file === '')
    throw new Failure('must specify --patch or --patch-file containing the contents of the patch');
  const wanted = args.one('type') ?? 'strategic';
  const type = TYPES[wanted.toLowerCase()];
  if (type === undefined) throw new Failure(`--type must be one of [json merge strategic], not "${wanted}"`);
  if (file !== '' && !(await io.files.exists(file)))
    throw new Failure(`unable to read patch file: open ${file}: no such file or directory`);
  const text = file === '' ? given : new TextDecoder().decode(await io.files.read(file));
  // JSON goes to the server as it is, broken or not.
  const body = /^\s*\{/.test(text) ? text : goJson(readYaml(text, `unable to parse "${text}"`)[0] ?? null);
  const { isDry, isClient } = dryOf(session);
  if (isClient) throw new NotSimulated('the flag --dry-run=client of kubectl patch');
  const sub = args.one('subresource');
  await eachChosen(session, async (found) => {
    const { resource, namespace, name, object } = found;
    const path = `${pathOf(resource, namespace, name)}${sub === undefined ? '' : `/${sub}`}`;
    const query = { fieldManager: args.one('field-manager') ?? 'kubectl-patch', dryRun: isDry ? 'All' : undefined };
    const stored = await session.json('PATCH', path, { query, text: body, type }).catch((error: unknown) => {
      if (error instanceof ApiError && error.reason === 'UnsupportedMediaType')
        throw new Failure(
          `${type} is not supported by ${resource.group}/${resource.version}, Kind=${resource.kind}: ${error.message}`,
        );
      throw error;
    });
    printDone(session, { ...found, object: stored }, isEqual(object, stored) ? 'patched (no change)' : 'patched');
  });
  return 0;
}

import { type Fields, fieldOf, fieldsOf, isFields, textOf } from '#sim/kube/value.ts';
import { ApiError, Failure, within } from './failure.ts';
import { type Found, get } from './find.ts';
import { goJson } from './go.ts';
import { eachManifest, type Manifest } from './manifest.ts';
import { threeWay } from './merge.ts';
import { dryOf, printDone, printObjects } from './print.ts';
import { pathOf } from './resources.ts';
import { outputOf, type Session } from './session.ts';

/** `kubectl apply` as clients do it: with the annotation of what was applied last. */

export const APPLY = {
  values: ['filename f', 'output o', 'field-manager', 'validate'],
  switches: ['dry-run', 'recursive R', 'overwrite'],
};

const VALIDATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({ true: 'Strict', strict: 'Strict', warn: 'Warn', false: 'Ignore', ignore: 'Ignore' }),
);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export async function apply(session: Session): Promise<number> {
  const { args } = session;
  outputOf(session, ['yaml', 'json', 'name', 'jsonpath']);
  validationOf(session);
  if (args.words.length > 0)
    throw new Failure(`Unexpected args: [${args.words.join(' ')}]\nSee '${session.what} -h' for help and examples`);
  if (args.all('filename').length === 0) throw new Failure('must specify one of -f and -k');
  const done: Found[] = [];
  try {
    await eachManifest(session, async (manifest) => {
      done.push({ ...manifest, ...(await applied(session, manifest)) });
    });
  } finally {
    if (args.one('output') !== undefined && args.one('output') !== 'name' && done.length > 0)
      printObjects(session, done, done.length > 1, {});
  }
  return 0;
}

function validationOf({ args }: Session): string {
  const validate = args.one('validate') ?? 'true';
  const found = VALIDATIONS.get(validate);
  if (found !== undefined) return found;
  throw new Failure(
    `invalid - validate option "${validate}"; must be one of: strict (or true), warn, ignore (or false)`,
  );
}

/** Query parameters of a write. */
export function writeQuery(session: Session, manager: string): Record<string, string | undefined> {
  const fieldValidation = validationOf(session);
  return {
    ...{ fieldManager: session.args.one('field-manager') ?? manager, fieldValidation },
    dryRun: dryOf(session).isDry ? 'All' : undefined,
  };
}

async function applied(session: Session, manifest: Manifest): Promise<{ object: Fields }> {
  const { resource, namespace, name, source } = manifest;
  const generated = textOf(fieldOf(manifest.object['metadata'], 'generateName'));
  if (name === '' && generated !== '') throw new Failure(`from ${generated}: cannot use generate name with apply`);
  if (name === '')
    throw new Failure(
      `error when retrieving current configuration of:\n${located(manifest)}\nfrom server for: "${source}": resource name may not be empty`,
    );
  const { isClient } = dryOf(session);
  const query = writeQuery(session, 'kubectl-client-side-apply');
  const modified = annotated(manifest.object);
  const current = await get(session, manifest).catch((error: unknown) => {
    if (error instanceof ApiError && error.reason === 'NotFound') return null;
    throw within(
      `error when retrieving current configuration of:\n${located(manifest)}\nfrom server for: "${source}"`,
      error,
    );
  });
  if (current === null) {
    const sent = fieldsOf(withoutNulls(modified));
    const made = isClient
      ? sent
      : await session.json('POST', pathOf(resource, namespace), { query, body: sent }).catch((error: unknown) => {
          throw within(`error when creating "${source}"`, error);
        });
    return told(session, manifest, made, 'created');
  }
  if (isClient) return told(session, manifest, current, 'configured');
  const last = textOf(fieldOf(fieldOf(current['metadata'], 'annotations'), LAST_APPLIED));
  if (last === '')
    session.io.err(
      `Warning: resource ${resource.plural}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  const patch = threeWay(last === '' ? {} : JSON.parse(last), modified, current);
  if (Object.keys(patch).length === 0) return told(session, manifest, current, 'unchanged');
  const type = 'application/merge-patch+json';
  const path = pathOf(resource, namespace, name);
  const object = await session.json('PATCH', path, { query, body: patch, type }).catch((error: unknown) => {
    throw within(
      `error when applying patch:\n${goJson(patch)}\nto:\n${located(manifest)}\nfor: "${source}": error when patching "${source}"`,
      error,
    );
  });
  return told(session, manifest, object, 'configured');
}

/** Says what was done, but where --output asks for the objects: these come all at the end. */
function told(session: Session, manifest: Manifest, object: Fields, done: string): { object: Fields } {
  const output = session.args.one('output');
  if (output === undefined || output === 'name') printDone(session, { ...manifest, object }, done);
  return { object };
}

const located = ({ resource: { group, version, plural, kind }, name, namespace }: Manifest): string =>
  `Resource: "${group === '' ? '' : `${group}/`}${version}, Resource=${plural}", GroupVersionKind: "${group}/${version}, Kind=${kind}"\nName: "${name}", Namespace: "${namespace}"`;

/** With what it is itself, as the annotation of what was applied last. */
function annotated(object: Fields): Fields {
  const metadata = fieldsOf(object['metadata']);
  const { [LAST_APPLIED]: _, ...annotations } = fieldsOf(metadata['annotations']);
  const plain = { ...object, metadata: { ...metadata, annotations } };
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: `${goJson(plain)}\n` } },
  };
}

function withoutNulls(value: unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])),
  );
}

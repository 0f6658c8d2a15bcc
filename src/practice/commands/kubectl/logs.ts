import { NotSimulated } from '#practice/command.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { ApiError, Failure } from './failure.ts';
import { pages } from './find.ts';
import { pathOf, type Resource, resourceNamed } from './resources.ts';
import { type Session, usage } from './session.ts';

/** `kubectl logs` of pods. */

export const LOGS = {
  values: ['container c', 'tail', 'selector l', 'field-selector', 'max-log-requests'],
  switches: ['follow f', 'all-containers', 'prefix', 'all-namespaces A'],
};

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';
/** Lines of each pod where a selector chooses several. */
const TAIL_OF_MANY = '10';

export async function logs(session: Session): Promise<number> {
  const { args } = session;
  const [word, inline] = args.words;
  const selector = args.one('selector');
  if (args.has('all-namespaces')) throw new NotSimulated('the flag --all-namespaces of kubectl logs');
  if (word === undefined && selector === undefined)
    throw usage(
      session,
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    );
  if (args.words.length > 2)
    throw usage(
      session,
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    );
  if (word !== undefined && selector !== undefined)
    throw usage(session, 'only a selector (-l) or a POD name is allowed');
  if (inline !== undefined && args.one('container') !== undefined)
    throw new Failure('only one of -c or an inline [CONTAINER] arg is allowed');
  const container = args.one('container') ?? inline;
  if (container !== undefined && args.has('all-containers'))
    throw new Failure(`--all-containers=true should not be specified with container name ${container}`);
  const resource = resourceNamed(await session.resources(), 'pods');
  const pods = word === undefined ? await podsOf(session, resource) : [await podNamed(session, resource, word)];
  for (const pod of pods) {
    const names = args.has('all-containers') ? containersOf(pod) : [container ?? chosenOf(session, pod)];
    const absent = names.find((one) => !containersOf(pod).includes(one));
    if (absent !== undefined)
      throw new Failure(`container ${absent} is not valid for pod ${textOf(fieldOf(pod['metadata'], 'name'))}`);
    for (const name of names) await print(session, resource, pod, name, word === undefined);
  }
  return 0;
}

async function podsOf(session: Session, resource: Resource): Promise<Fields[]> {
  const all = (await pages(session, resource, 'application/json')).flatMap((page) => listOf(page['items']));
  if (all.length === 0) session.io.err(`No resources found in ${session.namespace} namespace.\n`);
  return all.map(fieldsOf);
}

async function podNamed(session: Session, pods: Resource, word: string): Promise<Fields> {
  const [type, ...rest] = word.split('/');
  const name = rest.length === 0 ? word : rest.join('/');
  if (rest.length > 0) {
    const resource = resourceNamed(await session.resources(), type ?? '');
    if (resource.plural !== 'pods') throw ofNoPod(resource);
  }
  try {
    return await session.json('GET', pathOf(pods, session.namespace, name));
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound')
      throw new Failure(`error from server (NotFound): ${error.message} in namespace "${session.namespace}"`);
    throw error;
  }
}

/** kubectl finds pods of its own kinds alone; the others it does not even know. */
function ofNoPod({ plural, kind, group, version }: Resource): Error {
  if (group === '' || group.endsWith('.k8s.io')) return new NotSimulated(`kubectl logs of ${plural}, of pods alone`);
  return new Failure(
    `no kind "${kind}" is registered for version "${group}/${version}" in scheme "pkg/scheme/scheme.go:28"`,
  );
}

const containersOf = (pod: Fields): string[] =>
  [...listOf(fieldOf(pod['spec'], 'initContainers')), ...listOf(fieldOf(pod['spec'], 'containers'))].map((one) =>
    textOf(fieldOf(one, 'name')),
  );

/** The container that kubectl takes where none is named; it says so where there are several. */
function chosenOf({ io }: Session, pod: Fields): string {
  const named = textOf(fieldOf(fieldOf(pod['metadata'], 'annotations'), DEFAULT_CONTAINER));
  if (named !== '') return named;
  const own = listOf(fieldOf(pod['spec'], 'containers')).map((one) => textOf(fieldOf(one, 'name')));
  const [first = ''] = own;
  const initial = listOf(fieldOf(pod['spec'], 'initContainers')).map((one) => `${textOf(fieldOf(one, 'name'))} (init)`);
  const all = [...own, ...initial];
  if (all.length > 1) io.err(`Defaulted container "${first}" out of: ${all.join(', ')}\n`);
  return first;
}

async function print(
  session: Session,
  pods: Resource,
  pod: Fields,
  container: string,
  isOneOfMany: boolean,
): Promise<void> {
  const { args, io } = session;
  const metadata = fieldsOf(pod['metadata']);
  const [name, namespace] = [textOf(metadata['name']), textOf(metadata['namespace'])];
  const tail = args.one('tail') ?? (isOneOfMany ? TAIL_OF_MANY : undefined);
  const query = { container, tailLines: tail === '-1' ? undefined : tail };
  const text = await (await session.call('GET', `${pathOf(pods, namespace, name)}/log`, { query })).text();
  io.out(args.has('prefix') ? text.replace(/^(?=.|\n)/gm, `[pod/${name}/${container}] `) : text);
}

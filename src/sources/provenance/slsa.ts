import type { Build, Task } from '#status/attachment.ts';
import { read1, V1 } from './slsa-v1.ts';
import { read02, V02 } from './slsa-v02.ts';
import { addressOf, type Pin, pinOf, type StatedRun, type StatedTask, trimmed, word } from './stated.ts';

/** What a SLSA statement says of a build, field by field; what is not on the list is not kept. */

const FEW = 50;
const IMAGE = 200;

/** Whether a predicate of this type tells of a build. */
export function isProvenance(predicateType: string): boolean {
  return predicateType === V02 || predicateType === V1;
}

/** The run that a predicate tells; null where it has not the shape that its type promises. */
export function readRun(predicateType: string, predicate: unknown): StatedRun | null {
  return predicateType === V02 ? read02(predicate) : predicateType === V1 ? read1(predicate) : null;
}

/** What of a run goes into the snapshot. */
export function buildOf(run: StatedRun): Build {
  const { predicateType, builder, startedAt, finishedAt, bundles, tasks, params } = run;
  const repository = addressOf(params.get('git-url'));
  return {
    predicateType,
    builder,
    source: repository ? { repository, commit: word(params.get('revision')) } : null,
    startedAt,
    finishedAt,
    compose: composeOf(params.get('build-args')),
    sboms: (tasks ?? []).flatMap(sbomOf).slice(0, FEW),
    inputs: inputsOf(run),
    bundles,
    tasks: tasks?.map(taskOf) ?? null,
  };
}

const taskOf = ({ name, status, startedAt, finishedAt }: StatedTask): Task => ({
  name,
  status,
  startedAt,
  finishedAt,
});

/** The compose, which the base images are given as an argument of their build. */
function composeOf(buildArgs: unknown): Build['compose'] {
  const image = argsOf(buildArgs).flatMap((arg) => /^REPOS_IMAGE=(\S+)$/.exec(arg)?.[1] ?? [])[0];
  const [, tag] = /:([^:/@]+)$/.exec(image?.replace(/@.*$/, '') ?? '') ?? [];
  return image ? { id: word(tag), image: image.slice(0, IMAGE) } : null;
}

/** The SBOM that a task wrote, and of which image: the one that the same task gave. */
function sbomOf({ results }: StatedTask): Build['sboms'] {
  const pin = pinOf(said(results.get('SBOM_BLOB_URL')));
  if (!pin) return [];
  const named = pinOf(`image@${said(results.get('IMAGE_DIGEST'))}`) ?? pinOf(said(results.get('IMAGE_REF')));
  return [{ image: named?.digest ?? null, repository: pin.image.replace(/:[^/]*$/, ''), blob: pin.digest }];
}

/** Images that went in by digest: named by arguments of the build, by its base images, or among the materials. */
function inputsOf({ params, tasks, materials }: StatedRun): Build['inputs'] {
  const given = [params, ...(tasks ?? []).map((task) => task.params)];
  const args = given.flatMap((one) => [...argsOf(one.get('build-args')), ...argsOf(one.get('BUILD_ARGS'))]);
  const bases = [...given, ...(tasks ?? []).map(({ results }) => results)].flatMap((one) =>
    said(one.get('BASE_IMAGES_DIGESTS')).split(/\s+/),
  );
  const named = [...args.map((arg) => arg.replace(/^\w+=/, '')), ...bases].flatMap((text) => pinOf(text) ?? []);
  const byDigest = new Map<string, Pin>();
  for (const pin of [...named, ...materials]) if (!byDigest.has(pin.digest)) byDigest.set(pin.digest, pin);
  return [...byDigest.values()].slice(0, FEW);
}

const argsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((arg): arg is string => typeof arg === 'string') : [];

const said = (value: unknown): string => (typeof value === 'string' ? trimmed(value) : '');

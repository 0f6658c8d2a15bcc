import type { Broken } from '#sim/cluster/runs.ts';
import type { KubeObject } from '#sim/kube/kind.ts';
import { BUILD, PRACTICE, type PracticeTask } from '#sim/pipeline/practice.ts';
import type { BuildRule, Cluster } from '#world/cluster.ts';
import type { Images } from './images.ts';
import { packagesIn, type Tree } from './manifest.ts';
import { bytesOf, memoryOf, outputOf, paramsOf, platformsOf, stepsNamed, tasksNamed } from './spec.ts';

/** How a build goes, by what it asks for and by the world as it is when it begins. */

export interface Verdict {
  /** Why it does not begin at all. */
  refused: { reason: string; message: string } | null;
  /** Where it breaks first. */
  broken: Broken | null;
}

export interface Grounds {
  cluster: Cluster;
  images: Images;
  /** Files of the commit that is built; null where nobody knows them. */
  tree: Tree | null;
  isMeant: (task: PracticeTask) => boolean;
  /** How often a rule has let a build fail. */
  used: Map<object, number>;
}

/** Of a run of a component's build. A rule that lets some builds fail counts this one. */
export async function verdictOf(run: KubeObject, component: string, grounds: Grounds, nowMs: number): Promise<Verdict> {
  const tasks = PRACTICE.filter((task) => grounds.isMeant(task) || task.when !== null);
  const wrong = tasksNamed(run).find((name) => tasks.every((task) => task.name !== name));
  if (wrong !== undefined) {
    const message = `sample: PipelineRun's taskrunSpecs defined wrong taskName: "${wrong}", does not exist in Pipeline`;
    return { refused: { reason: 'InvalidTaskRunSpecs', message }, broken: null };
  }
  const rule = grounds.cluster.builds.find((one) => one.component === component);
  const all = [
    ...misnamed(run, tasks),
    ...(rule ? memory(run, rule) : []),
    ...(await missing(run, grounds, nowMs)),
    ...packages(run, grounds),
  ];
  const sorted = all.toSorted((a, b) => placeOf(a) - placeOf(b));
  return { refused: null, broken: sorted[0] ?? (rule ? flaky(rule, grounds) : null) };
}

/** Its place in the pipeline, by task and step. */
function placeOf({ task, step }: Broken): number {
  const at = PRACTICE.findIndex(({ name }) => name === task);
  return at * 100 + (PRACTICE[at]?.steps.findIndex(([name]) => name === step) ?? 0);
}

const broke = (more: Partial<Broken>): Broken => ({
  ...{ task: BUILD, arches: [], step: 'build', reason: 'Error' },
  ...{ message: '"step-build" exited with code 1: Error', log: 'sample: error', ...more },
});

/** Overrides for steps that a task does not have. */
function misnamed(run: KubeObject, tasks: readonly PracticeTask[]): Broken[] {
  return tasks.flatMap(({ name, steps }) => {
    const wrong = stepsNamed(run, name).find((step) => steps.every(([own]) => own !== step));
    if (wrong === undefined) return [];
    const message = `invalid StepOverride: No Step named ${wrong}`;
    return [broke({ task: name, step: '', reason: 'TaskRunValidationFailed', message, log: '' })];
  });
}

/** Steps that may use less than they need, or ask for more than they may use. */
function memory(run: KubeObject, { memory: rows }: BuildRule): Broken[] {
  return rows.flatMap(({ task, step, arches = [], needs, has, log }) => {
    const { asks, may } = memoryOf(run, task, step);
    const limit = may ?? bytesOf(has) ?? 0;
    if (asks !== null && asks > limit) {
      const message = `sample: the pod cannot be made: step-${step} requests more memory than its limit`;
      return [broke({ task, step: '', reason: 'PodCreationFailed', message, log: '' })];
    }
    if (limit >= (bytesOf(needs) ?? 0)) return [];
    const message = `"step-${step}" exited with code 137: OOMKilled`;
    return [broke({ task, arches, step, reason: 'OOMKilled', message, log: log ?? `sample: ${step}\nKilled` })];
  });
}

/** Machines and images that are not there. */
async function missing(run: KubeObject, { images }: Grounds, nowMs: number): Promise<Broken[]> {
  const found: Broken[] = [];
  const [strange] = platformsOf(run).strange;
  if (strange !== undefined)
    found.push(
      broke({
        step: 'use-trusted-artifact',
        log: `Error allocating host: no hosts configured for platform ${strange}`,
      }),
    );
  for (const arg of paramsOf(run, 'build-args')) {
    const [, name, image = ''] = /^([A-Z_]*IMAGE)=(.*)$/.exec(arg) ?? [];
    if (name === undefined || (await images.holds(image, nowMs))) continue;
    const [place = '', digest] = image.split('@');
    const reference = digest ?? /:([^/:]+)$/.exec(place)?.[1] ?? 'latest';
    const log = `sample: FROM $${name}\nError: creating build container: initializing source docker://${image}: reading manifest ${reference} in ${place.replace(/:[^/:]*$/, '')}: manifest unknown`;
    found.push(broke({ message: '"step-build" exited with code 125: Error', log }));
  }
  const output = outputOf(run);
  if (output && !images.hasRepository(output.place)) {
    const log = `sample: pushing ${output.place}\nUNAUTHORIZED: access to the requested resource is not authorized`;
    found.push(broke({ step: 'push', message: '"step-push" exited with code 125: Error', log }));
  }
  return found;
}

/** Packages that no repository has. */
function packages(run: KubeObject, { cluster: { rpms }, tree }: Grounds): Broken[] {
  const manifest = paramsOf(run, 'build-args').flatMap((arg) => /^MANIFEST=(.+)$/.exec(arg)?.[1] ?? [])[0];
  if (tree === null || manifest === undefined || rpms.length === 0) return [];
  const known = new Set(rpms);
  try {
    const unknown = packagesIn(tree, manifest).filter(({ name }) => !/^[/@(]/.test(name) && !known.has(name));
    if (unknown.length === 0) return [];
    const names = [...new Set(unknown.map(({ name }) => name))].join(', ');
    return [broke({ log: `sample: resolving the packages of ${manifest}\nerror: Packages not found: ${names}` })];
  } catch (error) {
    return [broke({ log: `sample: error: ${error instanceof Error ? error.message : ''}` })];
  }
}

/** What fails now and then. */
function flaky({ fails }: BuildRule, { cluster: { breaks }, used }: Grounds): Broken | null {
  const rule = fails.find((one) => (used.get(one) ?? 0) < (one.times ?? Number.POSITIVE_INFINITY));
  if (!rule) return null;
  used.set(rule, (used.get(rule) ?? 0) + 1);
  const { like = '', times: _, ...own } = rule;
  const { task, arches, step, reason, message, log } = { ...breaks[like], ...own };
  return broke({
    ...(task === undefined ? {} : { task }),
    ...(arches === undefined ? {} : { arches }),
    ...(step === undefined ? {} : { step }),
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(log === undefined ? {} : { log }),
  });
}

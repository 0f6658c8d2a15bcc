import type { Ancestor } from '#sim/settled.ts';
import type { Arch } from '#status/model.ts';
import { BUILD } from './practice.ts';
import { courseOf, type Leg, legsAt, meantBy, type Plan, stepsOf } from './timeline.ts';

/** The run that made an image: it ends when the image is pushed, and the cluster and the attestation tell the same of it. */

export interface GoodRun {
  startMs: number;
  endMs: number;
  legs: readonly Leg[];
}

/** Of a push to `host/namespace/name`; `pipeline` is the bundle that it was built with. */
export function goodRunOf(
  place: string,
  pushedMs: number,
  arches: readonly Arch[],
  pipeline: Pick<Ancestor, 'recipe'> | null,
): GoodRun {
  const course = courseOf({ seed: `${place} ${pushedMs}`, arches, isMeant: meantOf(pipeline), stop: null });
  const startMs = pushedMs - course.seconds * 1_000;
  return { startMs, endMs: pushedMs, legs: legsAt(course, startMs) };
}

/** Which tasks the pipeline of a bundle has. */
export const meantOf = (pipeline: Pick<Ancestor, 'recipe'> | null): Plan['isMeant'] =>
  meantBy(pipeline?.recipe.holds?.names.keys() ?? null);

/** When the image of an arch was put together: at the end of the step that builds it. */
export function builtMs({ endMs, legs }: GoodRun, arch: Arch): number {
  const leg = legs.find(({ of, arch: own }) => of.name === BUILD && own === arch);
  return (leg && stepsOf(leg).find(({ name }) => name === 'build')?.endMs) ?? endMs;
}

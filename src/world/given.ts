import { prettifyError } from 'zod';
import { Cluster } from './cluster.ts';
import type { World } from './model.ts';

/** The world with whole objects laid into its cluster; throws where it has none, or where one is not whole. */
export function withGiven(world: World, given: readonly Record<string, unknown>[]): World {
  if (given.length === 0) return world;
  const { cluster } = world;
  if (!cluster) throw new Error(`the world ${world.id} has no cluster, so nothing can be given to it`);
  const whole = Cluster.shape.objects.safeParse(given);
  if (!whole.success) throw new Error(`what is given is not a list of whole objects: ${prettifyError(whole.error)}`);
  return { ...world, cluster: { ...cluster, objects: [...cluster.objects, ...whole.data] } };
}

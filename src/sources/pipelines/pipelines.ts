import type { SeenPipeline } from '#pipeline/seen.ts';
import type { Context } from '#sources/pass.ts';

/** The pipelines of the walkthroughs, read from where they are: a bundle, a file, a run. */

/** What is known of each pipeline after this refresh, in the order of the walkthroughs; what was known is kept. */
export async function askPipelines({ previous }: Context): Promise<SeenPipeline[]> {
  return previous?.pipelines ?? [];
}

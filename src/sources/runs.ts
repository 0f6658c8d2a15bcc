import type { Pass } from './pass.ts';

/** Builds, tests and promotions, from the cluster and its archive. */
export const joinRuns: Pass = async (_context, images) => images;

import type { Pass } from './pass.ts';

/** What changed against earlier images, the release before, and the counterpart. */
export const compare: Pass = async (_context, images) => images;

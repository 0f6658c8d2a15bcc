import type { Pass } from './pass.ts';

/** Package lists of every image, from the SBOMs that lie beside it. */
export const readSboms: Pass = async (_context, images) => images;

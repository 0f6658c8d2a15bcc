import { fileURLToPath } from 'node:url';
import { type Learning, readLearning } from '#host/learning.ts';

/** Tracks and quizzes as the pages show them; throws on anything broken, so that the build stops and names the field. */
export function loadLearning(root: URL): Promise<Learning> {
  return readLearning(fileURLToPath(root).replace(/\/$/, ''));
}

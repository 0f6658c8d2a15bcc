import { reply } from '#sim/reply.ts';

/** A refusal in the form of the distribution API. */
export function error(status: number, code: string, message: string, detail: unknown): Response {
  return reply({ errors: [{ code, message, detail }] }, status);
}

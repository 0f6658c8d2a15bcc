import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { ForgeId } from '#status/blocker.ts';

/** One file of a repository at a branch, and the commit that changed it last. */

export interface FilePlace {
  /** `owner/name`, as the forge has it. */
  project: string;
  branch: string;
  /** From the root of the repository, without a slash before it. */
  path: string;
}

/** What is known of a file, so that it need not be sent again. */
export interface KnownFile {
  etag: string | null;
  commit: string | null;
  changedAt: string | null;
}

export interface RepositoryFile extends KnownFile {
  bytes: Uint8Array;
}

/** Larger than any YAML of a pipeline. */
const FILE_BYTES = 1 << 20;
/** In Base64 within JSON, with what is beside it. */
export const ANSWER_BYTES = 2 * FILE_BYTES;

/** What both forges call a file in an answer. */
export const WireContent = z.object({
  size: z.int().min(0),
  encoding: z.string(),
  content: z.string(),
});

/** The bytes of a file; a SourceError where they are too many or not there. */
export function bytesOf({ size, encoding, content }: z.infer<typeof WireContent>, source: ForgeId, from: string) {
  if (size > FILE_BYTES) throw new SourceError(source, 'too-large', `${from} has ${size} bytes, over ${FILE_BYTES}`);
  if (encoding !== 'base64')
    throw new SourceError(source, 'unreadable', `${from} is sent as "${encoding.slice(0, 40)}"`);
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length !== size)
    throw new SourceError(source, 'unreadable', `${from} should have ${size} bytes and came with ${bytes.length}`);
  return new Uint8Array(bytes);
}

/** `file .tekton/push.yaml of owner/name at main` */
export const fileText = ({ project, branch, path }: FilePlace): string => `file ${path} of ${project} at ${branch}`;

/** A date that nothing depends on: null where it cannot be had. */
export async function orNull<T>(question: Promise<T>): Promise<T | null> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}

import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { SourceId } from '#status/model.ts';
import { SourceError } from './error.ts';
import type { Answer } from './http.ts';

/** From bytes to what they should mean. */

/** A 200 answer's JSON in the shape of the schema; any other status is a SourceError that tells which. */
export function readJson<T extends z.ZodType>(answer: Answer, source: SourceId, schema: T): z.infer<T> {
  if (answer.status !== 200) throw unexpected(answer, source);
  return parseJson(answer.bytes, source, schema, answer.url);
}

/** Bytes of JSON in the shape of the schema. */
export function parseJson<T extends z.ZodType>(
  bytes: Uint8Array,
  source: SourceId,
  schema: T,
  from: string,
): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new SourceError(source, 'unreadable', `${from} is not JSON`, { cause });
  }
  return shaped(value, source, schema, from);
}

/** A value in the shape of the schema; a SourceError that names the field otherwise. */
export function shaped<T extends z.ZodType>(value: unknown, source: SourceId, schema: T, from: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SourceError(source, 'unreadable', `${from}: ${issue?.path.join('.') || 'answer'}: ${issue?.message}`);
}

/** An answer that is not 200, as the problem that it is. */
export function unexpected({ status, url }: Pick<Answer, 'status' | 'url'>, source: SourceId): SourceError {
  const kind = status === 401 || status === 403 ? 'denied' : status === 404 ? 'not-found' : 'unexpected';
  return new SourceError(source, kind, `${url} answered ${status}`, { status });
}

/** `sha256:…` of the bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

import { fromProtobuf } from './protobuf.ts';
import { badRequest, Refusal } from './status.ts';
import { type Fields, harmIn, isFields } from './value.ts';

/** Bodies of requests: JSON, and the few messages that kubectl sends as protobuf. */

const MAX_BYTES = 3 * 2 ** 20;

/** The body as it was sent; throws for one that is too large, no JSON, or harmful. */
export async function bodyOf(request: Request): Promise<unknown> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > MAX_BYTES)
    throw new Refusal(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MAX_BYTES}`);
  const isProtobuf = /protobuf/.test(request.headers.get('content-type') ?? '');
  const value = isProtobuf ? fromProtobuf(bytes) : json(new TextDecoder().decode(bytes));
  if (value === null && isProtobuf)
    throw new Refusal(415, 'UnsupportedMediaType', 'The simulator reads this kind as JSON only. See src/sim/kube.');
  const harm = harmIn(value);
  if (harm !== null) throw badRequest(`the body is not taken: ${harm}`);
  return value;
}

/** The body as an object. */
export async function objectOf(request: Request): Promise<Fields> {
  const value = await bodyOf(request);
  if (!isFields(value)) throw badRequest('the body is no object');
  return value;
}

function json(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : ''}`);
  }
}

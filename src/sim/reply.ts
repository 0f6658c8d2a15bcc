/** Answers in the forms that several services share. */

const JSON_TYPE = 'application/json';

/** A JSON answer. */
export function reply(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': JSON_TYPE, ...headers } });
}

/** A text answer. */
export function text(body: string, status: number, type = 'text/plain; charset=utf-8'): Response {
  return new Response(body, { status, headers: { 'content-type': type } });
}

/** What is not pretended says so, so that nobody takes its answer for a real one. */
export function unknown(request: Request): Response {
  const { pathname, host } = new URL(request.url);
  return reply({ error: `The simulator does not know ${request.method} ${pathname} on ${host}. See src/sim.` }, 501);
}

/** The answer to HEAD: the headers of GET. */
export function headOf(answer: Response): Response {
  return new Response(null, { status: answer.status, headers: answer.headers });
}

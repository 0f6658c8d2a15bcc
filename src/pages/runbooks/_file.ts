import type { APIContext } from 'astro';
import { link } from '#components/status/link.ts';
import type { Filled } from '#runbook/export/filled.ts';
import { readRunbooks } from './_data.ts';

/** A runbook as a file: for those without a script, with examples in the place of values. */

const NOTE = 'The values are examples. Put your own in their place, or download it from the page, which fills them in.';

export async function runbookPaths() {
  const { runbooks } = await readRunbooks();
  return runbooks.map(({ id }) => ({ params: { id } }));
}

/** The runbook that an address asks for; throws where there is none. */
export async function exampleOf({ params: { id }, site }: APIContext): Promise<Filled> {
  const { runbooks, variables } = await readRunbooks();
  const runbook = runbooks.find((one) => one.id === id);
  if (!runbook) throw new Error(`There is no runbook "${id}".`);
  const page = link(`runbooks/${runbook.id}/`);
  return {
    runbook,
    variables,
    values: Object.fromEntries(
      runbook.variables.map((name) => [name, variables[name]?.default ?? variables[name]?.example ?? '']),
    ),
    address: site ? new URL(page, site).href : page,
    note: NOTE,
  };
}

export const textFile = (text: string, type: string): Response =>
  new Response(text, { headers: { 'content-type': `${type}; charset=utf-8` } });

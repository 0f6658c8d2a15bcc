import type { APIRoute } from 'astro';
import { entriesOf } from '#runbook/symptom.ts';
import { readRunbooks } from '../runbooks/_data.ts';

/** What the page beside it matches a pasted text against. */
export const GET: APIRoute = async () => {
  const { runbooks, variables } = await readRunbooks();
  return Response.json({ schema: 1, runbooks: entriesOf(runbooks), variables });
};

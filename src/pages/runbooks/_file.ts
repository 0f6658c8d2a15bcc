import type { APIContext } from 'astro';
import { link } from '#components/status/link.ts';
import type { Filled } from '#runbook/export/filled.ts';
import { standingText } from '#runbook/text/ran.ts';
import { readRunbooks } from './_data.ts';
import { runbookViews } from './_views.ts';

/** A runbook as a file: for those without a script, with examples in the place of values. */

export async function runbookPaths() {
  const { runbooks } = await readRunbooks();
  return runbooks.map(({ id }) => ({ params: { id } }));
}

/** The runbook that an address asks for; throws where there is none. */
export async function exampleOf({ params: { id }, site, locals }: APIContext): Promise<Filled> {
  const { reviews, variables } = await readRunbooks();
  const view = (await runbookViews()).find(({ runbook }) => runbook.id === id);
  if (!view) throw new Error(`There is no runbook "${id}".`);
  const { runbook, state } = view;
  const isReviewed = reviews.some((review) => review.runbook === id);
  const page = link(`runbooks/${runbook.id}/`);
  return {
    runbook,
    variables,
    values: Object.fromEntries(
      runbook.variables.map((name) => [name, variables[name]?.default ?? variables[name]?.example ?? '']),
    ),
    address: site ? new URL(page, site).href : page,
    note: `${locals.t('runbook.valuesAreExamples')} ${standingText(state, isReviewed)}`,
  };
}

export const textFile = (text: string, type: string): Response =>
  new Response(text, { headers: { 'content-type': `${type}; charset=utf-8` } });

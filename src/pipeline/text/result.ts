import { visible } from '#status/text/words.ts';
import type { PipelineDefinition } from '../definition.ts';
import { taskMentions } from '../graph/references.ts';
import { coded, joined, subjectOf } from './condition.ts';

/** What a pipeline gives to those who asked for it. */
export interface ResultView {
  name: string;
  /** Where it comes from; names are marked as code. */
  text: string;
}

export function resultsOf({ results }: Pick<PipelineDefinition, 'results'>): ResultView[] {
  return results.map(({ name, value }) => {
    const from = [...new Set(taskMentions(value).map(({ task }) => task))];
    const [, result] = /^(.*) of [^ ]+$/.exec(subjectOf(value)) ?? [];
    const what = result ? `The result ${coded(result)}` : `Made of ${coded(value)}`;
    return { name: visible(name), text: from.length > 0 ? `${what} of ${joined(from.map(coded))}.` : `${what}.` };
  });
}

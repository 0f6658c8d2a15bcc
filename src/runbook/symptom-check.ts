import { ContentError } from '#status/parse.ts';
import type { Runbook } from './model.ts';
import { entriesOf, type Match, rank } from './symptom.ts';

/** Every symptom leads to its own runbook: what a browser need not know. */

/** Throws where a symptom's own sample leads to another runbook, or to two equally. */
export function checkSymptoms(runbooks: readonly Runbook[]): void {
  const entries = entriesOf(runbooks);
  const faults = runbooks
    .filter(({ status }) => status === 'ready')
    .flatMap(({ id, symptoms }) =>
      symptoms.flatMap(({ sample }, index) => {
        const fault = faultOf(id, rank(sample, entries));
        return fault === null ? [] : [`content/runbooks/${id}.yaml: symptoms.${index}.sample: ${fault}`];
      }),
    );
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
}

function faultOf(id: string, [first, second]: readonly Match[]): string | null {
  if (!first) return 'none of its own patterns is in it: write a sample that shows what the patterns look for';
  if (first.entry.id !== id)
    return `leads to ${first.entry.id}: make the patterns of ${id} say more, or move the sample there`;
  if (second && second.score === first.score)
    return `fits ${second.entry.id} as well as ${id}: make the patterns of one of them say more`;
  return null;
}

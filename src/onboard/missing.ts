import { type Answers, EXAMPLE, type Field } from './answers.ts';
import { labelOf } from './questions.ts';

/** What is missing although no answer is wrong. */

const OWN: readonly Field[] = ['repository', 'tenant', 'application', 'component'];
const RELEASED: readonly Field[] = [...OWN, 'target', 'destination'];

/** Why the files cannot be used as they stand, in sentences; nothing where they can. */
export function missingOf(answers: Answers): string[] {
  const sample = (answers.isReleased ? RELEASED : OWN).filter((name) => answers[name] === EXAMPLE[name]);
  const names = sample.map((name) => labelOf(name).toLowerCase());
  return [
    ...(names.length > 0 ? [`Still as in the example: ${names.join(', ')}.`] : []),
    ...(answers.digest === ''
      ? ['The digest of the pipeline is not known: both files in .tekton hold a placeholder in its place.']
      : []),
  ];
}

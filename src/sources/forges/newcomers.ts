import type { Records } from '#sources/records.ts';
import type { ForgeId } from '#status/blocker.ts';
import { placeOf } from '#status/blockers-file.ts';
import { type Newcomer, type NewcomerProject, newcomersName } from '#status/newcomer.ts';
import type { NewcomersFile } from '#status/newcomers-file.ts';
import type { Answers } from './answers.ts';
import type { Item, Question } from './forge.ts';

/** Issues for newcomers, from the same answers as the blockers; kept as a record of each forge. */

export interface NewcomerWant {
  question: Question;
  told: Pick<NewcomerProject, 'source' | 'project' | 'label' | 'about'>;
}

/** What is to be asked of a forge. */
export function newcomerWants(file: NewcomersFile, source: ForgeId): NewcomerWant[] {
  return file.projects.flatMap(({ project: address, label = null, about }) => {
    const place = placeOf(address);
    if (place?.source !== source) return [];
    const { project } = place;
    const labels = label === null ? [] : [label];
    const question: Question = { about: 'issues', project, labels, file: 'content/newcomers.yaml' };
    return [{ question, told: { source, project, label, about } }];
  });
}

/** Keeps what is known of each project, asked in vain or not. */
export async function keepNewcomers(
  records: Records,
  source: ForgeId,
  wants: readonly NewcomerWant[],
  answers: Answers,
): Promise<void> {
  const name = newcomersName(source);
  const before = await records.read(name);
  const projects = wants.map((want) => projectOf(want, answers));
  const text = `${JSON.stringify({ schema: 1, projects })}\n`;
  if (text !== before && (projects.length > 0 || before !== null)) await records.write(name, text);
}

function projectOf({ question, told }: NewcomerWant, answers: Answers): NewcomerProject {
  const known = answers.get(question);
  const items = known?.items ?? [];
  return {
    ...told,
    askedAt: known?.askedAt ?? null,
    failed: answers.failureOf(question),
    isCut: known?.isCut ?? false,
    issues: items.filter(({ isBot }) => !isBot).map(newcomerOf),
    bots: items.filter(({ isBot }) => isBot).length,
  };
}

function newcomerOf({ number, title, url, labels, assignees, createdAt, updatedAt }: Item): Newcomer {
  return { number, title, url, labels, assignees, createdAt, updatedAt };
}

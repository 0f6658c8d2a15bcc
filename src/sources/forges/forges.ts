import type { Context } from '#sources/pass.ts';
import { type Blocker, FORGES, type ForgeId } from '#status/blocker.ts';
import type { BlockersFile } from '#status/blockers-file.ts';
import { type Answers, openAnswers } from './answers.ts';
import { type Forge, keyOf, type Question } from './forge.ts';
import { keepNewcomers, newcomerWants } from './newcomers.ts';
import { blockersOf, type Want, wantsOf } from './wants.ts';

/** Open issues, merge requests and releases that matter to us, from GitHub and GitLab. */

/** What content/blockers.yaml names, as the forges tell of it; what one does not tell now stays as it was. */
export async function askForges(context: Context): Promise<Blocker[]> {
  const { blockers, newcomers, previous } = context;
  if (!blockers && !newcomers) return previous?.blockers ?? [];
  const found = await Promise.all(FORGES.map((source) => askForge(context, blockers ?? NOTHING, source)));
  if (!blockers) return previous?.blockers ?? [];
  const byUrl = new Map<string, Blocker>();
  // What people wrote down comes first, and says more than the list that also names it.
  for (const one of found.flat()) if (!byUrl.has(one.url)) byUrl.set(one.url, one);
  return [...byUrl.values()];
}

const NOTHING: BlockersFile = { schema: 1, blockers: [], queries: [], releases: [], changes: [] };

async function askForge(
  { clients, records, report, previous, only, newcomers }: Context,
  file: BlockersFile,
  source: ForgeId,
): Promise<Blocker[]> {
  const before = previous?.blockers.filter((one) => one.source === source) ?? [];
  if (!only.has(source)) return before;
  const wants = wantsOf(file, source);
  const others = newcomers ? newcomerWants(newcomers, source) : [];
  if (wants.length + others.length === 0) return [];
  const forge = clients.forges[source];
  const answers = await openAnswers(records, source, report);
  const questions = onceEach([...wants, ...others].map(({ question }) => question));
  await answers.ask(forge, questions);
  const pipelines = pipelinesOf(wants, answers, forge);
  await answers.ask(forge, pipelines);
  answers.tell([...questions, ...pipelines]);
  await answers.save([...questions, ...pipelines]);
  if (newcomers) await keepNewcomers(records, source, others, answers);
  return wants.flatMap((want) => blockersOf(want, answers, before, forge));
}

/** Two lists may name the same question: it is asked once. */
const onceEach = (questions: readonly Question[]): Question[] => {
  const keys = questions.map(keyOf);
  return questions.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
};

/** The checks of the changes that are shown. */
function pipelinesOf(wants: readonly Want[], answers: Answers, { hasPipelines }: Forge): Question[] {
  if (!hasPipelines) return [];
  return wants.flatMap(({ question, roleOf }) =>
    (answers.get(question)?.items ?? []).flatMap((item): Question[] => {
      if (question.about !== 'changes' || roleOf(item) === null || item.number === null || !item.head) return [];
      return [{ about: 'pipeline', project: question.project, number: item.number, head: item.head }];
    }),
  );
}

import type { Blocker, ForgeId } from '#status/blocker.ts';
import { type BlockersFile, placeOf } from '#status/blockers-file.ts';
import { Slug } from '#status/scalars.ts';
import type { Answers } from './answers.ts';
import type { Forge, Item, Question } from './forge.ts';

/** From what people wrote down to questions, and from the answers back to blockers. */

export interface Want {
  question: Question;
  source: ForgeId;
  /** Why an item of the answer is shown; null: it is not. */
  roleOf(item: Item): Blocker['role'] | null;
  /** The roles that it can give. */
  roles: readonly Blocker['role'][];
  /** What people wrote beside it. */
  said: Pick<Blocker, 'blocks' | 'since' | 'why'>;
  /** The address, of a thing that is named by hand. */
  url: string | null;
}

const NOTHING_SAID = { blocks: [], since: null, why: null };
const RELEASE = /^renovate\/fedora-([^/]+)\//;

/** What is to be asked of a forge. */
export function wantsOf(file: BlockersFile, source: ForgeId): Want[] {
  const wants: Want[] = [];
  const add = (
    address: string,
    want: (project: string) => Pick<Want, 'question' | 'roleOf' | 'roles'> & Partial<Want>,
  ) => {
    const place = placeOf(address);
    if (place?.source === source) wants.push({ source, said: NOTHING_SAID, url: null, ...want(place.project) });
  };
  for (const { url, ...said } of file.blockers) {
    const { kind = 'issue', number } = placeOf(url) ?? {};
    if (number)
      add(url, (project) => ({ question: { about: 'thing', project, kind, number }, ...always('blocker'), said, url }));
  }
  for (const { project: address, labels, role, blocks } of file.queries)
    add(address, (project) => ({
      question: { about: 'issues', project, labels },
      ...always(role),
      said: { ...NOTHING_SAID, blocks },
    }));
  for (const { project: address, renovate, pipeline } of file.changes)
    add(address, (project) => ({
      question: { about: 'changes', project },
      roles: ['renovate', 'pipeline'],
      roleOf: ({ branch, title }) => {
        if (branch?.startsWith(renovate)) return 'renovate';
        const text = `${branch} ${title}`.toLowerCase();
        return pipeline.some((word) => text.includes(word.toLowerCase())) ? 'pipeline' : null;
      },
    }));
  for (const address of file.releases)
    add(address, (project) => ({ question: { about: 'release', project }, ...always('release') }));
  return wants;
}

const always = (role: Blocker['role']): Pick<Want, 'roleOf' | 'roles'> => ({ roles: [role], roleOf: () => role });

/** What is known of a wish: the answer, else what was known before, else that nothing is. */
export function blockersOf(want: Want, answers: Answers, before: readonly Blocker[], forge: Forge): Blocker[] {
  const { question, roles, url } = want;
  const kept = answers.get(question);
  if (kept)
    return kept.items.flatMap((item) => {
      const role = want.roleOf(item);
      return role ? [blockerOf(want, item, role, kept.askedAt, answers, forge)] : [];
    });
  const known = before.filter(
    (one) => one.project === question.project && roles.includes(one.role) && (url === null || one.url === url),
  );
  if (known.length > 0 || url === null) return known.map((one) => ({ ...one, ...(url ? want.said : {}) }));
  return [unread(want, url)];
}

function blockerOf(
  { question, source, said, url }: Want,
  { branch, head, isBot: _, ...item }: Item,
  role: Blocker['role'],
  checkedAt: string,
  answers: Answers,
  { hasPipelines }: Forge,
): Blocker {
  const { project } = question;
  const checks =
    item.number !== null && head ? answers.get({ about: 'pipeline', project, number: item.number, head }) : undefined;
  const release = Slug.safeParse(RELEASE.exec(branch ?? '')?.[1]);
  return {
    source,
    project,
    kind: role === 'release' ? 'release' : branch ? 'change' : 'issue',
    role,
    ...item,
    url: url ?? item.url,
    pipeline: checks?.items[0]?.pipeline ?? item.pipeline ?? (branch && !hasPipelines ? 'unasked' : null),
    ...said,
    release: release.success ? release.data : null,
    checkedAt,
  };
}

/** Something that people named, and of which its forge has not told yet. */
function unread({ question, source, said }: Want, url: string): Blocker {
  const { kind = 'issue', number = null } = placeOf(url) ?? {};
  return {
    source,
    project: question.project,
    kind,
    role: 'blocker',
    number,
    title: '',
    url,
    state: 'unknown',
    pipeline: null,
    labels: [],
    assignees: [],
    createdAt: null,
    updatedAt: null,
    closedAt: null,
    ...said,
    release: null,
    checkedAt: null,
  };
}

import { stringify } from 'yaml';
import { oneLine } from './line.ts';

/** A new file of content from its template, with the answers filled in. */

interface Field {
  /** Name of the answer, and of the option on the command line. */
  name: string;
  question: string;
  /** Keys of the template that it fills. */
  keys: readonly string[];
  /** Taken where nobody answers. */
  otherwise?: string;
}

interface Plan {
  title: string;
  template: string;
  /** Where the new one goes. */
  file: (name: string) => string;
  /** Key of the template that holds the name itself. */
  named?: string;
  fields: readonly Field[];
  /** Path of the page, below the base. */
  page: (name: string) => string;
  check: (name: string) => string;
}

const TITLE: Field = { name: 'title', question: 'Title, without a full stop', keys: ['title'] };
const SUMMARY: Field = { name: 'summary', question: 'What it is about, in one sentence', keys: ['summary'] };
const CONTENT = () => 'npm run check';

const inFolder = (folder: string, more: Partial<Plan> = {}): Omit<Plan, 'title'> => ({
  template: `content/${folder}/template.yaml.txt`,
  file: (name) => `content/${folder}/${name}.yaml`,
  fields: [TITLE, SUMMARY],
  page: (name) => `${folder}/${name}/`,
  check: CONTENT,
  ...more,
});

/** Whatever `npm run new` can begin, by the word that asks for it. */
export const PLANS = {
  runbook: { title: 'A runbook', ...inFolder('runbooks', { check: (name) => `npm run runbooks -- --only ${name}` }) },
  lab: { title: 'A lab', ...inFolder('labs', { check: (name) => `npm run labs -- --only ${name} --real` }) },
  track: { title: 'A track', ...inFolder('tracks') },
  quiz: { title: 'A quiz', ...inFolder('quizzes') },
  task: {
    title: 'The words of a task',
    ...inFolder('pipelines/tasks', {
      named: 'task',
      fields: [{ name: 'summary', question: 'What the task is for, in one sentence', keys: ['purpose'] }],
      page: () => 'pipelines/tasks/',
    }),
  },
  world: {
    title: 'A pretend world',
    ...inFolder('worlds', {
      named: 'id',
      fields: [TITLE],
      page: () => 'contribute/',
      check: (name) => `npm run simulate -- --world ${name}`,
    }),
  },
  page: {
    title: 'A page of prose',
    template: 'content/docs/_template.md.txt',
    file: (name) => `content/docs/${name.includes('/') ? name : `handbook/${name}`}.md`,
    fields: [
      TITLE,
      { name: 'summary', question: 'What a searcher finds there, in one sentence', keys: ['description'] },
      { name: 'kind', question: 'explanation, guide, reference or site', keys: ['kind'], otherwise: 'explanation' },
      {
        name: 'for',
        question: 'Who reads it, in a few words',
        keys: ['for'],
        otherwise: 'Who reads it, in a few words',
      },
      { name: 'gain', question: 'What one knows after it', keys: ['gain'], otherwise: 'What one knows after it.' },
    ],
    page: (name) => `${name.includes('/') ? name : `handbook/${name}`}/`,
    check: CONTENT,
  },
  term: {
    title: 'A word of the glossary',
    template: 'content/glossary/template.yaml.txt',
    file: () => 'content/glossary.yaml',
    fields: [
      { name: 'title', question: 'The word, as it stands in a text', keys: ['term'] },
      { name: 'summary', question: 'What it means here, in one to three sentences', keys: ['is'] },
    ],
    page: (name) => `glossary/#${name}`,
    check: CONTENT,
  },
} as const satisfies Record<string, Plan>;

export type NewKind = keyof typeof PLANS;
export type Answers = Readonly<Record<string, string>>;

/** The fields that a kind asks for. */
export const fieldsOf = (kind: NewKind): readonly Field[] => PLANS[kind].fields;

/** The text of a new file. */
export function filled(kind: NewKind, name: string, template: string, answers: Answers): string {
  const plan: Plan = PLANS[kind];
  const depth = plan.file(name).split('/').length - plan.template.split('/').length;
  const bare = template
    .replace(/^# [^\n]*\bCopy this file[^\n]*\n(?:# [^\n]*\n)*/m, '')
    .replace('$schema=', `$schema=${'../'.repeat(Math.max(0, depth))}`);
  const named = plan.named === undefined ? bare : set(bare, plan.named, name);
  return plan.fields.reduce((text, { name: field, keys, otherwise }) => {
    const value = answers[field] ?? otherwise;
    return value === undefined ? text : keys.reduce((all, key) => set(all, key, value), text);
  }, named);
}

/** The glossary with one word more, at its end. */
export function withTerm(glossary: string, id: string, answers: Answers): string {
  const entry = { [id]: { term: oneLine(answers['title'] ?? id), is: oneLine(answers['summary'] ?? '') } };
  const rows = stringify(entry, { lineWidth: 0 }).trimEnd().split('\n');
  return `${glossary.trimEnd()}\n${rows.map((row) => `  ${row}`).join('\n')}\n`;
}

/** Puts a value at a key of the first level; a comment behind it has done its work. */
function set(text: string, key: string, value: string): string {
  const row = `${key}: ${stringify(oneLine(value), { lineWidth: 0 }).trimEnd()}`;
  return text.replace(new RegExp(`^${key}:.*$`, 'm'), () => row);
}

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { FOLDERS, SINGLES } from '#editing/kinds.ts';
import { lacking, PageFields } from '#editing/page.ts';
import { parseGlossary } from '#glossary/parse.ts';

/** What the code holds a list of: the build names the line that is missing, so there is nothing to copy. */
const COMPLETE = ['objects', 'codes', 'data'];

const read = (file: string): string => readFileSync(file, 'utf8');
const templates = [
  ...Object.entries(FOLDERS).map(([kind, { folder, schema }]) => ({
    ...{ kind, schema, template: `${folder}/template.yaml.txt` },
    readme: existsSync(`${folder}/README.md`) ? `${folder}/README.md` : `${dirname(folder)}/README.md`,
  })),
  ...Object.entries(SINGLES)
    .filter(([kind]) => !COMPLETE.includes(kind))
    .map(([kind, { schema }]) => ({
      ...{ kind, schema },
      template: kind === 'glossary' ? 'content/glossary/template.yaml.txt' : `content/templates/${kind}.yaml.txt`,
      readme: kind === 'glossary' ? 'content/glossary/README.md' : 'content/templates/README.md',
    })),
];

test.each(templates)('the template of a $kind is one, as it stands', ({ schema, template }) => {
  const parsed = schema.safeParse(parse(read(template)));
  expect(parsed.success ? '' : z.prettifyError(parsed.error)).toBe('');
});

test.each(templates)(
  'the template of a $kind tells an editor its schema, and says where it goes',
  ({ kind, template }) => {
    const [first = '', second = ''] = read(template).split('\n');
    const schema = first.replace('# yaml-language-server: $schema=', '');
    expect(join(dirname(template), schema)).toBe(`content/schemas/${kind}.schema.json`);
    expect(second).toMatch(/^# .+/);
  },
);

test.each(templates)('the README beside the template of a $kind names it, and so does the one above', (one) => {
  const named = one.template.replace(`${dirname(one.readme)}/`, '');
  expect(read(one.readme)).toContain(`\`${named}\``);
  expect(read('content/README.md')).toContain(`\`${one.template.replace('content/', '')}\``);
});

test('the template of a word stands on its own sources', () => {
  const file = 'content/glossary/template.yaml.txt';
  expect(parseGlossary(read(file), file).map(({ sources }) => sources.length)).toEqual([1]);
});

test('a list without a template is named with what to do instead', () => {
  for (const kind of COMPLETE) expect(read('content/README.md'), kind).toContain(`\`${kind}.yaml\``);
});

test('no template is left over', () => {
  const known = templates.map(({ template }) => template);
  expect(globSync('content/**/*.yaml.txt').filter((file) => !known.includes(file))).toEqual([]);
});

test('the template of a page has all that a page must have', () => {
  const text = read('content/docs/_template.md.txt');
  const head = z.looseObject({ title: z.string(), description: z.string().min(80).max(160).endsWith('.') });
  const fields = parse(/^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '');
  expect(head.safeParse(fields).success).toBe(true);
  const page = PageFields.parse(fields);
  expect(lacking(page)).toEqual([]);
  for (const source of page.sources) {
    expect(parse(read('content/references.yaml'))).toHaveProperty([source]);
    expect(text).toContain(`(#source-${source})`);
  }
  expect(text).toContain('# yaml-language-server: $schema=../schemas/page.schema.json');
});

test('every folder that the README names is there, and every folder of what people write is named', () => {
  const named = [...read('content/README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => `content/${path}`);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
  for (const folder of globSync('content/*/README.md').map((file) => dirname(file).replace('content/', '')))
    expect(read('content/README.md'), folder).toContain(`${folder}/`);
});

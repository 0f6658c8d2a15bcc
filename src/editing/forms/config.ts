import { FOLDERS, SINGLES } from '../kinds.ts';
import { type SchemaName, schemaOf } from '../schemas.ts';
import type { Backend } from './backend.ts';
import { type Field, fieldsOf, type Relations } from './fields.ts';
import { ALL, BEFORE } from './file.ts';
import { type Fields, type Shape, shapeOf } from './shape.ts';

/** The configuration of the forms at /admin/, made of the schemas by which the build checks what was written. */

/** Sveltia CMS reads and writes files of such a format, which brings its extension, by `openYaml` and `saveYaml`, or those of pages. */
export interface Format {
  name: string;
  extension: 'yaml' | 'md';
  shape: Shape;
}

type Folder = keyof typeof FOLDERS;
type Single = keyof typeof SINGLES;

/** Not offered: what drives the refresh or the pretend services is edited by people who read the code beside it. */
const LEFT_OUT: readonly string[] = ['world', 'targets', 'picture'] satisfies (Folder | Single)[];

const list = (file: Single, display: string) => ({
  collection: 'lists',
  file,
  value_field: `${ALL}.*.id`,
  display_fields: [`${ALL}.*.${display}`],
  search_fields: [`${ALL}.*.id`, `${ALL}.*.${display}`],
});
const RUNBOOK = { collection: 'runbook', value_field: '{{slug}}', display_fields: ['title'], search_fields: ['title'] };
const TERM = {
  ...list('glossary', 'term'),
  value_field: 'terms.*.id',
  display_fields: ['terms.*.term'],
  search_fields: ['terms.*.term'],
};

/** Fields whose values are names of another list. */
const RELATIONS: Partial<Record<SchemaName, Relations>> = {
  page: { sources: list('references', 'title') },
  runbook: {
    'escalate.owner': list('owners', 'name'),
    variables: list('variables', 'label'),
    optional: list('variables', 'label'),
    related: RUNBOOK,
    'steps.branches.runbook': RUNBOOK,
  },
  task: { 'fails.runbook': RUNBOOK },
  glossary: { 'terms.see': TERM },
  reviews: { runbook: RUNBOOK },
};

interface Collection {
  name: string;
  label: string;
  [option: string]: unknown;
}

export interface Forms {
  config: Record<string, unknown>;
  formats: Format[];
}

/** Configuration and formats; `backend` says on which forge the signed in work. */
export function formsOf(backend: Backend): Forms {
  const folders = Object.entries(FOLDERS).filter(([name]) => !LEFT_OUT.includes(name));
  const entries = folders.map(([name]) => folderOf(name as Folder));
  const singles = Object.keys(SINGLES).filter((name) => !LEFT_OUT.includes(name));
  const files = singles.map((name) => fileOf(name as Single));
  const page = pageOf();
  const lists = { name: 'lists', label: 'Lists', description: 'Files that hold many entries.' };
  const config = {
    load_config_file: false,
    ...backend,
    app_title: 'Slipway: forms',
    // No image is uploaded; the option must be there.
    media_folder: 'public',
    media_libraries: { stock_assets: { providers: [] } },
    show_preview_links: false,
    editor: { preview: false },
    output: { yaml: { quote: 'none' } },
    slug: { encoding: 'ascii', clean_accents: true, maxlength: 60 },
    collections: [
      ...entries.flatMap(({ collections }) => collections),
      { ...lists, files: files.map(({ file }) => file) },
      page.collection,
    ],
  };
  return { config, formats: [...entries, ...files, page].map(({ format }) => format) };
}

const hidden: Field = { name: BEFORE, label: 'Text before', widget: 'hidden' };
const SLUG = {
  editable: ['create'],
  hint: 'The name of the file, and the last part of the address',
  pattern: ['/^[a-z0-9]+([.-][a-z0-9]+)*$/', 'Write lower-case letters, digits and hyphens.'],
};

/** The editor reads each file of a folder once, for all collections over that folder: they have one format. */
function folderOf(name: Folder): { collections: Collection[]; format: Format } {
  const { title, folder } = FOLDERS[name];
  const shape = shapeOf(schemaOf(name));
  const format = `slipway-${name}`;
  const collections = variantsOf(name, LABELS[name] ?? title, shape).map(({ id, label, fields, filter }) => {
    const identifier = Object.hasOwn(fields.fields, 'title') ? 'title' : 'task';
    return {
      name: id,
      label,
      folder,
      format,
      create: true,
      identifier_field: identifier,
      slug: { template: `{{${identifier}}}`, ...SLUG },
      sortable_fields: [identifier],
      ...(filter ? { filter } : {}),
      fields: [...fieldsOf(fields, RELATIONS[name] ?? {}), hidden],
    };
  });
  return { collections, format: { name: format, extension: 'yaml', shape } };
}

/** As an editor calls all of them. */
const LABELS: Partial<Record<Folder, string>> = {
  runbook: 'Runbooks',
  lab: 'Labs',
  track: 'Tracks',
  quiz: 'Quizzes',
  walkthrough: 'Walks',
  task: 'Tasks',
};

interface Variant {
  id: string;
  label: string;
  fields: Fields;
  filter?: { field: string; value: string };
}

/** A kind whose files are of several types is shown as several lists, because a form has one set of fields. */
function variantsOf(name: string, label: string, shape: Shape): Variant[] {
  if (shape.kind === 'object') return [{ id: name, label, fields: shape }];
  if (shape.kind !== 'choice' || !shape.isWritten) throw new Error(`No form can show files of the kind ${name}.`);
  return Object.entries(shape.types).map(([type, { fields, ...rest }]) => {
    const is: Shape = { kind: 'value', optional: false, leaf: { const: type } };
    return {
      id: `${name}-${type}`,
      label: `${label}: ${type}`,
      fields: { ...rest, fields: { [shape.key]: is, ...fields } },
      filter: { field: shape.key, value: type },
    };
  });
}

function fileOf(name: Single): { file: Collection; format: Format } {
  const { title, file } = SINGLES[name];
  const shape = shapeOf(schemaOf(name));
  const fields: Fields =
    shape.kind === 'object' ? shape : { kind: 'object', optional: false, fields: { [ALL]: { ...shape, hint: title } } };
  const relations = RELATIONS[name] ?? {};
  const within = Object.fromEntries(Object.entries(relations).map(([path, to]) => [`${ALL}.${path}`, to]));
  return {
    format: { name: `slipway-${name}`, extension: 'yaml', shape },
    file: {
      name,
      label: title,
      file,
      format: `slipway-${name}`,
      fields: [...fieldsOf(fields, shape.kind === 'object' ? relations : within), hidden],
    },
  };
}

/** Pages in plain Markdown; what stands in .mdx is for those who write components. */
function pageOf(): { collection: Collection; format: Format } {
  const shape = shapeOf(schemaOf('page'));
  if (shape.kind !== 'object') throw new Error('The front matter of a page is no object.');
  const body: Field = {
    name: 'body',
    label: 'Text',
    widget: 'text',
    hint: 'Markdown, one sentence a line',
    use_emoji_autocomplete: false,
  };
  return {
    format: { name: 'slipway-page', extension: 'md', shape },
    collection: {
      name: 'page',
      label: 'Pages',
      folder: 'content/docs',
      path: '{{slug}}',
      nested: { subfolders: false },
      format: 'slipway-page',
      create: false,
      fields: [...fieldsOf(shape, RELATIONS.page ?? {}), body, hidden],
    },
  };
}

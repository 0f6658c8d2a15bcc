import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FOLDERS, SINGLES } from '#editing/kinds.ts';
import { parseReferences } from '#editing/references.ts';
import { parseGlossary } from '#glossary/parse.ts';
import { parseMilestones } from '#handbook/milestones.ts';
import { parseCodeWords } from '#handbook/reference/codes.ts';
import { parseDataWords } from '#handbook/reference/data.ts';
import { parseLabels } from '#handbook/reference/labels.ts';
import { parseObjectWords } from '#handbook/reference/objects.ts';
import { parseSystems } from '#handbook/systems.ts';
import { parseLab } from '#lab/catalog.ts';
import { parseMoved, parseQuiz, parseTrack } from '#learn/catalog.ts';
import { parsePicture } from '#picture/model.ts';
import { parseTaskWords, parseWalkthrough } from '#pipeline/content.ts';
import { parseOwners, parseRedirects, parseReviews, parseRunbook, parseVariables } from '#runbook/catalog.ts';
import { lint } from '#runbook/lint/lint.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';
import { parseBlockers } from '#status/blockers-file.ts';
import { IN_WORDS, type Issue } from '#status/in-words.ts';
import { parseNewcomers } from '#status/newcomers-file.ts';
import { parseTargets, readYaml } from '#status/parse.ts';
import { parseAllowed } from './outside.ts';
import { readShell } from './shell.ts';
import { parseStrings } from './strings.ts';
import { readWorld } from './world.ts';

/** Which parser the build reads each file of content/ with. */

export type Parse = (text: string, file: string) => unknown;

/** Each file under `root` that people write, other than pages, with what reads it; where a kind has no parser, its schema does. */
export async function parsersFor(root: string): Promise<Map<string, Parse>> {
  const kinds = await parsersOf(root);
  const parsers = new Map<string, Parse>();
  for (const [kind, { folder, schema }] of Object.entries(FOLDERS))
    for (const name of globSync('*.{yaml,yml}', { cwd: join(root, folder) }).sort())
      parsers.set(`${folder}/${name}`, kinds.get(kind) ?? bySchema(schema));
  for (const [kind, { file, schema }] of Object.entries(SINGLES))
    parsers.set(file, kinds.get(kind) ?? bySchema(schema));
  parsers.set('content/redirects.yaml', parseRedirects);
  parsers.set('content/moved.yaml', parseMoved);
  parsers.set('content/outside-links-allowed.yaml', parseAllowed);
  for (const name of globSync('content/i18n/*/*.json', { cwd: root }).sort())
    parsers.set(name.replaceAll('\\', '/'), parseStrings);
  return parsers;
}

async function parsersOf(root: string): Promise<Map<string, Parse>> {
  // Null where the file is broken: its faults are told at its own lines, and nothing can be held against it.
  const read = <T>(file: string, parse: (text: string, file: string) => T): Promise<T | null> =>
    readFile(join(root, file), 'utf8')
      .then((text) => parse(text, file))
      .catch(() => null);
  const shell = await readShell();
  const variables = await read('content/variables.yaml', parseVariables);
  const owners = await read('content/owners.yaml', parseOwners);
  const references = await read('content/references.yaml', parseReferences);
  const cited = references && Object.keys(references);
  return new Map<string, Parse>([
    ...(variables && owners
      ? [
          [
            'runbook',
            (body, file) => parseRunbook(body, file, { variables, owners }, (one) => lint(one, variables, shell)),
          ] satisfies [string, Parse],
        ]
      : []),
    ...(cited
      ? ([
          ['systems', (body, file) => parseSystems(body, file, cited)],
          ['milestones', (body, file) => parseMilestones(body, file, cited)],
        ] satisfies [string, Parse][])
      : []),
    ['lab', parseLab],
    ['track', parseTrack],
    ['quiz', parseQuiz],
    ['walkthrough', parseWalkthrough],
    ['task', parseTaskWords],
    ['picture', parsePicture],
    ['world', (_, file) => readWorld(join(root, file), file)],
    ['glossary', parseGlossary],
    ['references', parseReferences],
    [
      'objects',
      (body, file) =>
        parseObjectWords(
          body,
          file,
          KINDS.filter(({ isCustom }) => isCustom),
        ),
    ],
    ['labels', parseLabels],
    ['codes', parseCodeWords],
    ['data', parseDataWords],
    ['variables', parseVariables],
    ['owners', parseOwners],
    ['reviews', parseReviews],
    ['blockers', parseBlockers],
    ['newcomers', parseNewcomers],
    ['targets', (body, file) => parseTargets(body, file)],
  ]);
}

interface Schema {
  safeParse(
    value: unknown,
    words: typeof IN_WORDS,
  ): { success: boolean; error?: { issues: readonly Issue[] } | undefined };
}

function bySchema(schema: Schema): Parse {
  return (text, file) => {
    const { value, fail } = readYaml(text, file);
    const { error } = schema.safeParse(value, IN_WORDS);
    return error ? fail(error.issues) : value;
  };
}

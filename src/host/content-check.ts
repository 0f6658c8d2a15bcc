import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheatSheet } from '#cheat-sheet/model.ts';
import { findingsOf } from '#editing/faults.ts';
import type { Finding } from '#editing/finding.ts';
import { FOLDERS, SINGLES } from '#editing/kinds.ts';
import { parseReferences } from '#editing/references.ts';
import { BLOCKING } from '#editing/rules.ts';
import { parseGlossary } from '#glossary/parse.ts';
import { parseLab } from '#lab/catalog.ts';
import { parseMoved, parseQuiz, parseTrack } from '#learn/catalog.ts';
import { parseTaskWords, parseWalkthrough } from '#pipeline/content.ts';
import { parseOwners, parseRedirects, parseReviews, parseRunbook, parseVariables } from '#runbook/catalog.ts';
import { lint } from '#runbook/lint/lint.ts';
import { parseTargets, readYaml } from '#status/parse.ts';
import { readLabs } from './labs.ts';
import { readLearning } from './learning.ts';
import { parseAllowed } from './outside.ts';
import { checkPages } from './pages-check.ts';
import { checkRedirects } from './redirects.ts';
import { readRunbooks } from './runbooks.ts';
import { readShell } from './shell.ts';
import { readWorld } from './world.ts';

/** Everything that people write, read as the build reads it, and every fault of every file. */

type Parse = (text: string, file: string) => unknown;

/** Faults of all content under `root`; empty where a build would take it. */
export async function checkContent(root: string): Promise<Finding[]> {
  const alone = [...(await eachFile(root)), ...(await checkPages(root))];
  const isBroken = new Set(alone.map(({ file }) => file));
  // What is broken by itself would be reported once more by all that lead to it.
  return isBroken.size > 0 ? alone : [...(await together(root)), ...(await checkRedirects(root))];
}

async function eachFile(root: string): Promise<Finding[]> {
  const parsers = await parsersFor(root);
  const faults = [...parsers].map(async ([file, parse]) => {
    try {
      await parse(await readFile(join(root, file), 'utf8'), file);
      return [];
    } catch (error) {
      return findingsOf(error, file, BLOCKING.form);
    }
  });
  return (await Promise.all(faults)).flat();
}

/** Each file with what reads it: the parser of its kind, or where there is none the schema. */
async function parsersFor(root: string): Promise<Map<string, Parse>> {
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
  return parsers;
}

async function parsersOf(root: string): Promise<Map<string, Parse>> {
  const text = (name: string) => readFile(join(root, name), 'utf8');
  const shell = await readShell();
  const shared = async () => ({
    variables: parseVariables(await text('content/variables.yaml'), 'content/variables.yaml'),
    owners: parseOwners(await text('content/owners.yaml'), 'content/owners.yaml'),
  });
  // Their own faults are told at their own files.
  const known = await shared().catch(() => ({ variables: {}, owners: {} }));
  return new Map<string, Parse>([
    ['runbook', (body, file) => parseRunbook(body, file, known, (one) => lint(one, known.variables, shell))],
    ['lab', parseLab],
    ['track', parseTrack],
    ['quiz', parseQuiz],
    ['walkthrough', parseWalkthrough],
    ['task', parseTaskWords],
    ['world', (_, file) => readWorld(join(root, file), file)],
    ['glossary', parseGlossary],
    ['references', parseReferences],
    ['variables', parseVariables],
    ['owners', parseOwners],
    ['reviews', parseReviews],
    ['targets', (body, file) => parseTargets(body, file)],
  ]);
}

interface Schema {
  safeParse(value: unknown): {
    success: boolean;
    error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined;
  };
}

function bySchema(schema: Schema): Parse {
  return (text, file) => {
    const { value, fail } = readYaml(text, file);
    const { error } = schema.safeParse(value);
    return error ? fail(error.issues) : value;
  };
}

/** What no file can tell of itself: who leads to whom. */
async function together(root: string): Promise<Finding[]> {
  const cheatSheet = 'content/cheat-sheet.yaml';
  const whole: [string, () => Promise<unknown>][] = [
    ['content/runbooks', () => readRunbooks(root)],
    ['content/tracks', () => readLearning(root)],
    [
      cheatSheet,
      async () => {
        const { runbooks } = await readRunbooks(root);
        return parseCheatSheet(
          await readFile(join(root, cheatSheet), 'utf8'),
          cheatSheet,
          runbooks,
          await readLabs(root),
        );
      },
    ],
  ];
  const found: Finding[] = [];
  for (const [file, read] of whole) {
    try {
      await read();
    } catch (error) {
      found.push(...findingsOf(error, file, BLOCKING.together));
    }
  }
  return found;
}

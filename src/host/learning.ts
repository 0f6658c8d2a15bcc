import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { headOf } from '#editing/head.ts';
import { checkLeads } from '#lab/catalog.ts';
import type { Lab } from '#lab/model.ts';
import { checkMoved, parseMoved, parseQuiz, parseTrack } from '#learn/catalog.ts';
import type { Quiz, Track } from '#learn/model.ts';
import type { Moved } from '#learn/progress.ts';
import type { Place, Places } from '#learn/view.ts';
import { movesOf } from '#runbook/addresses.ts';
import { parseRedirects } from '#runbook/catalog.ts';
import { readYaml } from '#status/parse.ts';
import { readLabs } from './labs.ts';
import { readWalkthroughs } from './pipelines.ts';
import { readStrings } from './strings.ts';

/** Tracks, quizzes, and all that they lead to. */

export interface Learning {
  /** In the order in which they are shown. */
  tracks: Track[];
  quizzes: Quiz[];
  /** By Ref. Of pages that are no prose the title is empty. */
  places: Places;
  /** Names that progress may still hold. */
  moved: Moved;
}

/** Reads content/ under `root`; throws a ContentError where anything is broken or leads to nothing. */
export async function readLearning(root: string): Promise<Learning> {
  const tracks = await readAll(root, 'content/tracks', parseTrack);
  const quizzes = await readAll(root, 'content/quizzes', parseQuiz);
  const labs = await readLabs(root);
  const places = await placesOf(root, { tracks, quizzes, labs });
  const known = new Set(Object.keys(places));
  checkLeads([...tracks.map(leadsOfTrack), ...quizzes.map(leadsOfQuiz), ...labs.map(leadsOfLab)], known);
  const moved = await movedOf(root, known);
  return { tracks: tracks.sort((a, b) => a.order - b.order || a.id.localeCompare(b.id)), quizzes, places, moved };
}

const leadsOfTrack = ({ id, chapters, next }: Track) => ({
  file: `content/tracks/${id}.yaml`,
  refs: [...chapters.flatMap(({ items }) => items.map(({ ref }) => ref)), ...next],
});

const leadsOfQuiz = ({ id, questions }: Quiz) => ({
  file: `content/quizzes/${id}.yaml`,
  refs: questions.flatMap(({ more }) => more ?? []),
});

const leadsOfLab = ({ id, before, next }: Lab) => ({ file: `content/labs/${id}.yaml`, refs: [...before, ...next] });

async function placesOf(root: string, own: { tracks: Track[]; quizzes: Quiz[]; labs: Lab[] }): Promise<Places> {
  const walkthroughs = await readWalkthroughs(join(root, 'content/pipelines'));
  const runbooks = await readAll(root, 'content/runbooks', titleOf);
  const rows = <T extends { id: string; title: string }>(kind: string, all: readonly T[], more?: (one: T) => Steps) =>
    all.map((one): [string, Place] => [`${kind}:${one.id}`, { title: one.title, minutes: null, ...more?.(one) }]);
  return Object.fromEntries([
    ...rows('track', own.tracks),
    ...rows('quiz', own.quizzes, ({ minutes, questions }) => ({ minutes, steps: questions.length })),
    ...rows('lab', own.labs, ({ minutes, steps }) => ({ minutes, steps: steps.length })),
    ...rows('walkthrough', walkthroughs),
    ...rows('runbook', runbooks),
    ...(await pagesOf(root)),
  ]);
}

type Steps = Pick<Place, 'minutes' | 'steps'>;

/** Pages of prose with their titles, and the pages of code that have one address, with theirs where it stands in them. */
async function pagesOf(root: string): Promise<[string, Place][]> {
  const prose = await Array.fromAsync(glob('**/[!_]*.{md,mdx}', { cwd: join(root, 'content/docs') }));
  const coded = await Array.fromAsync(glob('**/[!_]*.astro', { cwd: join(root, 'src/pages') }));
  const strings = readStrings(pathToFileURL(`${root}/`))['en'] ?? {};
  return [
    ...(await Promise.all(
      coded
        .filter((name) => !name.includes('['))
        .map(async (name): Promise<[string, Place]> => {
          const text = await readFile(join(root, 'src/pages', name), 'utf8');
          const [, own, string] = /\bconst title = (?:'([^']+)'|t\('([^']+)')/.exec(text) ?? [];
          return [pageRef(name), { title: own ?? strings[string ?? ''] ?? '', minutes: null }];
        }),
    )),
    ...(await Promise.all(
      prose.map(async (name): Promise<[string, Place]> => {
        const text = await readFile(join(root, 'content/docs', name), 'utf8');
        return [pageRef(name), { title: titleOf(headOf(text), `content/docs/${name}`).title, minutes: null }];
      }),
    )),
  ];
}

/** `handbook/evidence.md` to `page:/handbook/evidence/`, `start/index.md` to `page:/start/`. */
const pageRef = (name: string): string =>
  `page:/${`${name.replace(/\.[a-z]+$/, '')}/`.replace(/(^|\/)index\/$/, '$1')}`;

const Titled = z.object({ title: z.string() });

function titleOf(text: string, file: string): { id: string; title: string } {
  const { value, fail } = readYaml(text, file);
  const read = Titled.safeParse(value);
  if (!read.success) return fail([{ path: ['title'], message: 'it needs a title' }]);
  return { id: (file.split('/').at(-1) ?? '').replace(/\.[a-z]+$/, ''), title: read.data.title };
}

/** Runbooks that were renamed, and content/moved.yaml. */
async function movedOf(root: string, known: ReadonlySet<string>): Promise<Moved> {
  const content = (name: string) => readFile(join(root, 'content', name), 'utf8');
  const redirects = parseRedirects(await content('redirects.yaml'), 'content/redirects.yaml');
  const runbooks = await readAll(root, 'content/runbooks', titleOf);
  const moved = parseMoved(await content('moved.yaml'), 'content/moved.yaml');
  checkMoved(moved, 'content/moved.yaml', known);
  const renamed = movesOf(runbooks, redirects).map(({ old, runbook }) => [`runbook:${old}`, `runbook:${runbook.id}`]);
  return { ...Object.fromEntries(renamed), ...moved };
}

async function readAll<T>(root: string, folder: string, parse: (text: string, file: string) => T): Promise<T[]> {
  const names = (await Array.fromAsync(glob('*.{yaml,yml}', { cwd: join(root, folder) }))).sort();
  return Promise.all(
    names.map(async (name) => parse(await readFile(join(root, folder, name), 'utf8'), `${folder}/${name}`)),
  );
}

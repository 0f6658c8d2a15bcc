import { getCollection, getEntry } from 'astro:content';
import { glob, readFile } from 'node:fs/promises';
import { type Board, boardOf, type Material, type Written } from '#editing/board.ts';
import { datedIn } from '#editing/dated.ts';
import { OutsideLinks } from '#editing/outside-links.ts';
import { codeOf, sourceOf } from '#editing/source.ts';
import { readText } from '#host/store.ts';
import { ContentError } from '#status/parse.ts';
import { linesIn } from '../_edit.ts';
import { taskIndex } from '../pipelines/_lists.ts';
import { readRunbooks } from '../runbooks/_data.ts';
import { fileOf, runbookViews } from '../runbooks/_views.ts';
import { readStatus } from '../status/_data.ts';

let board: Promise<Board> | undefined;

/** The board as of the moment at which the data was made, put together once a build. */
export function readBoard(): Promise<Board> {
  if (import.meta.env.DEV) return makeBoard();
  board ??= makeBoard();
  return board;
}

async function makeBoard(): Promise<Board> {
  const { snapshot } = await readStatus();
  const pages = await prosePages();
  return boardOf(
    {
      pages,
      runbooks: await runbookStandings(),
      words: await glossaryWords(),
      sources: await datedSources(),
      undocumented: await undocumentedTasks(),
      outside: await outsideLinks(),
      fileOf: (address) => writtenAt(address, pages),
    },
    snapshot.generatedAt,
  );
}

async function prosePages() {
  return (await getCollection('docs')).map(({ data, body = '', filePath = '' }) => ({
    ...{ title: data.title, file: filePath, line: 1 },
    ...{ kind: data.kind, sources: data.sources.length, review: data.review },
    words: body.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length,
  }));
}

async function runbookStandings(): Promise<Material['runbooks']> {
  const { reviews } = await readRunbooks();
  return (await runbookViews()).map(({ runbook, commands, state }) => {
    const ran = [...commands.values()].every(({ run }) => run.state === 'ran' || run.state === 'double');
    return {
      ...{ title: runbook.title, file: fileOf(runbook.id), line: 1 },
      isDraft: runbook.status === 'draft',
      notRun: ran ? null : state,
      isConfirmed: reviews.some((review) => review.runbook === runbook.id),
    };
  });
}

async function glossaryWords(): Promise<Material['words']> {
  const file = 'content/glossary.yaml';
  const line = await linesIn(file);
  const terms = (await getEntry('glossary', 'all'))?.data.terms ?? [];
  return terms.map(({ id, term, sources, ours = false, unsure }) => ({
    ...{ title: term, file, line: line(['terms', id]), sources: sources.length, isOurs: ours, unsure },
  }));
}

/** Pretend worlds rest on nothing, and records are no texts. */
async function datedSources(): Promise<Material['sources']> {
  const names = await Array.fromAsync(glob('content/**/*.yaml'));
  const files = names.filter((name) => !/^content\/(worlds|status)\//.test(name)).sort();
  const found = await Promise.all(
    files.map(async (file) => datedIn(await readFile(file, 'utf8')).map((source) => ({ ...source, file }))),
  );
  return found.flat();
}

async function undocumentedTasks(): Promise<Written[]> {
  const rows = (await taskIndex()).filter(({ isDocumented }) => !isDocumented);
  return rows.map(({ name, file }) => ({ title: name, file: file ?? 'content/pipelines/tasks', line: 1 }));
}

async function outsideLinks(): Promise<OutsideLinks | null> {
  const path = `${process.env['SLIPWAY_STATUS_DIR'] ?? 'content/status'}/outside-links.json`;
  const text = await readText(path);
  if (text === null) return null;
  try {
    return OutsideLinks.parse(JSON.parse(text));
  } catch (cause) {
    throw new ContentError(`${path}: this is no list of links. Delete it: the nightly look writes it anew.`, { cause });
  }
}

/** Where a page is written, by its path below the base. */
function writtenAt(address: string, pages: readonly Written[]): Written {
  const id = address.replace(/[?#].*$/, '').replace(/^\/+|(index\.html)?\/*$/g, '');
  const prose = pages.find(({ file }) =>
    [`${id}.md`, `${id}.mdx`, `${id}/index.md`, `${id}/index.mdx`].some(
      (end) => file === `content/docs/${end.replace(/^\//, '')}`,
    ),
  );
  return prose ?? { title: address, file: sourceOf(id) ?? codeOf(id)[0] ?? '', line: 1 };
}

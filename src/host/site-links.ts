import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pagesOf } from '#editing/addresses.ts';
import type { Finding } from '#editing/finding.ts';
import { type Broken, brokenLinks } from '#editing/links.ts';
import { BLOCKING } from '#editing/rules.ts';
import { sourceOf } from '#editing/source.ts';
import { valuesOf } from '#runbook/link.ts';
import { readPages, servedFrom } from './built.ts';
import { type Runbooks, readRunbooks } from './runbooks.ts';

/** Links of the built site that lead nowhere, each at the line of the file that it was written in. */

/** Looks at every link of a site that was built from `root`; throws where `dist` holds no site. */
export async function checkLinks(root: string, dist: string, base: string): Promise<Finding[]> {
  const broken = brokenLinks({
    base,
    pages: readPages(dist),
    has: (path) => servedFrom(dist, path) !== null,
    unfit: valuesTaken(await readRunbooks(root)),
  });
  const texts = await readSources(root);
  return [...Map.groupBy(broken, ({ address }) => address).values()].flatMap((same) => findingsOf(same, base, texts));
}

/** Tells of a link into a runbook which values it does not ask for or cannot take. */
export function valuesTaken({
  runbooks,
  variables,
}: Pick<Runbooks, 'runbooks' | 'variables'>): (path: string, fragment: string) => string[] {
  return (path, fragment) => {
    const runbook = runbooks.find(({ id }) => path === `runbooks/${id}/`);
    const asked = Object.entries(variables).filter(([name]) => runbook?.variables.includes(name));
    return valuesOf(fragment, Object.fromEntries(asked)).dropped;
  };
}

type Texts = ReadonlyMap<string, string>;

const WRITTEN = ['content/**/*.{md,mdx,yaml}', 'content/i18n/**/*.json', 'src/**/*.{astro,ts}'];

async function readSources(root: string): Promise<Texts> {
  const names = globSync(WRITTEN, { cwd: root }).map((name) => name.replaceAll('\\', '/'));
  return new Map(
    await Promise.all(names.sort().map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const)),
  );
}

interface Place {
  file: string;
  line: number;
}

/** One finding for each place in which the address is written, however many pages show it. */
function findingsOf(same: readonly Broken[], base: string, texts: Texts): Finding[] {
  const places = new Map<string, { at: Place; broken: Broken; pages: string[] }>();
  for (const broken of same) {
    const at = placeOf(broken, base, texts);
    const key = `${at.file}:${at.line}`;
    const known = places.get(key);
    if (known) known.pages.push(broken.page);
    else places.set(key, { at, broken, pages: [broken.page] });
  }
  return [...places.values()].map(({ at, broken: { address, why, kind }, pages }) => ({
    ...at,
    rule: BLOCKING[kind],
    weight: 'blocks',
    message: `The link ${address} ${why}${pages.length > 1 ? ` (on ${pages.length} pages)` : ` (on /${pages[0]})`}.`,
    action: ACTIONS[kind],
  }));
}

const ACTIONS: Record<Broken['kind'], string> = {
  page: 'Write the address of a page that is there, or add the page; for one that has moved, a line in content/redirects.yaml helps those who come from outside.',
  anchor: 'Write the name of a heading of that page, in lower case with hyphens, or take the part after # away.',
  value: 'Write values that the runbook asks for.',
};

/** Where the address is written: in the file of its page, else in any; else the file of the page, else the pages' code. */
function placeOf({ page, address }: Broken, base: string, texts: Texts): Place {
  const source = sourceOf(page.replace(/\/$/, ''));
  const own = [...texts.keys()].filter((file) => file === source || pagesOf(file).includes(page));
  const forms = formsOf(address, base, page);
  for (const files of [own, [...texts.keys()].filter((file) => !own.includes(file))])
    for (const form of forms)
      for (const file of files) {
        const line = lineWith(texts.get(file) ?? '', form);
        if (line > 0) return { file, line };
      }
  return { file: own[0] ?? 'src/pages', line: 1 };
}

/** The address as it may have been written: whole, from the root, without its base. A bare anchor is looked for with its #. */
function formsOf(address: string, base: string, page: string): string[] {
  const below = address.startsWith(base) ? address.slice(base.length) : null;
  const [path = '', anchor = ''] = (below ?? address).split('#', 2);
  const rooted = below === null ? [] : [`/${below}`, ...(below.length > 3 ? [below] : [])];
  const here = path === page && anchor ? [`#${anchor}`] : [];
  return [address, ...rooted, ...here].filter((form) => form.length > 1);
}

/** From 1; 0 where no line has the text as a whole address. */
function lineWith(text: string, form: string): number {
  // Most files have it nowhere: what is dear is done for the others alone.
  if (!text.includes(form)) return 0;
  const at = text.search(new RegExp(`(?<![\\w./-])${RegExp.escape(form)}(?![\\w/#-])`));
  return at < 0 ? 0 : text.slice(0, at).split('\n').length;
}

/** llms.txt: where programs find what on this site, in the form of llmstxt.org. */

export interface Listed {
  /** Whole address of the page's Markdown. */
  address: string;
  /** Path of the page below the base: `runbooks/stale-image/`. */
  path: string;
  title: string;
  description: string;
}

/** Sections in their order; the first that fits takes a page. `Optional` is a word of the format: what may be left out. */
const SECTIONS: readonly [heading: string, path: RegExp][] = [
  ['Optional', /^(status\/.+|handbook\/reference\/.+\/.+|contribute\/.+|progress\/|quizzes\/.*|offline\/)$/],
  ['Status', /^status\/$/],
  ['Handbook', /^(handbook|glossary|cheat-sheet)\//],
  ['Runbooks', /^(runbooks|symptoms)\//],
  ['Pipelines', /^pipelines\//],
  ['Learn', /^(start|tracks|labs)\//],
  ['About this site', /^/],
];

/** The file; `data` lists further addresses with what they hold, `order` paths as one reads them; other pages come after, by path. */
export function llmsText(
  about: { title: string; summary: string; notice: string | null },
  pages: readonly Listed[],
  data: readonly (readonly [address: string, what: string])[],
  order: readonly string[] = [],
): string {
  const place = ({ path }: Listed) => (order.includes(path) ? order.indexOf(path) : order.length);
  const sections = new Map<string, string[]>(SECTIONS.map(([heading]) => [heading, []]));
  for (const page of [...pages].sort((a, b) => place(a) - place(b) || a.path.localeCompare(b.path, 'en'))) {
    const heading = SECTIONS.find(([, path]) => path.test(page.path))?.[0] ?? 'Optional';
    sections.get(heading)?.push(line(page.title, page.address, page.description));
  }
  const [optional, ...others] = [...sections];
  const rows = [...others, ['Data', data.map(([address, what]) => line(nameOf(address), address, what))] as const];
  const blocks = [...rows, ...(optional ? [optional] : [])]
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => `## ${heading}\n\n${lines.join('\n')}`);
  const head = [`# ${about.title}`, `> ${about.summary}`, ...(about.notice ? [about.notice] : []), HOW];
  return `${[...head, ...blocks].join('\n\n')}\n`;
}

const HOW = 'Every page exists as Markdown too: add `index.md` to its address.';

const line = (title: string, address: string, what: string): string =>
  `- [${plain(title)}](${address})${what ? `: ${plain(what)}` : ''}`;

/** What would be a link or a tag is the text that it is. */
const plain = (text: string): string => text.replace(/[[\]\\<]/g, '\\$&');

const nameOf = (address: string): string => address.split('/').at(-1) ?? address;

import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pagesOf } from '#editing/addresses.ts';
import type { Finding } from '#editing/finding.ts';
import { FOLDERS, SINGLES } from '#editing/kinds.ts';
import { BLOCKING } from '#editing/rules.ts';

/** Files of content/ that nothing would read, and those that cannot be read. */

const NAME = '[a-z0-9]+(?:[.-][a-z0-9]+)*';
const PART = '[a-z0-9]+(?:-[a-z0-9]+)*';
const DATA = Object.values(FOLDERS).map(({ folder }) => folder);

/** What has a place; the first that fits decides. */
const PLACES: readonly RegExp[] = [
  /^content\/(?:.*\/)?README\.(?:md|txt)$/,
  /^content\/(?:[a-z0-9-]+\/)*(?:template|[a-z]+)\.yaml\.txt$/,
  /^content\/docs\/(?:.*\/)?_[^/]*$/,
  new RegExp(`^content/docs/(?:${PART}/)*${PART}\\.mdx?$`),
  new RegExp(`^(?:${DATA.join('|')})/${NAME}\\.yaml$`),
  /^content\/worlds\/[a-z0-9-]+\//,
  /^content\/(?:schemas|status)\//,
  /^content\/i18n\/[A-Za-z-]+\/[a-z-]+\.json$/,
];

const ALONE: ReadonlySet<string> = new Set([
  ...Object.values(SINGLES).map(({ file }) => file),
  ...['cheat-sheet', 'moved', 'outside-links-allowed', 'redirects'].map((name) => `content/${name}.yaml`),
  'content/words.txt',
  'content/runbooks/record.json',
]);

/** Each such file under `root`, and pages that claim one address. */
export async function checkFiles(root: string): Promise<Finding[]> {
  const names = globSync('content/**/*', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^\.|~$|\.(?:swp|orig|tmp)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
    .sort();
  const lost = names.filter((name) => !ALONE.has(name) && !PLACES.some((place) => place.test(name)));
  const written = names.filter((name) => /\.(?:mdx?|yaml|json|txt)$/.test(name) && !name.includes('/status/'));
  const garbled = await Promise.all(written.map(async (name) => encodingFault(await readFile(join(root, name)), name)));
  return [...lost.map(strayFault), ...twice(names), ...garbled.flatMap((fault) => fault ?? [])];
}

const fault = (file: string, line: number, message: string, action: string): Finding => ({
  file,
  line,
  rule: BLOCKING.form,
  weight: 'blocks',
  message,
  action,
});

function strayFault(file: string): Finding {
  const name = file.split('/').at(-1) ?? '';
  const own = name.replace(/\.(?:markdown|yml|ya?ml|mdx?)$/i, (end) => ENDS[end.toLowerCase()] ?? end.toLowerCase());
  const plain = own.toLowerCase().replaceAll(/[\s_]+/g, '-');
  return plain === name
    ? fault(file, 1, 'Nothing reads a file in this folder with this name.', PLACE)
    : fault(file, 1, `The name "${name}" makes no address.`, `Call it ${plain}.`);
}

const ENDS: Readonly<Record<string, string>> = { '.markdown': '.md', '.yml': '.yaml' };
const PLACE = 'Move it where content/README.md says that its kind lies, or take it out.';

/** Two files of prose that make one page. */
function twice(names: readonly string[]): Finding[] {
  const pages = new Map<string, string>();
  return names.flatMap((name) => {
    const [page] = name.startsWith('content/docs/') ? pagesOf(name) : [];
    const other = page === undefined ? undefined : pages.get(page);
    if (page !== undefined && other === undefined) pages.set(page, name);
    return other === undefined
      ? []
      : [fault(name, 1, `It makes the page /${page}, as ${other} does.`, 'Take one out, or rename it.')];
  });
}

/** Bytes that are no UTF-8 would be shown as question marks. */
function encodingFault(bytes: Buffer, file: string): Finding | null {
  const action = 'Save it as UTF-8: most editors offer that beside "Save as".';
  if (bytes.includes(0)) return fault(file, 1, 'The file is not saved as UTF-8.', action);
  const row = bytes
    .toString('utf8')
    .split('\n')
    .findIndex((text) => text.includes('\uFFFD'));
  return row < 0 ? null : fault(file, row + 1, 'A letter here is not saved as UTF-8.', action);
}

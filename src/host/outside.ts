import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { outsideLinks } from '#editing/links.ts';
import { OutsideLinks } from '#editing/outside-links.ts';
import { type Allowed, lookOutside } from '#sources/outside.ts';
import { IN_WORDS } from '#status/in-words.ts';
import { readYaml } from '#status/parse.ts';
import { readPages } from './built.ts';
import { clock } from './clock.ts';
import { readText, writeAtomic } from './store.ts';
import { type Transport, transport } from './transport.ts';

/** The nightly look at links to other sites. */

const AllowedLinks = z.array(z.strictObject({ url: z.url(), why: z.string().min(10).max(300) }));

/** content/outside-links-allowed.yaml; throws a ContentError that names line and field. */
export function parseAllowed(text: string, file: string): Allowed[] {
  const { value, fail } = readYaml(text, file);
  const read = AllowedLinks.safeParse(value, IN_WORDS);
  return read.success ? read.data : fail(read.error.issues);
}

interface Looking {
  root: string;
  /** The built site. */
  dist: string;
  /** Folder of outside-links.json. */
  out: string;
  /** A report younger than this is left as it is. */
  maxAgeMs: number;
  /** For tests, whose servers have certificates of their own. */
  net?: Transport;
}

/** Looks and writes the report; null where the last one is young enough. */
export async function lookAtOutsideLinks({
  root,
  dist,
  out,
  maxAgeMs,
  net = transport({ publicOnly: true }),
}: Looking): Promise<OutsideLinks | null> {
  const path = join(out, 'outside-links.json');
  const last = await readReport(path);
  if (last && Date.now() - Date.parse(last.at) < maxAgeMs) return null;
  const file = 'content/outside-links-allowed.yaml';
  const allowed = parseAllowed(await readFile(join(root, file), 'utf8'), file);
  try {
    const report = await lookOutside(outsideLinks(readPages(dist)), allowed, { fetch: net.fetch, clock });
    await writeAtomic(path, `${JSON.stringify(report, null, 1)}\n`);
    return report;
  } finally {
    await net.close();
  }
}

/** The last report; a broken one counts as none, since it is made anew at any time. */
async function readReport(path: string): Promise<OutsideLinks | null> {
  const text = await readText(path);
  try {
    return text === null ? null : OutsideLinks.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

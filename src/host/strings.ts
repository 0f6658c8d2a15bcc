import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { pseudo } from '#editing/pseudo.ts';
import { IN_WORDS } from '#status/in-words.ts';
import { ContentError, readYaml } from '#status/parse.ts';

const Strings = z.record(z.string().regex(/^[a-z0-9-]+(\.[a-zA-Z0-9_-]+)+$/, 'write area.name'), z.string().min(1));

/**
 * Every string of the frame and the components, by language; throws on a name that two files have.
 * With SLIPWAY_PSEUDO=1 the English ones are disfigured, so that one sees what does not come from here.
 */
export function readStrings(root: URL, env = process.env): Record<string, Record<string, string>> {
  const base = new URL('content/i18n/', root);
  const languages = readdirSync(base, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Object.fromEntries(
    languages.map(({ name }) => {
      const strings = readLanguage(base, name);
      return [name, env['SLIPWAY_PSEUDO'] === '1' ? disfigured(strings) : strings];
    }),
  );
}

function readLanguage(base: URL, id: string): Record<string, string> {
  const folder = new URL(`${id}/`, base);
  const strings: Record<string, string> = {};
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    const file = `content/i18n/${id}/${name}`;
    for (const [key, text] of Object.entries(parseStrings(readFileSync(new URL(name, folder), 'utf8'), file))) {
      if (Object.hasOwn(strings, key)) throw new Error(`${file}: "${key}" stands in another file too. Rename one.`);
      strings[key] = text;
    }
  }
  return strings;
}

/** One file of a language; throws a ContentError that names line and string. */
export function parseStrings(text: string, file: string): Record<string, string> {
  const bare = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch (cause) {
    // YAML takes nearly all of JSON, and says in which line it does not.
    readYaml(bare, file);
    throw new ContentError(`${file}:1: It is no JSON (${cause instanceof Error ? cause.message : cause}). Mend it.`, {
      cause,
    });
  }
  const read = Strings.safeParse(value, IN_WORDS);
  return read.success ? read.data : readYaml(bare, file).fail(read.error.issues);
}

const disfigured = (strings: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(strings).map(([key, text]) => [key, pseudo(text)]));

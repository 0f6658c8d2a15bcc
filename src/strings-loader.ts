import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';

const Strings = z.record(z.string().regex(/^[a-z0-9-]+(\.[a-zA-Z0-9_-]+)+$/, 'write area.name'), z.string().min(1));

/** Every string of the frame and the components, by language; throws on a name that two files have. */
export async function loadStrings(root: URL): Promise<({ id: string } & Record<string, string>)[]> {
  const base = new URL('content/i18n/', root);
  const languages = (await readdir(base, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(languages.map(({ name }) => readLanguage(base, name)));
}

async function readLanguage(base: URL, id: string): Promise<{ id: string } & Record<string, string>> {
  const folder = new URL(`${id}/`, base);
  const strings: Record<string, string> = {};
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()) {
    const file = `content/i18n/${id}/${name}`;
    const read = Strings.safeParse(JSON.parse(await readFile(new URL(name, folder), 'utf8')));
    if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
    for (const [key, text] of Object.entries(read.data)) {
      if (Object.hasOwn(strings, key)) throw new Error(`${file}: "${key}" stands in another file too. Rename one.`);
      strings[key] = text;
    }
  }
  return { ...strings, id };
}

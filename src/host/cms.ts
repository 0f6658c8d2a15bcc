import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package of Sveltia CMS, as it is published with the site. */

// From the folder of the project: a build runs from a bundle that lies elsewhere.
const ROOT = 'node_modules/@sveltia/cms';

/** Its version, which is part of its address: who comes again after an update loads the new one. */
export function cmsVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  if (typeof version !== 'string') throw new Error('@sveltia/cms has no version. Run "npm run setup".');
  return version;
}

/** Names of what a browser loads, below the folder of the package's build. */
export const cmsFiles = (): string[] =>
  globSync('**/*', { cwd: join(ROOT, 'npm') })
    .filter((name) => /\.(js|wasm|png|woff2|txt)$/.test(name))
    .toSorted();

/** A file of them. The main script is told to take its fonts from beside it: it would ask a network of others. */
export function cmsFile(name: string): Buffer<ArrayBuffer> {
  const file = readFileSync(join(ROOT, 'npm', name));
  return Buffer.from(name === 'index.js' ? withOwnFonts(file.toString(), cmsFiles(), cmsVersion()) : file);
}

const FONT = /https:\/\/cdn\.jsdelivr\.net\/fontsource\/fonts\/([a-z0-9-]+)(?::vf)?@[\d.]+\/([a-z0-9-]+)\.woff2/g;

/** The script with its fonts at `sveltia/VERSION/` below its page; throws where one of them is not in the package. */
export function withOwnFonts(script: string, files: readonly string[], version: string): string {
  return script.replace(FONT, (address, font: string, part: string) => {
    const file = files.find((name) => name.startsWith(`assets/${font}-${part}-`));
    if (!file) throw new Error(`@sveltia/cms ${version} has no file for ${address}. Look at src/host/cms.ts.`);
    return `sveltia/${version}/${file}`;
  });
}

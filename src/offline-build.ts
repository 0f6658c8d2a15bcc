import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { PLAN } from '#offline/names.ts';
import { type BuiltFile, planOf } from '#offline/plan.ts';

/** Gives a built site its service worker, /sw.js, and the plan of its files. With SLIPWAY_OFFLINE=0 the worker removes itself. */
export function offlineCopy(env = process.env): AstroIntegration {
  const isOff = env['SLIPWAY_OFFLINE'] === '0';
  const worker = fileURLToPath(new URL('./offline/sw.ts', import.meta.url));
  return {
    name: 'slipway-offline',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [emitWorker(worker)] } });
      },
      'astro:build:done': async ({ dir, logger }) => {
        const built = await readBuilt(dir);
        const build = hashOf(built.map(({ name, hash }) => `${name} ${hash}`).join('\n'));
        await writeFile(
          new URL('sw.js', dir),
          withBuild(await readFile(new URL('sw.js', dir), 'utf8'), { build, isOff }),
        );
        const plan = planOf(built, build);
        await writeFile(new URL(PLAN, dir), JSON.stringify(plan));
        logger.info(`build ${build}: ${Object.keys(plan.files).length} files, ${plan.shell.length} in the shell`);
      },
    },
  };
}

/** The worker's text with what it must know of its build; throws where it is not one whole file. */
export function withBuild(text: string, slipway: { build: string; isOff: boolean }): string {
  if (/^\s*(import|export)\b/m.test(text) || /\bimport\s*[("']/.test(text))
    throw new Error('sw.js has an import: a module of src/offline/ that runs in the worker is used by a page too.');
  return `self.slipway=${JSON.stringify(slipway)};\n${text}`;
}

function emitWorker(id: string) {
  return {
    name: 'slipway-offline-worker',
    apply: 'build' as const,
    applyToEnvironment: (environment: { name: string }) => environment.name === 'client',
    buildStart(this: { emitFile: (file: { type: 'chunk'; id: string; fileName: string }) => string }) {
      this.emitFile({ type: 'chunk', id, fileName: 'sw.js' });
    },
  };
}

async function readBuilt(dir: URL): Promise<BuiltFile[]> {
  const names = await Array.fromAsync(glob('**/*', { cwd: fileURLToPath(dir), withFileTypes: true }));
  const root = fileURLToPath(dir);
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').slice(root.length));
  const built = files.filter((name) => name !== PLAN && !name.startsWith('.')).sort();
  return Promise.all(
    built.map(async (name) => {
      const body = await readFile(new URL(name, dir));
      const text = /\.(html|js|css)$/.test(name) ? body.toString() : null;
      return { name, hash: hashOf(body), bytes: body.byteLength, text };
    }),
  );
}

const hashOf = (body: string | Buffer): string => createHash('sha256').update(body).digest('hex').slice(0, 12);

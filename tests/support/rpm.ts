import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '#host/child.ts';

/** Databases written by the real rpm, of packages made by the real rpmbuild; they hold no files. */

/** A package as a spec names it. */
export interface Recipe {
  name: string;
  version: string;
  release: string;
  epoch?: number;
  isNoarch?: boolean;
}

export interface RpmDatabase {
  /** Of its files. */
  folder: string;
  bytes(): Buffer;
  /** What `rpm -qa` says: name, evr without an epoch of 0, arch and source without its suffix, sorted. */
  packages(): Promise<string[][]>;
}

const FORMAT = '%{NAME}\\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{SOURCERPM}\\n';

/** Builds the packages and installs them into a new database under `folder`. */
export async function rpmDatabase(folder: string, recipes: readonly Recipe[]): Promise<RpmDatabase> {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const [index, recipe] of recipes.entries()) files.push(await build(join(folder, `build-${index}`), recipe));
  const database = join(folder, 'rpm');
  const at = ['--define', '_db_backend sqlite', '--dbpath', database];
  await program('rpm', [...at, '--initdb']);
  const any = ['--justdb', '--nodeps', '--force', '--ignorearch', '--nosignature', '--noscripts'];
  await program('rpm', [...at, '-i', ...any, ...files]);
  return {
    folder: database,
    bytes: () => readFileSync(join(database, 'rpmdb.sqlite')),
    async packages() {
      const said = await program('rpm', [...at, '-qa', '--qf', FORMAT]);
      const rows = said.trim().split('\n').sort();
      return rows
        .map((row) =>
          row
            .replace('\t0:', '\t')
            .replace(/\.src\.rpm$/, '')
            .split('\t'),
        )
        .sort();
    },
  };
}

/** Makes one package; the path of its file. */
async function build(folder: string, { name, version, release, epoch, isNoarch = false }: Recipe): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const spec = join(folder, 'it.spec');
  writeFileSync(
    spec,
    `Name: ${name}
Version: ${version}
Release: ${release}
${epoch === undefined ? '' : `Epoch: ${epoch}\n`}${isNoarch ? 'BuildArch: noarch\n' : ''}Summary: A package for tests
License: MIT
%description
It holds no files.
%files
`,
  );
  const arch = isNoarch ? 'noarch' : 'x86_64';
  const target = isNoarch ? [] : ['--target', 'x86_64'];
  await program('rpmbuild', ['--quiet', '-bb', ...target, '--define', `_topdir ${folder}`, spec]);
  return join(folder, 'RPMS', arch, `${name}-${version}-${release}.${arch}.rpm`);
}

async function program(name: string, args: readonly string[]): Promise<string> {
  const { code, output } = await run(name, args, { capture: true, timeoutMs: 60_000 });
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

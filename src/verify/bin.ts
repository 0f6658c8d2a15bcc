import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { which } from '#host/machine.ts';
import { quoted } from '#runbook/export/quote.ts';
import type { Tool } from '#runbook/model.ts';

/** The folder of programs that a runbook finds: those that every machine has, and those that it declares. */

/** How a tool can be had here. */
export type Provision = { client: 'real'; path: string } | { client: 'double' } | { client: 'checked'; why: string };
export type Provisions = Readonly<Partial<Record<Tool, Provision>>>;

export interface Bin {
  folder: string;
  /** Tools that were started since this was last called, with their arguments. */
  take: () => Promise<{ tool: string; args: string }[]>;
}

interface Options {
  tools: readonly Tool[];
  provisions: Provisions;
  /** Where a double reads the clock of the pretend world, in milliseconds. */
  clock: string;
}

/** coreutils, findutils, grep, sed, gawk, diffutils, tar and gzip: no Fedora is without them. */
const EVERYWHERE = [
  ...['[', 'awk', 'base64', 'basename', 'bash', 'cat', 'chmod', 'cmp', 'comm', 'cp', 'cut', 'date', 'diff', 'dirname'],
  ...['env', 'expr', 'false', 'find', 'fold', 'grep', 'gunzip', 'gzip', 'head', 'id', 'join', 'ln', 'ls', 'md5sum'],
  ...['mkdir', 'mktemp', 'mv', 'nl', 'od', 'paste', 'printf', 'pwd', 'readlink', 'realpath', 'rev', 'rm', 'rmdir'],
  ...['sed', 'seq', 'sh', 'sha256sum', 'sha512sum', 'sleep', 'sort', 'split', 'stat', 'tac', 'tail', 'tar', 'tee'],
  ...['test', 'timeout', 'touch', 'tr', 'true', 'tty', 'uname', 'uniq', 'wc', 'xargs', 'yes', 'zcat'],
];
/** Verbs that oc has from kubectl. */
const KUBECTL_VERBS = [
  ...['annotate', 'api-resources', 'apply', 'auth', 'cp', 'create', 'delete', 'describe', 'diff', 'edit', 'events'],
  ...['exec', 'explain', 'expose', 'get', 'label', 'patch', 'replace', 'run', 'scale', 'set', 'version', 'wait'],
];
const DOUBLE = fileURLToPath(new URL('double-main.ts', import.meta.url));

/** Makes it in `home`; what is declared is started through a line of shell that remembers it. */
export async function makeBin(home: string, { tools, provisions, clock }: Options): Promise<Bin> {
  const folder = join(home, 'bin');
  const log = join(home, 'started');
  await mkdir(folder);
  await writeFile(log, '');
  for (const name of EVERYWHERE) {
    const path = which(name, process.env['PATH'] ?? '');
    if (path !== null) await symlink(path, join(folder, name));
  }
  for (const tool of tools) {
    const path = join(folder, tool);
    await writeFile(path, wrapper(tool, provisions[tool], { log, clock }));
    await chmod(path, 0o755);
  }
  let read = 0;
  return {
    folder,
    take: async () => {
      const rows = (await readFile(log, 'utf8')).split('\n').slice(0, -1);
      const fresh = rows.slice(read);
      read = rows.length;
      return fresh.map((row) => {
        const [tool = '', ...args] = row.split(' ');
        return { tool, args: args.join(' ') };
      });
    },
  };
}

function wrapper(tool: Tool, provision: Provision | undefined, { log, clock }: { log: string; clock: string }): string {
  const head = `#!/bin/bash\nprintf '%s %s\\n' ${tool} "\${*//$'\\n'/ }" >>${quoted(log)}\n`;
  if (provision?.client === 'real' && tool === 'oc')
    return `${head}case \${1-} in\n  ${KUBECTL_VERBS.join(' | ')}) exec -a kubectl ${quoted(provision.path)} "$@" ;;\nesac\necho "oc: kubectl has no '\${1-}', and there is no stand-in for it" >&2\nexit 127\n`;
  if (provision?.client === 'real') return `${head}exec -a ${tool} ${quoted(provision.path)} "$@"\n`;
  if (provision?.client === 'double')
    return `${head}export NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS="$SSL_CERT_FILE" NODE_NO_WARNINGS=1\nexec ${quoted(process.execPath)} ${quoted(DOUBLE)} ${tool} ${quoted(clock)} "$@"\n`;
  const why = provision?.client === 'checked' ? provision.why : 'it was not looked for';
  return `${head}echo ${quoted(`${tool} cannot be run here: ${why}`)} >&2\nexit 127\n`;
}

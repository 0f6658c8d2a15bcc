import type { Flags } from '#practice/arguments.ts';
import { UsageError } from '#practice/arguments.ts';
import { type Client, type Command, NotSimulated } from '#practice/command.ts';
import { API_RESOURCES, apiResources, EXPLAIN, explain, VERSION, version } from './about.ts';
import { APPLY, apply } from './apply.ts';
import { AUTH, auth } from './auth.ts';
import { CONFIG, config } from './config.ts';
import { CREATE, create } from './create.ts';
import { DELETE, remove } from './delete.ts';
import { DESCRIBE, describe } from './describe.ts';
import { said } from './failure.ts';
import { GET, get } from './get.ts';
import { LOGS, logs } from './logs.ts';
import { annotate, label, MARK } from './mark.ts';
import { PATCH, patch } from './patch.ts';
import { openSession, type Session } from './session.ts';
import { WAIT, wait } from './wait.ts';

interface Verb {
  flags: Flags;
  run: (session: Session) => Promise<number>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  get: { flags: GET, run: get },
  describe: { flags: DESCRIBE, run: describe },
  logs: { flags: LOGS, run: logs },
  apply: { flags: APPLY, run: apply },
  create: { flags: CREATE, run: create },
  delete: { flags: DELETE, run: remove },
  label: { flags: MARK, run: label },
  annotate: { flags: MARK, run: annotate },
  patch: { flags: PATCH, run: patch },
  wait: { flags: WAIT, run: wait },
  auth: { flags: AUTH, run: auth },
  config: { flags: CONFIG, run: config },
  'api-resources': { flags: API_RESOURCES, run: apiResources },
  explain: { flags: EXPLAIN, run: explain },
  version: { flags: VERSION, run: version },
};

const commandOf =
  (tool: string): Command =>
  async (argv, io) => {
    const at = argv.findIndex((word) => !word.startsWith('-'));
    const name = argv[at] ?? '';
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!verb) throw new NotSimulated(name === '' ? `${tool} without a command` : `${tool} ${name}`);
    const what = `${tool} ${name}`;
    try {
      return await verb.run(await openSession(io, what, argv.toSpliced(at, 1), verb.flags));
    } catch (error) {
      if (error instanceof NotSimulated || io.signal?.aborted) throw error;
      if (error instanceof UsageError) io.err(`error: ${error.message}\nSee '${what} --help' for usage.\n`);
      else io.err(said(error));
      return 1;
    }
  };

export const kubectl: Client = { name: 'kubectl', command: commandOf('kubectl'), can: [], differs: [] };

export const oc: Client = { ...kubectl, name: 'oc', command: commandOf('oc') };

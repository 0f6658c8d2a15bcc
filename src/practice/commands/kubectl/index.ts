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
import { PROJECT, project, WHOAMI, whoami } from './oc.ts';
import { PATCH, patch } from './patch.ts';
import { openSession, type Session, verbAt } from './session.ts';
import { unanswered } from './verbs.ts';
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

/** Verbs of oc alone. */
const OC_VERBS: Readonly<Record<string, Verb>> = {
  whoami: { flags: WHOAMI, run: whoami },
  project: { flags: PROJECT, run: project },
};

const commandOf =
  (tool: string): Command =>
  async (argv, io) => {
    const at = verbAt(argv);
    const name = argv[at] ?? '';
    const verbs = tool === 'oc' ? { ...VERBS, ...OC_VERBS } : VERBS;
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (!verb) {
      const error = unanswered(tool, name);
      if (error instanceof NotSimulated) throw error;
      const [first = ''] = argv;
      io.err(first.startsWith('-') ? `Error: flags cannot be placed before plugin name: ${first}\n` : said(error));
      return 1;
    }
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

/** What kubectl can do, verb by verb. */
const CAN = [
  'get: -n, -A, -l, --field-selector, -f, -o yaml, json, name, wide, jsonpath, jsonpath-as-json, custom-columns, --sort-by, --no-headers, --show-labels, -L, --ignore-not-found, -w, --raw',
  'describe: custom resources, by name, by the beginning of a name, by -l',
  'logs: of pods, by name or by -l; -c, --all-containers, --tail, --prefix',
  'apply: -f with files, folders and standard input; --dry-run=client and server, --validate, -o',
  'create: -f; token, serviceaccount, rolebinding',
  'delete, label, annotate (--overwrite, NAME- to remove, --list), patch (--type json, merge, strategic; -p, --patch-file, --subresource)',
  'wait: --for=condition=…, jsonpath=…, delete, create; --timeout',
  'auth can-i, auth whoami; api-resources; explain (--recursive); version',
  'config: current-context, view, get-contexts, set-context --current --namespace, use-context',
];

const DIFFERS = [
  {
    what: 'Waiting (wait, get --watch)',
    instead:
      'The clock of the practice world goes by at once. A watch ends by itself when nothing has changed for a quarter of an hour.',
  },
  { what: 'logs --follow', instead: 'Prints what is there, and ends.' },
  {
    what: 'run, exec, edit, scale, diff, rollout, port-forward, events, kustomize',
    instead: 'Not simulated. To edit, use the editor beside the shell and apply.',
  },
  { what: 'apply --server-side, -k, go-template, -f with an address', instead: 'Not simulated.' },
  { what: 'describe of pods and other kinds of Kubernetes itself', instead: 'Not simulated. Use get -o yaml.' },
  {
    what: 'Rows with the same value under --sort-by, lists of label --list, and what .. of JSONPath finds',
    instead: 'Keep the order of their names; the real one shuffles them.',
  },
  {
    what: 'YAML that cannot be read',
    instead: 'The most common faults are said in the words of the real one; of rare ones the line may be another.',
  },
  {
    what: 'A path of JSONPath beyond the end of a list',
    instead: 'The first lines of the message, without the whole object.',
  },
  { what: 'No kubeconfig', instead: 'The last line of what the real one says, without its log of attempts.' },
];

/** Of version 1.35; each command that a lab uses was held against that one. */
export const kubectl: Client = { name: 'kubectl', command: commandOf('kubectl'), can: CAN, differs: DIFFERS };

export const oc: Client = {
  name: 'oc',
  command: commandOf('oc'),
  can: ['The verbs of kubectl, with the same flags', 'whoami: --show-server, --show-context, -t', 'project [NAME]: -q'],
  differs: [
    {
      what: 'Conformance',
      instead: 'whoami and project are written from the source of oc, and not held against a real one.',
    },
    {
      what: 'project NAME',
      instead: 'It sets the namespace of the context that is there; the real one makes another context for it.',
    },
    { what: 'Other verbs that only oc has, such as login and projects', instead: 'Not simulated. You are signed in.' },
  ],
};

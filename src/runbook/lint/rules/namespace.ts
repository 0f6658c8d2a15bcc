import { type Call, callOf, kindsOf } from '../kubectl.ts';
import { perCommand } from '../rule.ts';

/** Verbs that ask no namespace. */
const FREE = [
  'config',
  'version',
  'explain',
  'api-resources',
  'api-versions',
  'kustomize',
  'cluster-info',
  'auth whoami',
];
const FREE_OF_OC = ['login', 'logout', 'whoami'];
const CLUSTER_WIDE =
  /^(namespaces?|ns|nodes?|clusterroles?|clusterrolebindings?|customresourcedefinitions?|crds?|storageclass(es)?|clusterqueues?)(\.|$)/;

export const namespace = perCommand('namespace', 'Add -n {{namespace}}.', (command) => {
  const call = callOf(command);
  if (!call || !needsNamespace(call)) return null;
  const given = call.options.get('-n') ?? call.options.get('--namespace');
  if (given === undefined) return 'Without a namespace the command asks whatever namespace the reader used last';
  return /^\$\{?\w+\}?$/.test(given) ? `${given} may be empty, and then another namespace is asked` : null;
});

function needsNamespace(call: Call): boolean {
  const { verb, words, options } = call;
  if (options.has('-A') || options.has('--all-namespaces') || options.has('--raw') || options.has('--help'))
    return false;
  if (verb === '' || verb === 'create namespace') return false;
  if ([...FREE, ...FREE_OF_OC].some((one) => verb === one || verb.startsWith(`${one} `))) return false;
  const kinds = kindsOf({ ...call, words });
  return !(kinds.length > 0 && kinds.every((kind) => CLUSTER_WIDE.test(kind)));
}

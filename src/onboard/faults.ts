import { type Answers, ARCHES, argsOf, type Field, type Forge, tagsOf } from './answers.ts';

/** What is wrong with answers, in a sentence for each field; every text that passes is inert in YAML, CEL and a shell. */

export type Faults = Partial<Record<Field, string>>;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/;
const PATH = /^[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$/;
const SEGMENT = /^(?!\.+$)[A-Za-z0-9_.-]{1,100}$/;
const HOST = /^(?=.{4,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\.[a-z]{2,}$/;
const PRIVATE = /(^|\.)(localhost|local|internal|lan|home|corp|test|invalid|example|onion)$/;
const REPOSITORY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)+$/;
const TAG = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|\{\{ [a-z_]+(\.[A-Za-z0-9._-]+)? \}\})$/;
const ARGUMENT = /^[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9._/:@+-]{0,300}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Kubernetes ends names at 63 letters. A run is called `<component>-on-pull-request-abcde`. */
export const LONGEST_COMPONENT = 63 - '-on-pull-request'.length - '-abcde'.length;
const LONGEST = 63;

const FORGE_HOSTS: Readonly<Record<Forge, readonly string[]>> = {
  github: ['github.com'],
  gitlab: ['gitlab.com'],
  forgejo: ['forge.fedoraproject.org'],
};
const FORGE_NAMES: Readonly<Record<Forge, string>> = { github: 'GitHub', gitlab: 'GitLab', forgejo: 'Forgejo' };

/** A sentence for each answer that cannot be used; nothing where all can. */
export function faultsOf(answers: Answers): Faults {
  const { branch, context, containerfile, tenant, application, component, arches, digest, policy } = answers;
  const all: Record<string, string | null> = {
    repository: repositoryFault(answers),
    branch: branchFault(branch),
    context: pathFault(context, 'the folder'),
    containerfile: pathFault(containerfile, 'the Containerfile'),
    buildArgs: argsFault(answers),
    tenant: nameFault(tenant, LONGEST),
    application: nameFault(application, LONGEST),
    component: nameFault(component, LONGEST_COMPONENT),
    arches: archesFault(arches),
    digest:
      digest === '' || DIGEST.test(digest) ? null : 'A digest is sha256: and 64 of the letters 0 to 9 and a to f.',
    policy: policy === '' ? null : policyFault(policy),
    ...(answers.isReleased ? releaseFaults(answers) : {}),
  };
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== null));
}

const empty = 'This is empty.';

function repositoryFault({ repository, forge }: Answers): string | null {
  if (repository === '') return empty;
  if (repository.length > 300 || !URL.canParse(repository))
    return 'Write the whole address, as in https://gitlab.com/group/project.';
  const { protocol, host, hostname, pathname, search, hash, username, password } = new URL(repository);
  if (username || password) return 'Take the user and the password out: they would be published.';
  if (protocol !== 'https:') return 'The address must begin with https://.';
  if (host !== hostname || !HOST.test(hostname) || PRIVATE.test(hostname))
    return 'The cluster reads the repository over the internet: name a public forge.';
  if (search || hash) return 'Leave out what follows a ? or a #.';
  const own = FORGE_HOSTS[forge];
  const other = (Object.keys(FORGE_HOSTS) as Forge[]).find((one) => FORGE_HOSTS[one].includes(hostname));
  if (other && !own.includes(hostname)) return `${hostname} is ${FORGE_NAMES[other]}: choose that above.`;
  if (forge === 'github' && !own.includes(hostname)) return 'Repositories on GitHub are at github.com.';
  const segments = pathname.replace(/^\/|\/$/g, '').split('/');
  const isDeep = forge === 'gitlab' ? segments.length >= 2 && segments.length <= 20 : segments.length === 2;
  if (!isDeep || !segments.every((one) => SEGMENT.test(one)) || segments.includes('-'))
    return forge === 'gitlab'
      ? 'Write the address of the project, as in https://gitlab.com/group/project.'
      : 'Write the address of the repository: its owner and its name.';
  return null;
}

function branchFault(branch: string): string | null {
  if (branch === '') return empty;
  const isFit = BRANCH.test(branch) && !/\.\.|\/\/|\/$|\.$|\.lock$|\/\./.test(branch);
  return isFit ? null : 'A branch takes letters, digits, dots, dashes, underscores and single slashes.';
}

function pathFault(path: string, what: string): string | null {
  if (path === '') return empty;
  if (path.startsWith('/') || path.split('/').includes('..')) return `Write ${what} as it is seen from the repository.`;
  const isFit = PATH.test(path) && !path.includes('//');
  return isFit ? null : 'A path takes letters, digits, dots, dashes, underscores and slashes.';
}

function argsFault(answers: Answers): string | null {
  const args = argsOf(answers);
  const wrong = args.find((one) => !ARGUMENT.test(one));
  if (wrong) return `“${wrong.slice(0, 60)}” is not NAME=value with letters, digits and . _ / : @ + -.`;
  return args.length > 30 ? 'More than 30 arguments belong into a file of their own.' : null;
}

function nameFault(name: string, longest: number): string | null {
  if (name === '') return empty;
  if (name.includes('.')) return 'A name has no dots: write a hyphen, as in 3-19.';
  if (!LABEL.test(name)) return 'A name takes small letters, digits and hyphens, and none of these at its ends.';
  if (name.length <= longest) return null;
  return longest === LONGEST
    ? `A name has at most ${longest} letters; this one has ${name.length}.`
    : `At most ${longest} letters, since “-on-pull-request” and five more are added to it; this one has ${name.length}.`;
}

function archesFault(arches: Answers['arches']): string | null {
  if (arches.length === 0) return 'Choose at least one.';
  const isKnown = arches.every((arch) => ARCHES.includes(arch)) && new Set(arches).size === arches.length;
  return isKnown ? null : 'The cluster has no machines of that kind.';
}

function policyFault(policy: string): string | null {
  const parts = policy.split('/');
  const isPlace = parts.length === 2 && parts.every((one) => LABEL.test(one) && one.length <= LONGEST);
  return isPlace ? null : 'Write namespace/name.';
}

function releaseFaults(answers: Answers): Faults {
  const [host = '', ...rest] = answers.destination.split('/');
  const isPlace = HOST.test(host) && !PRIVATE.test(host) && REPOSITORY.test(rest.join('/'));
  const tags = tagsOf(answers);
  const wrong = tags.find((tag) => !TAG.test(tag));
  const all: Record<string, string | null> = {
    target: nameFault(answers.target, LONGEST),
    destination:
      answers.destination === ''
        ? empty
        : isPlace && answers.destination.length <= 255
          ? null
          : 'Write host/organisation/repository without a tag, in small letters.',
    tags:
      tags.length === 0
        ? empty
        : wrong
          ? `“${wrong.slice(0, 60)}” is no tag, and nothing like {{ timestamp }}.`
          : tags.length > 10
            ? 'At most ten tags.'
            : null,
  };
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== null));
}

/** What a project answers about itself before it is built on Konflux. */

export const FORGES = ['gitlab', 'github', 'forgejo'] as const;
export type Forge = (typeof FORGES)[number];

export const ARCHES = ['x86_64', 'aarch64', 'ppc64le', 's390x'] as const;
export type Arch = (typeof ARCHES)[number];

/** The cluster's platform for each arch: its machines, not the pod of the build, which is `linux/x86_64`. */
export const PLATFORMS: Readonly<Record<Arch, string>> = {
  x86_64: 'linux/amd64',
  aarch64: 'linux/arm64',
  ppc64le: 'linux/ppc64le',
  s390x: 'linux/s390x',
};

/** All texts are as they were typed. */
export interface Answers {
  forge: Forge;
  repository: string;
  branch: string;
  /** Folder in the repository that the build sees. */
  context: string;
  containerfile: string;
  /** `NAME=value`, one a line. */
  buildArgs: string;
  /** Whether the Containerfile starts containers itself. */
  isNested: boolean;
  tenant: string;
  application: string;
  component: string;
  arches: readonly Arch[];
  /** Digest of the pipeline's bundle; empty where it is not known. */
  digest: string;
  isReleased: boolean;
  /** Namespace in which the release pipeline runs. */
  target: string;
  /** Repository that images are released to. */
  destination: string;
  /** Split by commas. */
  tags: string;
  /** `namespace/name` of the policy that a scenario checks; empty: no scenario. */
  policy: string;
}

export type Field = keyof Answers;

export const EXAMPLE: Answers = {
  forge: 'gitlab',
  repository: 'https://gitlab.com/sample-group/sample-images',
  branch: 'main',
  context: '.',
  containerfile: 'Containerfile',
  buildArgs: '',
  isNested: true,
  tenant: 'sample-tenant',
  application: 'sample-os-45',
  component: 'sample-os-45-standard',
  arches: ARCHES,
  digest: '',
  isReleased: true,
  target: 'sample-managed',
  destination: 'quay.io/sample-org/sample-os-45-standard',
  tags: 'latest, {{ timestamp }}',
  policy: '',
};

/** Parts of a list that was typed, without the empty ones. */
export const listOf = (text: string, mark: RegExp | string): string[] =>
  text
    .split(mark)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const argsOf = ({ buildArgs }: Answers): string[] => listOf(buildArgs, '\n');
export const tagsOf = ({ tags }: Answers): string[] => listOf(tags, ',');

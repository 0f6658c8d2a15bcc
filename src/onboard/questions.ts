import { ARCHES, type Field, FORGES } from './answers.ts';

/** The six questions, in words. */

export interface Asked {
  name: Field;
  label: string;
  help: string;
  kind: 'text' | 'lines' | 'flag' | 'one' | 'many';
  /** Of `one` and `many`: value and what is said of it. */
  choices?: readonly (readonly [value: string, label: string])[];
  /** Whether it may stay empty. */
  isOptional?: boolean;
  /** Asked only where there is a release. */
  isOfRelease?: boolean;
}

export interface Question {
  title: string;
  fields: readonly Asked[];
}

const FORGE_NAMES = { gitlab: 'GitLab', github: 'GitHub', forgejo: 'Forgejo' } as const;
const MACHINES = {
  x86_64: 'on demand',
  aarch64: 'on demand',
  ppc64le: 'few machines for the whole cluster: expect to wait',
  s390x: 'few machines for the whole cluster: expect to wait',
} as const;

export const QUESTIONS: readonly Question[] = [
  {
    title: 'Where is the source?',
    fields: [
      {
        name: 'forge',
        label: 'Forge',
        help: 'It decides how the cluster gets in.',
        kind: 'one',
        choices: FORGES.map((forge) => [forge, FORGE_NAMES[forge]]),
      },
      { name: 'repository', label: 'Repository', help: 'Its https address, public.', kind: 'text' },
      { name: 'branch', label: 'Branch', help: 'A push to it builds an image.', kind: 'text' },
    ],
  },
  {
    title: 'What is built?',
    fields: [
      { name: 'containerfile', label: 'Containerfile', help: 'Its path in the folder below.', kind: 'text' },
      { name: 'context', label: 'Folder', help: 'What the build sees; a dot is the whole repository.', kind: 'text' },
      {
        name: 'buildArgs',
        label: 'Build arguments',
        help: 'NAME=value, one a line. Base images name their compose image here, with tag and digest.',
        kind: 'lines',
        isOptional: true,
      },
      {
        name: 'isNested',
        label: 'The Containerfile starts containers itself',
        help: 'Base images do, to assemble their root.',
        kind: 'flag',
      },
    ],
  },
  {
    title: 'What is it called?',
    fields: [
      { name: 'tenant', label: 'Tenant', help: 'The namespace in which your project’s objects live.', kind: 'text' },
      {
        name: 'application',
        label: 'Application',
        help: 'What is tested and released together: one for each release of Fedora.',
        kind: 'text',
      },
      { name: 'component', label: 'Component', help: 'One image. Release and variant belong into it.', kind: 'text' },
    ],
  },
  {
    title: 'For which architectures?',
    fields: [
      {
        name: 'arches',
        label: 'Architectures',
        help: 'Each is built on a machine of its kind.',
        kind: 'many',
        choices: ARCHES.map((arch) => [arch, `${arch}, ${MACHINES[arch]}`]),
      },
    ],
  },
  {
    title: 'Which version of the pipeline?',
    fields: [
      {
        name: 'digest',
        label: 'Digest of the bundle',
        help: 'sha256: and 64 hexadecimal digits. Take it from the newest file of a neighbour: never make one up.',
        kind: 'text',
        isOptional: true,
      },
    ],
  },
  {
    title: 'Where does it go?',
    fields: [
      {
        name: 'isReleased',
        label: 'Tested images are released',
        help: 'Without it they stay where the build puts them.',
        kind: 'flag',
      },
      {
        name: 'target',
        label: 'Release namespace',
        help: 'Where the release pipeline runs. Others own it: ask them.',
        kind: 'text',
        isOfRelease: true,
      },
      {
        name: 'destination',
        label: 'Released to',
        help: 'Host, organisation and repository, without a tag.',
        kind: 'text',
        isOfRelease: true,
      },
      {
        name: 'tags',
        label: 'Tags',
        help: 'Split by commas. {{ timestamp }} and {{ labels.NAME }} are filled in.',
        kind: 'text',
        isOfRelease: true,
      },
      {
        name: 'policy',
        label: 'Policy to check',
        help: 'namespace/name of an EnterpriseContractPolicy. Empty: no such test. A release is held against the policy of its own admission all the same.',
        kind: 'text',
        isOptional: true,
      },
    ],
  },
];

/** All that is asked, in the order of the questions. */
export const ASKED: readonly Asked[] = QUESTIONS.flatMap(({ fields }) => fields);

export const labelOf = (field: Field): string => ASKED.find(({ name }) => name === field)?.label ?? field;

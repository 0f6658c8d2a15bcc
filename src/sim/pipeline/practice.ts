/** The practice pipeline: the tasks of content/worlds/tekton/pipeline-buildah-build-bootc-multi-platform-oci-ta.yaml. */

export interface PracticeTask {
  name: string;
  /** Its own name, in its bundle. */
  task: string;
  after: string | null;
  /** The parameter that its matrix fills with a platform. */
  leg: 'PLATFORM' | 'image-platform' | 'image-arch' | 'platform' | null;
  /** The parameter of the pipeline that decides whether it runs, and the value with which it does. */
  when: readonly [input: string, value: string] | null;
  /** How long it waits for its pod, and how long it takes, in seconds. */
  waits: number;
  takes: number;
  /** Each with its share of the time. */
  steps: readonly (readonly [name: string, share: number])[];
}

const evenly = (...names: string[]): PracticeTask['steps'] => names.map((name) => [name, 1 / names.length]);
const CHECK = ['skip-checks', 'false'] as const;
const INDEX = 'build-image-index';
const TRUSTED = 'use-trusted-artifact';
const CREATE = 'create-trusted-artifact';

type Row = Pick<PracticeTask, 'name' | 'waits' | 'takes' | 'steps'> & Partial<PracticeTask>;
const row = (one: Row): PracticeTask => ({ task: one.name, after: null, leg: null, when: null, ...one });
const check = (one: Row): PracticeTask => row({ after: INDEX, when: CHECK, ...one });
const sast = (what: string, takes: number): PracticeTask =>
  check({
    ...{ name: `sast-${what}-check`, task: `sast-${what}-check-oci-ta`, waits: 5, takes },
    steps: evenly(TRUSTED, `sast-${what}-check`, 'upload'),
  });

export const BUILD = 'build-images';

export const PRACTICE: readonly PracticeTask[] = [
  row({ name: 'init', waits: 4, takes: 7, steps: evenly('init') }),
  row({
    ...{ name: 'clone-repository', task: 'git-clone-oci-ta', after: 'init', waits: 3, takes: 16 },
    steps: evenly('clone', CREATE),
  }),
  row({
    ...{ name: 'prepare-build-context', after: 'clone-repository', waits: 3, takes: 9 },
    steps: evenly(TRUSTED, 'prepare', CREATE),
  }),
  row({
    ...{ name: 'prefetch-dependencies', task: 'prefetch-dependencies-oci-ta', after: 'prepare-build-context' },
    ...{ waits: 4, takes: 12, steps: evenly(TRUSTED, 'prefetch-dependencies', CREATE) },
  }),
  row({
    ...{ name: BUILD, task: 'buildah-remote-oci-ta', after: 'prefetch-dependencies', leg: 'PLATFORM' },
    ...{ waits: 8, takes: 380 },
    steps: [
      ...([
        [TRUSTED, 0.03],
        ['build', 0.8],
        ['push', 0.07],
      ] as const),
      ...([
        ['sbom-syft-generate', 0.04],
        ['prepare-sboms', 0.03],
        ['upload-sbom', 0.03],
      ] as const),
    ],
  }),
  row({ name: INDEX, after: BUILD, waits: 5, takes: 24, steps: evenly('build', 'create-sbom', 'upload-sbom') }),
  row({
    ...{ name: 'build-source-image', task: 'source-build-oci-ta', after: INDEX, when: ['build-source-image', 'true'] },
    ...{ waits: 5, takes: 60, steps: evenly(TRUSTED, 'get-base-images', 'build') },
  }),
  check({
    ...{ name: 'deprecated-base-image-check', task: 'deprecated-image-check', waits: 4, takes: 14 },
    steps: evenly('check-images'),
  }),
  check({
    ...{ name: 'clair-scan', leg: 'image-platform', waits: 5, takes: 46 },
    steps: evenly('get-image-manifests', 'get-vulnerabilities', 'oci-attach-report', 'conftest-vulnerabilities'),
  }),
  check({
    ...{ name: 'ecosystem-cert-preflight-checks', leg: 'platform', waits: 6, takes: 38 },
    steps: evenly('introspect', 'app-check', 'final-outcome'),
  }),
  sast('snyk', 12),
  check({
    ...{ name: 'clamav-scan', leg: 'image-arch', waits: 6, takes: 92 },
    steps: [
      ['extract-and-scan-image', 0.95],
      ['upload', 0.05],
    ],
  }),
  sast('shell', 21),
  sast('unicode', 17),
  row({ name: 'apply-tags', after: INDEX, waits: 3, takes: 6, steps: evenly('apply-additional-tags') }),
  row({
    ...{ name: 'push-dockerfile', task: 'push-dockerfile-oci-ta', after: INDEX, waits: 4, takes: 9 },
    steps: evenly(TRUSTED, 'push'),
  }),
  check({
    name: 'rpms-signature-scan',
    waits: 5,
    takes: 44,
    steps: [
      ['rpms-signature-scan', 0.9],
      ['output-results', 0.1],
    ],
  }),
];

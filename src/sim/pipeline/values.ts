import { instant } from '#sim/clock.ts';
import type { Arch } from '#status/model.ts';
import { digestNamed } from './names.ts';
import { BUILD, PRACTICE, type PracticeTask } from './practice.ts';
import type { Leg } from './timeline.ts';

/** What a practice run was given and what its tasks were given and gave. */

export type Values = Record<string, string | string[]>;

/** The image that a run makes. */
export interface Made {
  /** `host/namespace/name`. */
  place: string;
  tag: string;
  source: string;
  commit: string;
  /** Null while, or where, there is none. */
  digest: string | null;
  legs: ReadonlyMap<Arch, { digest: string; sbom: string | null }>;
  buildArgs: string[];
  /** What the checks say; null: nothing. */
  checks: string | null;
}

/** The check that says what a world has the checks say; the others find nothing. */
const TELLING = 'clair-scan';
export const RUNNER = `quay.io/sample/runner:0.1-sample@${digestNamed('runner')}`;
export const PLATFORMS: Record<Arch, string> = {
  x86_64: 'linux/amd64',
  aarch64: 'linux/arm64',
  ppc64le: 'linux/ppc64le',
  s390x: 'linux/s390x',
};

/** Parameters of the pipeline run. */
export const runValues = ({ place, tag, source, commit, buildArgs }: Made, arches: readonly Arch[]): Values => ({
  ...{ 'git-url': source, revision: commit, 'output-image': `${place}:${tag}` },
  ...{ dockerfile: 'Containerfile', 'path-context': '.', hermetic: 'true', 'skip-checks': 'false' },
  ...{ 'privileged-nested': 'true', 'build-source-image': 'false' },
  'build-platforms': arches.map((arch) => PLATFORMS[arch]),
  'build-args': buildArgs,
});

/** Labels of a leg. */
export const labelsOfLeg = ({ arch, of }: Leg): Record<string, string> =>
  arch && of.name === BUILD ? { 'build.appstudio.redhat.com/target-platform': PLATFORMS[arch].replace('/', '-') } : {};

/** Parameters of a leg. */
export function givenTo({ of, arch }: Leg, made: Made): Values {
  const own = of.leg && arch ? { [of.leg]: PLATFORMS[arch] } : {};
  const { place, tag, digest, source, commit } = made;
  const image = `${place}:${tag}`;
  switch (of.name) {
    case 'init':
      return { 'enable-cache-proxy': 'false' };
    case 'clone-repository':
      return { url: source, revision: commit, ociStorage: `${image}.git`, ociArtifactExpiresAfter: '' };
    case 'prepare-build-context':
      return { SOURCE_ARTIFACT: artifact(made, 'git'), ociStorage: `${image}.context` };
    case 'prefetch-dependencies':
      return { input: '', SOURCE_ARTIFACT: artifact(made, 'context'), ociStorage: `${image}.prefetch` };
    case BUILD:
      return {
        ...{ IMAGE: image, DOCKERFILE: 'Containerfile', CONTEXT: '.', HERMETIC: 'true', COMMIT_SHA: commit },
        ...{ PRIVILEGED_NESTED: 'true', BUILD_ARGS: made.buildArgs, ...own },
      };
    case 'build-image-index':
      return {
        IMAGE: image,
        ALWAYS_BUILD_INDEX: 'true',
        IMAGES: [...made.legs.values()].map((leg) => `${place}@${leg.digest}`),
      };
    case 'build-source-image':
      return { BINARY_IMAGE: image, BINARY_IMAGE_DIGEST: digest ?? '' };
    case 'ecosystem-cert-preflight-checks':
      return { 'image-url': image, ...own };
    case 'push-dockerfile':
      return { IMAGE: image, IMAGE_DIGEST: digest ?? '', DOCKERFILE: 'Containerfile', CONTEXT: '.' };
    case 'deprecated-base-image-check':
    case 'apply-tags':
      return { IMAGE_URL: image, IMAGE_DIGEST: digest ?? '' };
    default:
      return { 'image-url': image, 'image-digest': digest ?? '', ...own };
  }
}

/** Results of a leg that has ended well. */
export function givenBy({ of, arch, endMs }: Leg, made: Made): Record<string, string> {
  const { place, tag, digest, source, commit, legs } = made;
  const leg = arch && legs.get(arch);
  switch (of.name) {
    case 'init':
      return { 'http-proxy': '', 'no-proxy': '' };
    case 'clone-repository':
      return {
        ...{ 'CHAINS-GIT_URL': source, 'CHAINS-GIT_COMMIT': commit, url: source, commit },
        SOURCE_ARTIFACT: artifact(made, 'git'),
      };
    case 'prepare-build-context':
      return { SOURCE_ARTIFACT: artifact(made, 'context') };
    case 'prefetch-dependencies':
      return { SOURCE_ARTIFACT: artifact(made, 'context'), CACHI2_ARTIFACT: artifact(made, 'prefetch') };
    case BUILD: {
      const url = arch ? { IMAGE_URL: `${place}:${tag}-${PLATFORMS[arch].replace('/', '-')}` } : {};
      return {
        ...url,
        ...(leg ? imageResults(place, leg.digest) : {}),
        ...(leg?.sbom ? { SBOM_BLOB_URL: `${place}@${leg.sbom}` } : {}),
      };
    }
    case 'build-image-index':
      return {
        IMAGE_URL: `${place}:${tag}`,
        ...(digest ? imageResults(place, digest) : {}),
        IMAGES: [...legs.values()].map((one) => `${place}@${one.digest}`).join(','),
      };
    default:
      return of.when?.[0] === 'skip-checks' && made.checks !== null ? checked(of, endMs, made.checks) : {};
  }
}

const imageResults = (place: string, digest: string) => ({ IMAGE_DIGEST: digest, IMAGE_REF: `${place}@${digest}` });

const artifact = ({ place, tag }: Made, what: string): string =>
  `oci:${place}@${digestNamed(`${place} ${tag} ${what}`)}`;

function checked({ name }: PracticeTask, endMs: number, word: string): Record<string, string> {
  const more: Readonly<Record<string, Record<string, string>>> = {
    'clair-scan': {
      SCAN_OUTPUT: JSON.stringify({ vulnerabilities: { critical: 0, high: 0, medium: 2, low: 5, unknown: 0 } }),
    },
    'rpms-signature-scan': { RPMS_DATA: JSON.stringify({ keys: { 'sample-key': 480, unsigned: 0 } }) },
  };
  return { TEST_OUTPUT: testOutput(name === TELLING ? word : 'SUCCESS', endMs), ...more[name] };
}

/** Ends with the line end that real checks leave. */
function testOutput(result: string, endMs: number): string {
  const [failures, warnings] = [/FAILURE|ERROR/.test(result) ? 1 : 0, result === 'WARNING' ? 1 : 0];
  const value = { result, timestamp: instant(endMs), namespace: 'sample', successes: 3, failures, warnings };
  return `${JSON.stringify(value)}\n`;
}

/** The specification that a run carries, cut down; `bundleOf` gives the bundle of a task. */
export function specOf(bundleOf: (task: PracticeTask) => string, isKnown: (task: PracticeTask) => boolean) {
  return {
    params: [{ name: 'build-platforms', type: 'array', default: ['linux/x86_64'] }],
    tasks: PRACTICE.filter(isKnown).map((one) => ({
      name: one.name,
      ...(one.after ? { runAfter: [one.after] } : {}),
      ...(one.when ? { when: [{ input: `$(params.${one.when[0]})`, operator: 'in', values: [one.when[1]] }] } : {}),
      taskRef: { resolver: 'bundles', params: refValues(one.task, bundleOf(one)) },
      ...(one.leg ? { matrix: { params: [{ name: one.leg, value: ['$(params.build-platforms)'] }] } } : {}),
    })),
  };
}

/** How a run names the task of a bundle. */
export const refValues = (name: string, bundle: string) => valuesOf({ name, bundle, kind: 'task' });

/** As Tekton lists parameters and results. */
export const valuesOf = (values: Values) =>
  Object.entries(values).map(([name, value]) => ({ name, type: Array.isArray(value) ? 'array' : 'string', value }));

/** Names that objects of the pretend cluster and its controllers share. */

export const STUDIO = 'appstudio.redhat.com/v1alpha1';
/** Where the builds of all tenants push their images. */
export const ORGANISATION = 'quay.io/konflux-fedora';
export const TEST_ACCOUNT = 'konflux-integration-runner';
export const RELEASE_ACCOUNT = 'release-service-account';
/** The Secret that Chains and the pipelines push with. */
export const DOCKER_SECRET = 'appstudio-pipeline-dockercfg-sample';
export const STATUS_ANNOTATION = 'build.appstudio.openshift.io/status';
export const ADMISSION = 'sample-admission';
export const POLICY = 'sample-policy';

export const buildAccount = (component: string): string => `build-pipeline-${component}`;
export const pushSecret = (component: string): string => `${component}-sample-image-push`;
export const pullSecret = (component: string): string => `${component}-sample-image-pull`;

/** Name of the plan by which an application is released. */
export function planNamed(application: string): string {
  const [, release] = /^fedora-bootc-(.+)$/.exec(application) ?? [];
  return release === undefined ? `${application}-sample` : `release-fedora-bootc-to-quay-io-${release}`;
}

import { type Answers, tagsOf } from './answers.ts';
import type { Part } from './explained.ts';

/** The objects of a component in its tenant, line by line. */

const AT = 'appstudio.redhat.com/v1alpha1';

export function application({ tenant, application: name }: Answers): Part[] {
  return [
    {
      says: 'An Application holds together what is tested and released as one. Give each release its own: a build of one component makes a candidate of all of them.',
      adds: { apiVersion: AT, kind: 'Application' },
    },
    {
      says: 'Its name, and the tenant: the namespace in which your project’s objects live.',
      adds: { metadata: { name, namespace: tenant } },
    },
    { says: 'What people read in the web interface.', adds: { spec: { displayName: name } } },
  ];
}

export function component(answers: Answers): Part[] {
  const { tenant, component: name, repository, branch, context, containerfile } = answers;
  return [
    {
      says: 'A Component is one image that is built from one repository.',
      adds: { apiVersion: AT, kind: 'Component' },
    },
    {
      says: 'Its name. No dots; the names of its runs and of its service account are made from it.',
      adds: { metadata: { name, namespace: tenant } },
    },
    {
      says: 'Switches Pipelines as Code on for the repository. The cluster takes this line away when it is done. -no-mr: it proposes no files of its own, since yours are below.',
      adds: { metadata: { annotations: { 'build.appstudio.openshift.io/request': 'configure-pac-no-mr' } } },
    },
    {
      says: 'To which Application it belongs, and its name once more.',
      adds: { spec: { application: answers.application, componentName: name } },
    },
    {
      says: 'Where the source is: repository and branch.',
      adds: { spec: { source: { git: { url: repository, revision: branch } } } },
    },
    {
      says: 'The folder that the build sees, and the Containerfile in it.',
      adds: { spec: { source: { git: { context, dockerfileUrl: containerfile } } } },
    },
  ];
}

export function imageRepository({ tenant, application: app, component: name }: Answers): Part[] {
  return [
    {
      says: 'An ImageRepository has a place made for the images. Without one the component waits for ever for its containerImage, and nothing is built.',
      adds: { apiVersion: AT, kind: 'ImageRepository' },
    },
    { says: 'Named like the component.', adds: { metadata: { name, namespace: tenant } } },
    {
      says: 'These two labels tie it to the component.',
      adds: {
        metadata: {
          labels: { 'appstudio.redhat.com/application': app, 'appstudio.redhat.com/component': name },
        },
      },
    },
    {
      says: 'The address that was made is written into the component.',
      adds: {
        metadata: { annotations: { 'image-controller.appstudio.redhat.com/update-component-image': 'true' } },
      },
    },
    {
      says: 'Everybody may pull the images. Say so: the documentation and the definition of the object name different defaults.',
      adds: { spec: { image: { visibility: 'public' } } },
    },
  ];
}

/** Name of the ReleasePlan and of its folder. */
export const PLAN = 'release-to-quay-io';

export function releasePlan(answers: Answers): Part[] {
  const { tenant, application: app, component: name, target, destination } = answers;
  return [
    {
      says: 'A ReleasePlan says where tested images go. It is one half: the other is a ReleasePlanAdmission in the namespace named below as target, which its owners write.',
      adds: { apiVersion: AT, kind: 'ReleasePlan' },
    },
    {
      says: 'Its name says what it is for; the Application makes it unique.',
      adds: { metadata: { name: `${PLAN}-${app}`.slice(0, 63).replace(/-+$/, ''), namespace: tenant } },
    },
    {
      says: 'Every candidate that has passed its tests is released without a hand. A run may still say no for itself.',
      adds: { metadata: { labels: { 'release.appstudio.openshift.io/auto-release': 'true' } } },
    },
    {
      says: 'You stand for these releases, so that they have an author. Without it an automatic release is refused.',
      adds: { metadata: { labels: { 'release.appstudio.openshift.io/standing-attribution': 'true' } } },
    },
    { says: 'Candidates of which Application.', adds: { spec: { application: app } } },
    { says: 'The namespace in which the release pipeline runs, with its own rights.', adds: { spec: { target } } },
    {
      says: 'Which component goes to which repository, under which tags. {{ timestamp }} and the like are filled in by the release pipeline. A component that is missing here is left out, and a release in which none is left fails. Ask the owners of the target whether they want this here or in their half.',
      adds: {
        spec: { data: { mapping: { components: [{ name, repository: destination, tags: tagsOf(answers) }] } } },
      },
    },
  ];
}

export function scenario({ tenant, application: app, policy }: Answers): Part[] {
  const where = (name: string, value: string) => ({ name, value });
  return [
    {
      says: 'An IntegrationTestScenario runs after each build. This one asks Conforma whether the image was built as a policy demands.',
      adds: { apiVersion: 'appstudio.redhat.com/v1beta2', kind: 'IntegrationTestScenario' },
    },
    {
      says: 'Its name: the check on the merge request is called after it.',
      adds: { metadata: { name: `${app.slice(0, 54).replace(/-+$/, '')}-conforma`, namespace: tenant } },
    },
    {
      says: 'A failure is shown and stops nothing. Take this line away when the policy holds.',
      adds: { metadata: { labels: { 'test.appstudio.openshift.io/optional': 'true' } } },
    },
    { says: 'For every candidate of this Application.', adds: { spec: { application: app } } },
    {
      says: 'The pipeline of the check is read from git, from Conforma’s own repository.',
      adds: {
        spec: {
          resolverRef: {
            resolver: 'git',
            params: [
              where('url', 'https://github.com/conforma/cli'),
              where('revision', 'main'),
              where('pathInRepo', 'pipelines/enterprise-contract/0.1/enterprise-contract.yaml'),
            ],
          },
        },
      },
    },
    {
      says: 'The policy: namespace and name of an EnterpriseContractPolicy that the tenant may read.',
      adds: { spec: { params: [where('POLICY_CONFIGURATION', policy)] } },
    },
  ];
}

import { secondAt } from '#sim/clock.ts';
import type { KubeObject } from '#sim/kube/kind.ts';
import { MANAGED_NAMESPACE } from '#sim/kube/roles.ts';
import { fieldsOf } from '#sim/kube/value.ts';
import {
  ADMISSION,
  POLICY,
  planNamed,
  pullSecret,
  pushSecret,
  RELEASE_ACCOUNT,
  STATUS_ANNOTATION,
  STUDIO,
} from './names.ts';
import { applicationOf, applicationsOf, condition, gitUrlOf, imageOf, nameOf, type Tenant, thing } from './tenant.ts';

/** What a tenant has beside its Components: made once, long before the night. */

export const applications = (tenant: Tenant): KubeObject[] =>
  applicationsOf(tenant).map((name) =>
    thing(tenant, STUDIO, 'Application', name, { spec: { displayName: name }, status: { conditions: [] } }),
  );

/** The Component as the build service has left it: its repository is watched. */
export function onboarded(component: KubeObject): KubeObject {
  const { metadata } = component;
  const state = {
    pac: { state: 'enabled', 'configuration-time': rfc1123(metadata.creationTimestamp) },
    message: 'done',
  };
  const annotations = { [STATUS_ANNOTATION]: JSON.stringify(state), ...metadata.annotations };
  const status = { 'pac-repository': repositoryNamed(gitUrlOf(component)), ...fieldsOf(component['status']) };
  return { ...component, metadata: { ...metadata, annotations }, status };
}

export const rfc1123 = (time: string): string => new Date(time).toUTCString().replace('GMT', 'UTC');

export const imageRepositories = (tenant: Tenant): KubeObject[] =>
  tenant.components.map((component) => {
    const name = nameOf(component);
    const credentials = {
      generationTimestamp: secondAt(tenant.bornMs),
      ...{ 'push-secret': pushSecret(name), 'push-robot-account': 'sample+push' },
      ...{ 'pull-secret': pullSecret(name), 'pull-robot-account': 'sample+pull' },
    };
    return thing(tenant, STUDIO, 'ImageRepository', name, {
      labels: { 'appstudio.redhat.com/application': applicationOf(component), 'appstudio.redhat.com/component': name },
      annotations: { 'image-controller.appstudio.redhat.com/update-component-image': 'true' },
      spec: { image: { name: `${tenant.namespace}/${name}`, visibility: 'public' } },
      status: { state: 'ready', image: { url: imageOf(component), visibility: 'public' }, credentials },
    });
  });

/** `https://gitlab.com/fedora/bootc/base-images` to `base-images`. */
export const repositoryNamed = (url: string): string =>
  url.replace(/(\.git)?\/*$/, '').replace(/^.*\//, '') || 'sample';

export const repositories = (tenant: Tenant): KubeObject[] =>
  [...new Set(tenant.components.map(gitUrlOf))].filter(Boolean).map((url) =>
    thing(tenant, 'pipelinesascode.tekton.dev/v1alpha1', 'Repository', repositoryNamed(url), {
      spec: {
        url,
        git_provider: {
          type: /^https:\/\/github\./.test(url) ? 'github' : 'gitlab',
          secret: { name: 'sample-gitlab', key: 'password' },
        },
      },
    }),
  );

/** A scenario is named for its application where a tenant has several: names are unique in a namespace. */
export const scenarios = (tenant: Tenant): KubeObject[] =>
  [...tenant.scenarios].flatMap(([application, names]) =>
    names.map((name) => scenario(tenant, application, name, scenarioNamed(name, application, tenant.scenarios.size))),
  );

const scenarioNamed = (name: string, application: string, count: number): string =>
  count > 1 ? `${name}-${application}` : name;

function scenario(tenant: Tenant, application: string, test: string, name: string): KubeObject {
  const isPolicy = /policy|conforma|contract/.test(test);
  const params = isPolicy
    ? [
        { name: 'url', value: 'https://github.com/conforma/cli' },
        { name: 'revision', value: 'main' },
        { name: 'pathInRepo', value: 'pipelines/enterprise-contract/0.1/enterprise-contract.yaml' },
      ]
    : [
        { name: 'url', value: 'https://gitlab.com/fedora/bootc/base-images' },
        { name: 'revision', value: 'main' },
        { name: 'pathInRepo', value: 'sample/test.yaml' },
      ];
  return thing(tenant, 'appstudio.redhat.com/v1beta2', 'IntegrationTestScenario', name, {
    spec: {
      application,
      contexts: [{ name: 'application', description: 'sample: each Snapshot' }],
      ...(isPolicy ? { params: [{ name: 'POLICY_CONFIGURATION', value: `${tenant.namespace}/${POLICY}` }] } : {}),
      resolverRef: { resolver: 'git', resourceKind: 'pipeline', params },
    },
    status: { conditions: [condition('IntegrationTestScenarioValid', 'True', 'Valid', tenant.bornMs)] },
  });
}

export const policies = (tenant: Pick<Tenant, 'namespace' | 'bornMs'>): KubeObject[] => [
  thing(tenant, STUDIO, 'EnterpriseContractPolicy', POLICY, {
    spec: {
      name: POLICY,
      description: 'sample: the policy of this practice tenant',
      publicKey: 'k8s://openshift-pipelines/public-key',
      sources: [
        {
          name: 'sample',
          policy: ['git::https://github.com/conforma/policy//policy/release'],
          data: ['git::https://github.com/coreos/conforma-policy//data'],
          config: { include: ['@redhat'], exclude: [] },
        },
      ],
    },
  }),
];

/** The plans of a tenant, each with the repositories that its images go to. */
export const releasePlans = (tenant: Tenant): KubeObject[] =>
  applicationsOf(tenant).map((application) =>
    thing(tenant, STUDIO, 'ReleasePlan', planNamed(application), {
      labels: {
        'release.appstudio.openshift.io/auto-release': 'true',
        'release.appstudio.openshift.io/standing-attribution': 'true',
        'release.appstudio.openshift.io/releasePlanAdmission': admissionNamed(tenant.namespace),
      },
      spec: {
        ...{ application, target: MANAGED_NAMESPACE, releaseGracePeriodDays: 7 },
        data: {
          mapping: { components: tenant.components.filter((one) => applicationOf(one) === application).map(goal) },
        },
      },
      status: {
        conditions: [condition('Matched', 'True', 'Matched', tenant.bornMs)],
        releasePlanAdmission: { name: `${MANAGED_NAMESPACE}/${admissionNamed(tenant.namespace)}`, active: true },
      },
    }),
  );

function goal(component: KubeObject) {
  const name = nameOf(component);
  const [, stream] = /^fedora-coreos-(.+)$/.exec(name) ?? [];
  if (stream) return { name, repository: 'quay.io/coreos-devel/fedora-coreos', tags: [stream] };
  return { name, repository: `quay.io/bootc-devel/${name}`, tags: ['latest', '{{ timestamp }}'] };
}

/** Of several tenants the first has the plain name. */
const admissionNamed = (origin: string): string =>
  origin === 'bootc-tenant' ? ADMISSION : `${ADMISSION}-${origin.replace(/-tenant$/, '')}`;

/** What lets the releases of a tenant in; it lies on the receiving side. */
export const admission = (tenant: Tenant): KubeObject =>
  thing({ ...tenant, namespace: MANAGED_NAMESPACE }, STUDIO, 'ReleasePlanAdmission', admissionNamed(tenant.namespace), {
    labels: { 'release.appstudio.openshift.io/block-releases': 'false' },
    spec: {
      ...{ applications: applicationsOf(tenant), origin: tenant.namespace, policy: POLICY },
      pipeline: {
        serviceAccountName: RELEASE_ACCOUNT,
        pipelineRef: {
          resolver: 'git',
          params: [
            { name: 'url', value: 'https://github.com/konflux-ci/release-service-catalog' },
            { name: 'revision', value: 'production' },
            {
              name: 'pathInRepo',
              value: 'pipelines/managed/push-to-external-registry/push-to-external-registry.yaml',
            },
          ],
        },
      },
    },
    status: {
      conditions: [condition('Matched', 'True', 'Matched', tenant.bornMs)],
      releasePlans: applicationsOf(tenant).map((application) => ({
        name: `${tenant.namespace}/${planNamed(application)}`,
        active: true,
      })),
    },
  });

import type { Answers, Forge } from './answers.ts';
import { folderOf, type OnboardFile } from './files.ts';

/** What comes before the files, what follows them, and what only others can do. */

export interface Step {
  title: string;
  text: string;
  /** A command to paste; only where it adds something. */
  run?: string;
}

const ACCESS: Readonly<Record<Forge, string>> = {
  github: 'Install the app red-hat-konflux-kflux-fedora-01 on the repository. Its owner can do that.',
  gitlab:
    'An admin of the tenant makes a secret with a project token: role Maintainer, scopes api, read_repository and write_repository. It is labelled appstudio.redhat.com/credentials: scm and appstudio.redhat.com/scm.host. Merge requests from forks are not built on GitLab: push the branch to the project.',
  forgejo:
    'An admin of the tenant makes a secret with a token that may read users and organisations and write issues and the repository. It is labelled appstudio.redhat.com/credentials: scm and appstudio.redhat.com/scm.host. Fedora’s own forge is known to the cluster as a whole.',
};

/** The order in which the files are used. */
export function stepsOf(answers: Answers, files: readonly OnboardFile[]): Step[] {
  const { tenant, component, forge, isReleased } = answers;
  const paths = files.flatMap(({ path, objects, home }) => (home === 'tenants' && objects.length > 0 ? [path] : []));
  const applied = paths.map((path) => `-f ${path}`).join(' \\\n  ');
  return [
    {
      title: 'Let the cluster read the repository',
      text: `${ACCESS[forge]} Do it before the component is there. A token never goes into a file or onto this page.`,
    },
    {
      title: 'Have a cluster check the objects',
      text: 'Nothing is kept of it. Run it beside the folder clusters, signed in to the cluster.',
      run: `kubectl apply --dry-run=server \\\n  ${applied}`,
    },
    {
      title: 'Propose the objects',
      text: `Put the files of ${folderOf(answers)} into the repository tenants-config, name the folder in the kustomization.yaml above it, and open a merge request. Argo CD applies them when it is merged. The names of files inside the folder are our choice: look at a neighbour first.`,
    },
    {
      title: 'For a trial, apply them by hand',
      text: 'In a tenant of your own only. Where the tenant is kept in git, the next synchronisation may undo it.',
      run: `kubectl apply \\\n  ${applied}`,
    },
    {
      title: 'See that the component is joined',
      text: 'The place of the images must be ready, and the component must say enabled.',
      run: [
        `kubectl get imagerepositories.appstudio.redhat.com ${component} -n ${tenant} -o jsonpath='{.status.state}{"\\n"}'`,
        `kubectl get components.appstudio.redhat.com ${component} -n ${tenant} \\\n  -o jsonpath='{.metadata.annotations.build\\.appstudio\\.openshift\\.io/status}{"\\n"}'`,
      ].join('\n'),
    },
    {
      title: 'Propose the runs',
      text: `Open a merge request in your repository with both files of .tekton. That merge request is the first that is built; merging it starts the first build of the branch.`,
    },
    ...(isReleased ? [{ title: 'Have the other half of the release written', text: admission(answers) }] : []),
  ];
}

const admission = ({ tenant, application, target }: Answers): string =>
  `Nothing is released before the owners of ${target} have a ReleasePlanAdmission there. It must name the origin ${tenant} and the application ${application}, a policy, and the pipeline that pushes. You cannot write it from your tenant. Until it is there, the condition Matched of your ReleasePlan is not true.`;

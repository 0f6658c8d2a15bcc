import { parseRunbook } from '#runbook/catalog.ts';
import type { Runbook } from '#runbook/model.ts';
import { owners, variables } from './shown.ts';

/** A runbook of the tests' own, so that none of them hangs on a sentence of content/. */

export const SAMPLE_FILE = 'content/runbooks/sample.yaml';

export const SAMPLE = `schema: 1
title: Start a sample build
kind: task
severity: minor
summary: A new build runs.
impact: One image stays old.
component: build
needs:
  role: maintainer
  tools: { kubectl: ">=1.28" }
  hosts: [api.kflux-fedora-01.84db.p1.openshiftapps.com]
variables: [namespace, component]
steps:
  - id: look
    title: See the last builds
    risk: read
    where: cluster
    run: |
      kubectl get pipelineruns.tekton.dev -n {{namespace}} \\
        -l appstudio.openshift.io/component={{component}}
    branches:
      - { if: "Running", says: "A build is under way already.", step: watch }
  - id: trigger
    title: Ask for a new build
    risk: change
    where: cluster
    run: |
      echo sample
      kubectl annotate components.appstudio.redhat.com/{{component}} -n {{namespace}} --overwrite sample=yes
    verify:
      run: kubectl get pipelineruns.tekton.dev -n {{namespace}}
      output: |
        [..] Running
    undo:
      none: A build that has started is cancelled in the interface.
  - id: watch
    title: See the runs again
    risk: read
    where: cluster
    run: kubectl get pipelineruns.tekton.dev -n {{namespace}}
escalate:
  owner: bootc
  when: No run appears within ten minutes.
sources:
  - { title: "A sample", date: 2026-08-06 }
`;

export const sample: Runbook = parseRunbook(SAMPLE, SAMPLE_FILE, { variables, owners });

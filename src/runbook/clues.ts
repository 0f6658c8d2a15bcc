import { refusal } from './value.ts';
import type { Variables } from './variable.ts';

/** Values for a runbook's variables that a pasted log names by itself. They are offered, never taken as read. */

const CLUES: readonly { name: string; pattern: RegExp }[] = [
  { name: 'pipelinerun', pattern: /\b([a-z0-9][a-z0-9.-]*-on-(?:push|pull-request)-[a-z0-9]{4,12})\b/ },
  { name: 'component', pattern: /\b([a-z0-9][a-z0-9.-]*?)-on-(?:push|pull-request)\b/ },
  { name: 'component', pattern: /\bcomponents?(?:\.appstudio\.redhat\.com)?[/ ]"?(fedora-bootc-[a-z0-9-]+)/ },
  { name: 'namespace', pattern: /\b(?:in the )?namespace[:=\s]+"?([a-z0-9][a-z0-9-]*-(?:tenant|managed))\b/ },
  { name: 'namespace', pattern: /\/ns\/([a-z0-9][a-z0-9-]*)\// },
  { name: 'repository', pattern: /\b(quay\.io\/[a-z0-9_-]+(?:\/[a-z0-9._-]+)+?)(?=[@:\s"',]|$)/m },
  { name: 'digest', pattern: /\b(sha256:[0-9a-f]{64})\b/ },
  { name: 'platform', pattern: /\b(linux(?:-[a-z0-9]+)?\/(?:amd64|arm64|ppc64le|s390x))\b/ },
];

/** The first of each kind that is fit for its variable. */
export function cluesIn(text: string, variables: Variables): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, pattern } of CLUES) {
    const value = pattern.exec(text)?.[1];
    const variable = variables[name];
    if (value && variable && found[name] === undefined && refusal(variable, value) === null) found[name] = value;
  }
  return found;
}

import { expect, test } from 'vitest';
import { lint } from '#runbook/lint/lint.ts';
import { RULES } from '#runbook/lint/rules/index.ts';
import type { Runbook, Step } from '#runbook/model.ts';
import { sample } from './sample.ts';
import { shell, variables } from './shown.ts';

const rulesOf = (runbook: Runbook): string[] => [...new Set(lint(runbook, variables, shell).map(({ rule }) => rule))];

/** The sample with another first step; tools and hosts are judged in tests of their own. */
function found(run: string, changed: Partial<Step> = {}): string[] {
  const [first, ...rest] = sample.steps;
  if (!first) throw new Error('The sample has no step.');
  const ids = rulesOf({ ...sample, steps: [{ ...first, run, ...changed }, ...rest] });
  return ids.filter((id) => id !== 'tools' && id !== 'hosts');
}

const BAD: readonly (readonly [rule: string, run: string])[] = [
  ['bash-syntax', 'echo "open'],
  ['bash-syntax', 'if true; echo x; fi'],
  ['no-prompt', '$ kubectl version'],
  ['no-way-around', '/usr/bin/curl --fail https://quay.io/'],
  ['no-way-around', 'timeout 5 /bin/curl --fail https://quay.io/'],
  ['no-way-around', "curl --noproxy '*' https://quay.io/"],
  ['no-way-around', 'cat </dev/tcp/quay.io/80'],
  ['no-way-around', 'NO_PROXY=quay.io skopeo inspect docker://quay.io/a:b'],
  ['no-prompt', 'echo x\n# kubectl version'],
  ['no-angle-brackets', 'cat "<name>"'],
  ['placeholder-position', '{{component}} x'],
  ['placeholder-position', 'echo "${{component}}"'],
  ['placeholder-position', 'echo {{component}}>f'],
  ['free-text', 'echo {{reason}}'],
  ['free-text', "echo '{{reason}}'"],
  ['free-text', 'echo $REASON'],
  ['free-text', 'cat <<EOF\na: $REASON\nEOF'],
  ['quoted-yaml', "cat <<'EOF'\na: {{component}}\nEOF"],
  ['heredoc-line', 'cat <<EOF\n{{component}}\nEOF'],
  ['heredoc-line', 'cat <<EOF\nE{{component}}\nEOF'],
  ['namespace', 'kubectl get pods'],
  ['namespace', 'oc get pods'],
  ['namespace', 'kubectl ka get pods'],
  ['namespace', 'kubectl logs x -c step-build'],
  ['namespace', 'kubectl auth can-i list pods'],
  ['namespace', 'kubectl get pods -n "$NS"'],
  ['namespace', 'x | xargs kubectl get pods'],
  ['namespace', 'echo "$(kubectl get pods)"'],
  ['full-names', 'kubectl get components -n a'],
  ['full-names', 'kubectl get pods,component/x -n a'],
  ['full-names', 'kubectl auth can-i patch imagerepositories -n a'],
  ['patch-type', 'kubectl patch x.y/z -n a -p "{}"'],
  ['no-events', 'kubectl get events -n a'],
  ['no-events', 'kubectl events -n a'],
  ['image-reference', 'skopeo inspect docker://quay.io/a/b'],
  ['image-reference', 'skopeo inspect docker://{{repository}}'],
  ['image-reference', 'cosign verify quay.io:443/a/b'],
  ['pipefail', 'a=$(skopeo inspect x | sha256sum)'],
  ['pipefail', 'a=$(b | c)\nset -o pipefail'],
  ['curl-options', 'curl -fsSL https://quay.io/'],
  ['secrets', 'skopeo login --password x quay.io'],
  ['secrets', 'curl --header "Authorization: Bearer $TOKEN" https://quay.io/'],
  ['secrets', 'read -r TOKEN'],
  ['secrets', 'kubectl get x -n a --token y'],
  ['secrets', 'kubectl create secret generic x -n a --from-literal=password=y'],
  ['destroys', 'kubectl delete x/y -n a'],
  ['destroys', 'skopeo delete docker://quay.io/a/b:c'],
  ['destroys', 'git push --force origin main'],
  ['destroys', 'git -C x push origin +main'],
  ['destroys', 'rm -rf x'],
  ['read-only', 'kubectl annotate x.y/z -n a b=c'],
  ['read-only', 'kubectl create token sample -n a'],
  ['read-only', 'git push origin main'],
  ['read-only', 'skopeo copy docker://quay.io/a/b:c docker://quay.io/a/b:d'],
  ['read-only', 'curl --request POST https://quay.io/'],
  ['no-sudo', 'sudo true'],
  ['no-yq', 'yq . x'],
  ['no-hidden-commands', "bash -c 'kubectl get pods'"],
  ['no-hidden-commands', 'eval "$X"'],
  ['open-terminal', 'test -f x || exit 1'],
  ['open-terminal', 'set -euo pipefail'],
  ['no-editor', 'kubectl edit x/y -n a'],
  ['no-editor', 'git commit --all'],
  ['sed-delimiter', "sed 's/a/{{repository}}/' f"],
  ['comments', 'echo x # and so on'],
  ['history', 'echo "hello!world"'],
];

test.each(BAD)('%s is found in %j', (rule, run) => {
  expect(found(run)).toContain(rule);
});

test.each([
  [
    'a function, a loop and a heredoc',
    'f() { echo x; }\nfor a in b; do f "$a"; done\ncat <<EOF\n  a: "{{component}}"\nEOF',
  ],
  ['a free text in double quotes', 'echo "$REASON"'],
  [
    'a Go template and jq',
    "skopeo inspect --format '{{.Digest}}' docker://{{repository}}:latest | jq '.a | test(\"(?<x>b)!\")'",
  ],
  [
    'kinds of the whole cluster and verbs that ask none',
    'kubectl get namespaces\nkubectl version --client\nkubectl config view\nkubectl auth whoami\nkubectl get --raw /livez\nkubectl explain pods',
  ],
  [
    'a namespace in every way of writing it',
    'kubectl -n {{namespace}} get pods\nkubectl get pods --namespace={{namespace}}\nkubectl get pods -n "${NS:?}"',
  ],
  [
    'full names',
    'kubectl get components.appstudio.redhat.com/{{component}} -n a\nkubectl get -n a imagerepositories.appstudio.redhat.com',
  ],
  [
    'images with a tag, a digest, or neither where a repository is meant',
    'skopeo inspect docker://{{repository}}:{{tag}}\nskopeo inspect docker://{{repository}}@{{digest}}\nskopeo list-tags docker://{{repository}}\nskopeo login quay.io',
  ],
  ['a pipe whose failure counts', 'set -o pipefail\na=$(b | c)'],
  [
    'a secret that is asked for and handed over unseen',
    'read -rs TOKEN\nprintf \'%s\' "$TOKEN" | skopeo login --username x --password-stdin quay.io',
  ],
  ['a rehearsal', 'kubectl annotate x.y/z -n a b=c --dry-run=server -o yaml'],
  ['a copy to the reader’s own disk', 'skopeo copy docker://quay.io/a/b:c dir:x\ngit commit --message x'],
  [
    'sed with another sign, and with values that have no slash',
    "sed 's|a|{{repository}}|' f\nsed 's/a/{{component}}/' f",
  ],
])('nothing is found in %s', (_, run) => {
  expect(found(run)).toEqual([]);
});

test('what a step that says so destroys, and what takes a change back, is in order', () => {
  const undo = { run: 'kubectl delete x.y/z -n a' };
  const verify = { run: 'kubectl get x.y/z -n a', output: 'x' };
  expect(found('kubectl delete x.y/z -n a', { risk: 'destroy', verify, undo })).toEqual([]);
  expect(found('kubectl create -n a -f x', { risk: 'change', verify, undo })).toEqual([]);
  expect(
    found('kubectl create -n a -f x', {
      risk: 'change',
      verify: { ...verify, run: 'kubectl label x.y/z -n a b=c' },
      undo,
    }),
  ).toEqual(['read-only']);
});

test('a finding has the place, the reason, the remedy and the rule', () => {
  const [first, ...rest] = sample.steps;
  if (!first) throw new Error('The sample has no step.');
  const [finding] = lint(
    { ...sample, steps: [{ ...first, run: 'echo x\nkubectl get pods' }, ...rest] },
    variables,
    shell,
  );
  expect(finding).toMatchObject({
    path: ['steps', 0, 'run'],
    row: 2,
    rule: 'namespace',
    remedy: 'Add -n {{namespace}}.',
  });
  expect(finding?.message).toBe(`${finding?.reason}. ${finding?.remedy} (rule namespace)`);
});

test('tools and hosts are those that the commands use, no more and no fewer', () => {
  const { needs } = sample;
  expect(rulesOf(sample)).toEqual([]);
  expect(rulesOf({ ...sample, needs: { ...needs, tools: {} } })).toEqual(['tools']);
  expect(rulesOf({ ...sample, needs: { ...needs, tools: { ...needs.tools, jq: 'any' } } })).toEqual(['tools']);
  expect(rulesOf({ ...sample, needs: { ...needs, hosts: [] } })).toEqual(['hosts']);
  expect(rulesOf({ ...sample, needs: { ...needs, hosts: [...needs.hosts, 'quay.io'] } })).toEqual(['hosts']);
  const [first, ...rest] = sample.steps;
  if (!first) throw new Error('The sample has no step.');
  const other = (run: string) =>
    lint({ ...sample, steps: [{ ...first, run }, ...rest] }, variables, shell).map(({ reason }) => reason);
  expect(other('curl --fail https://quay.io/x')).toEqual(['A command reaches quay.io', 'A command uses curl']);
  expect(other('skopeo inspect docker://{{repository}}:x')).toEqual([
    'A command reaches quay.io',
    'A command uses skopeo',
  ]);
  expect(other('kubectl ka get pods -n a')).toEqual([
    expect.stringContaining('A command reaches kubearchive'),
    'A command uses kubectl-ka',
  ]);
  expect(other('python3 x')).toEqual([expect.stringContaining('"python3" is neither one of')]);
});

test('a variable that asks a page for a secret is found', () => {
  expect(rulesOf({ ...sample, variables: [...sample.variables, 'api-token'] })).toEqual(['secrets']);
});

test('every rule is tested, and says what to do', () => {
  const tested = new Set([...BAD.map(([rule]) => rule), 'tools', 'hosts']);
  expect(RULES.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
  for (const { remedy } of RULES) expect(remedy).toMatch(/^[A-Z].*\.$/);
});

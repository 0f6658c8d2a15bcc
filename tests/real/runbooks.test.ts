import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'vitest';
import { thisMachine } from '#host/machine.ts';
import { provisionsOf } from '#verify/provisions.ts';
import { lackingOf, realTest } from '../support/needs.ts';
import { faultOf, run, runbook } from '../support/trial.ts';

const lacks = lackingOf(['bash', 'git', 'curl', 'openssl', 'jq']);
const trial = (title: string, work: () => Promise<void>) => realTest(title, work, 60_000, lacks);

const { kubectl } = await provisionsOf(
  thisMachine(() => {}),
  '.cache/clients',
);
const lacksKubectl = lacks ?? (kubectl?.client === 'checked' ? kubectl.why : null);
if (lacksKubectl && process.env['CI']) throw new Error(lacksKubectl);
const trialOfKubectl = (title: string, work: () => Promise<void>) => realTest(title, work, 60_000, lacksKubectl);

const READ = `
needs: { role: none, tools: { jq: any } }
steps:
  - id: look
    title: Look
    risk: read
    where: laptop
    run: echo '{"a":1}' | jq .a`;

trial('a runbook that is right is right, with what ran and how', async () => {
  const [result] = await run([runbook(`${READ}\n    expect: { output: "1" }`)]);
  expect(result).toMatchObject({ broken: null, role: 'none' });
  expect(result?.trial.ran).toMatchObject([
    { step: 'look', part: 'run', client: 'real', server: 'none', tools: ['jq'] },
  ]);
});

trial('another output than is written fails, and names the line', async () => {
  const fault = await faultOf(runbook(`${READ}\n    expect: { output: "2" }`));
  expect(fault).toContain('look');
  expect(fault).toMatch(/line 1[\s\S]*expected {2}2\n {2}printed {3}1/);
});

trial('another exit code than is written fails', async () => {
  expect(await faultOf(runbook(`${READ}\n    expect: { exit: 3 }`))).toContain('code 0; 3 is expected');
  const failing = READ.replace(/run: .*/, 'run: jq . absent | cat');
  expect(await faultOf(runbook(failing))).toContain('code 2; 0 is expected');
});

trial('a tool that is not declared is not there', async () => {
  const fault = await faultOf(runbook(READ.replace('jq: any', 'git: any')));
  expect(fault).toContain('code 127');
  expect(fault).toContain('jq is not there: name it under needs.tools');
});

const ASKS = (host: string) => `
needs: { role: none, tools: { curl: any }, hosts: [${host}] }
steps:
  - id: ask
    title: Ask
    risk: read
    where: laptop
    run: curl --silent --show-error --fail https://quay.io/api/v1/repository/bootc-devel/fedora-bootc-45-standard/tag/`;

trial('a declared host is reached at its real address, and the record says by what it was played', async () => {
  const [result] = await run([runbook(ASKS('quay.io'))]);
  expect(result?.trial.attempts[0]?.outcome?.output).toContain('"name":"latest"');
  expect(result?.trial.ran).toMatchObject([{ client: 'real', server: 'simulator', tools: ['curl'] }]);
});

trial('a host that is not declared is refused, and named', async () => {
  expect(await faultOf(runbook(ASKS('gitlab.com')))).toContain('It asked quay.io, which is not among needs.hosts');
});

const ASK_CLUSTER = (flags: string) => `
needs: { role: viewer, tools: { kubectl: any }, hosts: [api.kflux-fedora-01.84db.p1.openshiftapps.com] }
variables: [namespace]
steps:
  - id: list
    title: List
    risk: read
    where: cluster
    text: "In {{namespace}}"
    run: kubectl get components.appstudio.redhat.com ${flags} -o name`;

trialOfKubectl('kubectl finds the component where it is', async () => {
  const [result] = await run([runbook(ASK_CLUSTER('-n {{namespace}}'))]);
  expect(result?.trial.attempts.at(-1)?.outcome?.output).toBe(
    'component.appstudio.redhat.com/fedora-bootc-45-standard\n',
  );
  expect(result?.trial.ran).toMatchObject([{ client: 'real', server: 'simulator', tools: ['kubectl'] }]);
});

trialOfKubectl('a forgotten namespace fails, and is named as the cause', async () => {
  const fault = await faultOf(runbook(`${ASK_CLUSTER('')}\n    expect: { output: "component[..]" }`));
  expect(fault).toContain('It asked the namespace "default": a kubectl command forgot its -n.');
});

const CHANGE = (run: string, verify: string, more = '') => `
needs: { role: none, tools: { jq: any, glab: any } }
steps:
  - id: change
    title: Change
    risk: change
    where: laptop
    run: ${run}
    verify: { run: "${verify}", output: "done" ${more} }
    undo: { run: "rm mark", output: "" }`;

trial('a change whose effect is not seen fails at its verify', async () => {
  expect(await faultOf(runbook(CHANGE('touch mark', 'cat mark')))).toContain('line 1');
});

trial('what was changed is taken back at the end, or the runbook fails', async () => {
  const [result] = await run([runbook(CHANGE('echo done >mark', 'cat mark'))]);
  expect(result?.trial.ran.map(({ part }) => part)).toEqual(['run', 'verify', 'undo']);
  expect(await faultOf(runbook(CHANGE('test 1', 'echo done')))).toContain('code 1; 0 is expected');
});

trial('what destroys and cannot be run fails; what changes is marked as not run', async () => {
  const change = CHANGE('glab repo delete sample', 'glab repo view');
  expect(await faultOf(runbook(change.replace('risk: change', 'risk: destroy')))).toContain(
    'A step that is "destroy" was not run: glab cannot be run here',
  );
  const [result] = await run([runbook(change)]);
  expect(result?.trial.ran).toMatchObject([{ client: 'checked' }, { client: 'checked' }, { client: 'checked' }]);
});

const CLONE = (run: string, verify: string) => `
needs: { role: none, tools: { git: any }, hosts: [gitlab.com] }
variables: [project, reason]
steps:
  - id: look
    title: Look
    risk: read
    where: clone
    text: "Of {{project}}"
    run: |
      echo "$(cat a.txt)"
      git log --format='%an %s'
      ls
    expect: { output: "two\\nsample Sample: a.txt\\nsample Sample: a.txt\\na.txt" }
  - id: push
    title: Push
    risk: no-return
    where: clone
    run: |
      git switch --quiet --create fix
      echo three >a.txt
      git commit --quiet --all --message "$REASON"
      ${run}
    verify:
      run: ${verify}
      output: "[..]refs/heads/fix"
    undo: { none: It stays. }`;

trial('a clone has the history of the world, and real git pushes to it', async () => {
  const good = CLONE('git push --quiet -o merge_request.create origin fix', 'git ls-remote origin refs/heads/fix');
  const [result] = await run([runbook(good)]);
  expect(result?.trial.attempts.flatMap(({ fault }) => fault?.says ?? [])).toEqual([]);
  expect(result?.broken).toBeNull();
  expect(result?.trial.ran).toMatchObject([
    { server: 'none' },
    { server: 'loopback', client: 'real', tools: ['git'] },
    { server: 'loopback' },
  ]);
  expect(result?.trial.attempts[1]?.outcome?.output).toContain('remote: View merge request for fix');
});

trial('a push that was forgotten is not seen on the server', async () => {
  expect(await faultOf(runbook(CLONE('true', 'git ls-remote origin refs/heads/fix')))).toContain('push');
});

trial('a clone from a host that is not declared fails and says what to do', async () => {
  const undeclared = CLONE('true', 'git status').replace('gitlab.com', 'quay.io');
  expect(await faultOf(runbook(undeclared))).toMatch(/git clone https:\/\/gitlab\.com[\s\S]*needs\.hosts/);
});

trial('what comes late in the world is waited for, as long as the runbook allows', async () => {
  const waits = (within: string) => `
needs: { role: none, tools: { curl: any, jq: any }, hosts: [gitlab.com] }
steps:
  - id: change
    title: Change
    risk: change
    where: laptop
    run: "true"
    verify:
      run: curl --silent "https://gitlab.com/api/v4/projects/sample%2Fimages/repository/files/later.txt?ref=main" | jq --raw-output '.file_name // "absent"'
      output: later.txt
      within: ${within}
    undo: { none: It stays. }`;
  expect(await faultOf(runbook(waits('25h')))).toBe('');
  expect(await faultOf(runbook(waits('20h')))).toContain('printed   absent');
});

trial('nothing is left behind, also after a failure', async () => {
  const before = readdirSync(tmpdir());
  await faultOf(runbook(READ.replace(/run: .*/, 'run: sleep 300 & false')));
  const more = readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-runbooks-') && !before.includes(name));
  expect(more).toEqual([]);
  expect(existsSync('content/runbooks/none')).toBe(false);
});

trial('a command that waits sees the time of the world go by, and another does not', async () => {
  const waits = (first: string) => `
needs: { role: none, tools: { curl: any }, hosts: [gitlab.com] }
steps:
  - id: wait
    title: Wait
    risk: read
    where: laptop
    run: ${first}; curl --silent --fail "https://gitlab.com/api/v4/projects/sample%2Fimages/repository/files/soon.txt?ref=main"`;
  expect(await faultOf(runbook(waits('sleep 1')))).toBe('');
  expect(await faultOf(runbook(waits('true')))).toContain('code 22');
});

trial('what a double did is labelled as a double, and reaches the same services', async () => {
  const [result] = await run([
    runbook(`
needs: { role: none, tools: { cosign: any, jq: any }, hosts: [quay.io] }
steps:
  - id: tree
    title: Look
    risk: read
    where: laptop
    run: cosign tree quay.io/bootc-devel/fedora-bootc-45-standard:latest | cat`),
  ]);
  expect(result?.trial.attempts[0]?.fault ?? null).toBeNull();
  expect(result?.trial.ran).toMatchObject([{ client: 'double', server: 'simulator', tools: ['cosign'] }]);
});

trialOfKubectl('oc is kubectl where it takes the verbs of kubectl, and says so elsewhere', async () => {
  const oc = (args: string) => `
needs: { role: viewer, tools: { oc: any }, hosts: [api.kflux-fedora-01.84db.p1.openshiftapps.com] }
steps: [{ id: ask, title: Ask, risk: read, where: cluster, run: oc ${args} }]`;
  const [result] = await run([runbook(oc('get components.appstudio.redhat.com -n bootc-tenant -o name'))]);
  expect(result?.trial.ran).toMatchObject([{ client: 'real', server: 'simulator', tools: ['oc'] }]);
  expect(await faultOf(runbook(oc('rsh pod/sample')))).toContain('code 127');
});

import { beforeEach, expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { openPractice, type Practice } from '#practice/open.ts';

const STANDARD = 'quay.io/bootc-devel/fedora-bootc-45-standard';
const PRODUCTION = 'quay.io/fedora/fedora-bootc';

let shell: Practice;
beforeEach(async () => {
  shell = await openPractice(await readWorld('content/worlds/duty.yaml'), { role: 'viewer', registries: ['quay.io'] });
});
const run = async (script: string) => shell.run(script);

test.each([
  ['skopeo inspect --tls-verify=false docker://x', 'the flag --tls-verify of skopeo inspect'],
  ['skopeo sync a b', 'skopeo sync'],
  ['skopeo inspect oci:folder', 'the transport oci: of skopeo'],
  ['skopeo copy dir:a dir:b', 'skopeo copy from a folder'],
  ['skopeo copy one', 'the help of skopeo copy'],
  [`skopeo copy --multi-arch index-only docker://${STANDARD} dir:x`, '--multi-arch=index-only'],
  [`skopeo inspect --format '{{printf "%s" .Name}}' docker://${STANDARD}:latest`, 'the function printf in a template'],
  [`skopeo inspect --format '{{.Name | len}}' docker://${STANDARD}:latest`, '"|" in a template'],
  ['skopeo login registry.fedoraproject.org', 'it has signed you in already'],
  ['podman run --rm fedora id', 'it runs no containers'],
  ['podman build .', 'it runs no containers'],
  ['podman push x', 'podman push x'],
  ['podman pull fedora', 'short names'],
  ['podman search fedora', 'without --list-tags'],
  ['curl -v https://quay.io/', 'the flag -v of curl'],
  ['curl -s http://quay.io/', 'http:// in curl'],
  ['curl -s quay.io/', 'http:// in curl'],
  ["curl -s 'https://quay.io/{a,b}'", 'several addresses in one'],
  ["curl -s -w '%{time_total}' https://quay.io/v2/", '%{time_total} of curl'],
  ['curl -s -H @file https://quay.io/', 'headers of a file'],
  ["printf '=\\n' | curl -K - https://quay.io/", 'in a config of curl'],
  ['cosign verify --key x --insecure-ignore-tlog=true --rekor-url y z', 'does not know the option'],
  ['diff -r a b', 'the flag -r of diff'],
])('what is not simulated says so and does nothing: %s', async (script, said) => {
  const { stdout, stderr, exitCode } = await run(script);
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: '', stderr: expect.stringContaining(said), exitCode: 64 });
});

test.each([
  ['curl -sS https://example.org/', 6, 'curl: (6) Could not resolve host: example.org'],
  ['curl -sS https://quay.io.example.org/v2/', 6, 'Could not resolve host'],
  ['curl -sS https://localhost/quay.io/v2/', 6, 'Could not resolve host: localhost'],
  ['skopeo inspect docker://registry.example/a/b', 1, 'lookup registry.example: no such host'],
  ['skopeo inspect docker://fedora', 1, 'lookup registry-1.docker.io: no such host'],
  ['podman pull registry.example/a/b', 125, 'no such host'],
])('there is no way out of the practice world: %s', async (script, code, said) => {
  const { stderr, exitCode } = await run(script);
  expect([exitCode, stderr]).toEqual([code, expect.stringContaining(said)]);
});

test('a redirect takes no password along to another host', async () => {
  const { stdout } = await run(
    `digest=$(skopeo inspect --raw docker://${STANDARD}:latest | jq -r '.manifests[0].digest'); config=$(skopeo inspect --raw docker://${STANDARD}@$digest | jq -r .config.digest); curl -sL -H 'Authorization: Bearer none' -o /dev/null -w '%{http_code} %{num_redirects}' https://quay.io/v2/bootc-devel/fedora-bootc-45-standard/blobs/$config; curl -sL -o config.json -w ' %{http_code} %{num_redirects} ' https://quay.io/v2/bootc-devel/fedora-bootc-45-standard/blobs/$config; jq -r .architecture config.json`,
  );
  expect(stdout).toBe('401 0 200 1 amd64\n');
});

test('an error is told with the time of the practice world', async () => {
  const { stderr } = await run(`skopeo inspect docker://${STANDARD}:none`);
  expect(stderr).toMatch(/^time="2026-11-20T14:07:00Z" level=fatal msg="Error parsing image name /);
});

test('an image that was copied whole keeps its digest, one architecture has another', async () => {
  const digest = `skopeo inspect --no-tags --format '{{.Digest}}' docker://${STANDARD}`;
  const { stdout } = await run(
    `skopeo copy -q --all docker://${STANDARD}:latest docker://${STANDARD}:whole; skopeo copy -q docker://${STANDARD}:latest docker://${STANDARD}:part; ${digest}:latest; ${digest}:whole; ${digest}:part`,
  );
  const [latest, whole, part] = stdout.split('\n');
  expect(whole).toBe(latest);
  expect(part).not.toBe(latest);
});

test('who has not signed in writes nothing', async () => {
  const other = await openPractice(await readWorld('content/worlds/duty.yaml'), { role: 'viewer', registries: [] });
  const ended = await other.run(`skopeo copy -q --all docker://${PRODUCTION}:43 docker://${PRODUCTION}:44`);
  expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining('unauthorized')]);
  expect((await other.run(`skopeo delete docker://${PRODUCTION}:44`)).exitCode).toBe(1);
});

test('a folder that holds other things is not written to', async () => {
  const { stderr } = await run(`mkdir work; echo mine > work/notes; skopeo copy -q docker://${PRODUCTION}:44 dir:work`);
  expect(stderr).toContain('a folder that holds other things');
  expect((await run('ls work')).stdout).toBe('notes\n');
});

test('images of podman are named, found and removed', async () => {
  const { stdout } = await run(
    `podman pull -q ${STANDARD}:latest >id; podman images; podman tag fedora-bootc-45-standard mine; podman images --format '{{.Repository}}:{{.Tag}}'; podman rmi mine; podman rmi $(cut -c1-12 id); podman image exists ${STANDARD} || echo gone`,
  );
  const id = (await run('cat id')).stdout.trim();
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^REPOSITORY +TAG +IMAGE ID +CREATED$/),
    expect.stringMatching(`^${STANDARD}  latest +${id.slice(0, 12)}  6 hours ago$`),
    `${STANDARD}:latest`,
    'localhost/mine:latest',
    'Untagged: localhost/mine:latest',
    `Untagged: ${STANDARD}:latest`,
    `Deleted: ${id}`,
    'gone',
    '',
  ]);
});

test('broken answers and files are told in words', async () => {
  await shell.writeFile('.config/containers/auth.json', 'no JSON');
  expect((await run(`skopeo inspect docker://${STANDARD}`)).exitCode).toBe(1);
  expect((await run('curl -K none https://quay.io/v2/')).stderr).toMatch(/^curl: .*none/);
  expect((await run('skopeo manifest-digest none')).stderr).toContain('open none: no such file or directory');
});

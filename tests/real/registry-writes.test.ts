import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { run } from '#host/child.ts';
import { type Served, serve } from '#host/serve.ts';
import { readWorld } from '#host/world.ts';
import { simulate } from '#sim/index.ts';
import { lackingOf, realTest } from '../support/needs.ts';

/** Real skopeo and podman read, write and delete in the pretend registry. */

const lacks = lackingOf(['skopeo']);
const lacksPodman = lackingOf(['podman']);
const TIMEOUT_MS = 90_000;
const CREDENTIALS = 'sample+robot:sample-password';
const DEVEL = 'bootc-devel/fedora-bootc-45-standard';
const PRODUCTION = 'fedora/fedora-bootc';

let served: Served;
let home: string;
let host: string;

beforeAll(async () => {
  if (lacks) return;
  served = await serve(simulate(await readWorld('content/worlds/duty.yaml')));
  host = `${new URL(served.url).host}/quay.io`;
  home = mkdtempSync(join(tmpdir(), 'slipway-writes-'));
  writeFileSync(join(home, 'policy.json'), '{"default":[{"type":"insecureAcceptAnything"}]}');
});

afterAll(async () => {
  await served?.close();
  if (home) rmSync(home, { recursive: true, force: true });
});

async function skopeo(...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: home };
  const all = ['--policy', join(home, 'policy.json'), ...args];
  const { code, output } = await run('skopeo', all, { env, capture: true, timeoutMs: TIMEOUT_MS });
  if (code !== 0) throw new Error(output);
  return output;
}

const at = (image: string): string => `docker://${host}/${image}`;
const inspect = async (image: string, ...more: readonly string[]): Promise<string> =>
  (await skopeo('inspect', '--tls-verify=false', '--no-tags', ...more, at(image))).trim();
const digestOf = (image: string): Promise<string> => inspect(image, '--format', '{{.Digest}}');
const copy = (from: string, to: string, ...more: readonly string[]): Promise<string> =>
  skopeo('copy', '--src-tls-verify=false', '--dest-tls-verify=false', ...more, at(from), at(to));

interface Tag {
  name: string;
  manifest_digest: string;
  end_ts?: number;
}

async function tagsOf(repository: string): Promise<Tag[]> {
  const answer = await fetch(`${served.url}/quay.io/api/v1/repository/${repository}/tag/`);
  const { tags }: { tags: Tag[] } = await answer.json();
  return tags;
}

realTest(
  'an image with all its arches is copied to another repository, digest for digest, and the history tells of it',
  async () => {
    const before = await digestOf(`${PRODUCTION}:45`);
    await copy(`${DEVEL}:latest`, `${PRODUCTION}:45`, '--all', '--dest-creds', CREDENTIALS);
    expect(await digestOf(`${PRODUCTION}:45`)).toBe(await digestOf(`${DEVEL}:latest`));
    const index = JSON.parse(await inspect(`${PRODUCTION}:45`, '--raw'));
    expect(index.manifests).toHaveLength(4);
    const asked = ['inspect', '--tls-verify=false', '--config', at(`${PRODUCTION}:45`)];
    const config = JSON.parse(await skopeo('--override-arch', 's390x', ...asked));
    expect(config.architecture).toBe('s390x');
    expect(config.config.Labels['org.opencontainers.image.version']).toContain('sample');
    const rows = (await tagsOf(PRODUCTION)).filter(({ name }) => name === '45');
    expect(rows.slice(0, 2)).toMatchObject([
      { manifest_digest: await digestOf(`${DEVEL}:latest`) },
      { manifest_digest: before, end_ts: expect.any(Number) },
    ]);
    expect(rows[0]?.end_ts).toBeUndefined();
  },
  TIMEOUT_MS,
  lacks,
);

realTest(
  'deleting a tag with skopeo takes its siblings of the same digest with it',
  async () => {
    await copy(`${DEVEL}:latest`, `${DEVEL}:sample-one`, '--all', '--dest-creds', CREDENTIALS);
    await copy(`${DEVEL}:latest`, `${DEVEL}:sample-two`, '--all', '--dest-creds', CREDENTIALS);
    const listed = async (): Promise<string[]> =>
      JSON.parse(await skopeo('list-tags', '--tls-verify=false', at(DEVEL))).Tags;
    expect(await listed()).toEqual(expect.arrayContaining(['latest', 'sample-one', 'sample-two']));
    await skopeo('delete', '--tls-verify=false', '--creds', CREDENTIALS, at(`${DEVEL}:sample-one`));
    expect((await listed()).filter((tag) => /^(latest|sample-)/.test(tag))).toEqual([]);
  },
  TIMEOUT_MS,
  lacks,
);

realTest(
  'one arch is copied, signatures are read, and nobody writes without the password',
  async () => {
    const repository = 'bootc-devel/fedora-bootc-43-standard';
    await copy(`${repository}:latest`, 'bootc-devel/sample-made-by-push:one', '--dest-creds', CREDENTIALS);
    expect(
      JSON.parse(
        await skopeo(
          'inspect',
          '--tls-verify=false',
          '--creds',
          CREDENTIALS,
          at('bootc-devel/sample-made-by-push:one'),
        ),
      ).Architecture,
    ).toBe('amd64');
    await expect(inspect('bootc-devel/sample-made-by-push:one')).rejects.toThrow('unauthorized');
    const digest = await digestOf(`${repository}:latest`);
    const signature = JSON.parse(await inspect(`${repository}:${digest.replace(':', '-')}.sig`, '--raw'));
    expect(signature.layers[0].mediaType).toBe('application/vnd.dev.cosign.simplesigning.v1+json');
    await expect(copy(`${repository}:latest`, `${repository}:no`)).rejects.toThrow('not authorized');
    await expect(
      copy(`${repository}:latest`, `${repository}:no`, '--dest-creds', 'sample+robot:wrong'),
    ).rejects.toThrow(/unauthorized|Invalid username or password/i);
  },
  TIMEOUT_MS,
  lacks,
);

/** `podman manifest inspect` of 4.3 knows no flag for a registry without TLS. */
function insecure(): string {
  const path = join(home, 'registries.conf');
  writeFileSync(path, `[[registry]]\nlocation = "${host.split('/')[0]}"\ninsecure = true\n`);
  return path;
}

realTest(
  'podman pulls an image and looks into it',
  async () => {
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_RUNTIME_DIR: home,
      CONTAINERS_REGISTRIES_CONF: insecure(),
    };
    const podman = async (...args: readonly string[]): Promise<string> => {
      const all = ['--storage-driver', 'vfs', '--root', join(home, 'root'), '--runroot', join(home, 'run'), ...args];
      const { code, output } = await run('podman', all, { env, capture: true, timeoutMs: TIMEOUT_MS });
      if (code !== 0) throw new Error(output);
      return output;
    };
    const image = `${host}/${PRODUCTION}:43`;
    const policy = join(home, 'policy.json');
    await podman('pull', '--quiet', '--tls-verify=false', '--signature-policy', policy, image);
    expect(await podman('image', 'inspect', '--format', '{{.Labels}}', image)).toContain('sample');
    const { manifests } = JSON.parse(await podman('manifest', 'inspect', image));
    expect(manifests).toHaveLength(4);
  },
  TIMEOUT_MS,
  lacks ?? lacksPodman,
);

import { expect, test } from 'vitest';
import { MARK, redact, redactLine, redactNamed, redactTail, redactWhole, SOMEBODY } from '#sources/redact.ts';

const KEY = `-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIG4sampleQkZ7QkZ7QkZ7QkZ7QkZ7QkZ7QkZ7QkZ7QkZ7QkZ7QkZ7\nAwEHoUQDQgAE0\n-----END EC PRIVATE KEY-----`;
const JWT = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJzdWIiOiJzeXN0ZW06c2EifQ.c2lnbmF0dXJl-_x';

test.each([
  ['a bearer token', 'curl -H "Authorization: Bearer abc123.def"', 'abc123'],
  ['a bearer token alone', 'using bearer Zm9vYmFyYmF6', 'Zm9vYmFy'],
  ['basic authorization', 'authorization=Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['a JSON Web Token', `got ${JWT} from the service account`, 'eyJzdWIi'],
  ['a name and password in an address', 'cloning https://oauth2:hunter2@gitlab.com/x.git', 'hunter2'],
  ['a token in an address', 'https://ghs_only@github.com/x', 'ghs_only'],
  ['an AWS key id', 'key AKIAIOSFODNN7EXAMPLE used', 'AKIAIOSFODNN7EXAMPLE'],
  ['an AWS secret', 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'wJalrXUtnFEMI'],
  ['a private key', `before\n${KEY}\nafter`, 'MHcCAQEE'],
  ['a private key that never ends', KEY.slice(0, 80), 'MHcCAQEE'],
  ['the end of a private key', KEY.slice(45), 'AwEHoUQ'],
  ['an OpenSSH key', KEY.replaceAll('EC ', 'OPENSSH '), 'MHcCAQEE'],
  ['a password', 'export REGISTRY_PASSWORD=hunter2', 'hunter2'],
  ['a quoted password with a space', 'password: "hunter two"', 'two'],
  ['a password in JSON', '{"password":"hunter\\"2","user":"x"}', 'hunter'],
  ['a password in YAML', "client_secret: 'hunter2'", 'hunter2'],
  ['a secret in a Ruby hash', ':api_key => "hunter2"', 'hunter2'],
  ['a secret of a flag', 'skopeo login --password hunter2 quay.io', 'hunter2'],
  ['credentials of a flag', 'skopeo copy --creds user:hunter2 docker://x', 'hunter2'],
  ['credentials of curl', 'curl -u robot:hunter2 https://x', 'hunter2'],
  ['a GitHub token', 'remote: ghp_1234567890abcdefABCDEF1234567890abcd', 'ghp_1234'],
  ['a fine-grained GitHub token', 'github_pat_11ABCDEFG0123456789_abcdefghij', '11ABCDEFG'],
  ['a GitLab token', 'PRIVATE-TOKEN is glpat-ABCDEFGHIJ1234567890', 'ABCDEFGHIJ'],
  ['an OpenShift token', 'oc login sha256~Jx0ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'Jx0ABC'],
  ['a registry login', '{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}', 'dXNlcjpwYXNz'],
  ['an identity token', '{"identitytoken": "hunter2"}', 'hunter2'],
  ['a password of a short flag', 'podman login -u org+robot -p hunter2 quay.io', 'hunter2'],
  ['credentials of one side', 'skopeo copy --dest-creds bot:hunter2 docker://x', 'hunter2'],
  ['credentials of one side, with =', 'skopeo copy --src-creds=bot:hunter2 docker://x', 'hunter2'],
  ['a token of a registry', 'oras pull --registry-token hunter2 x', 'hunter2'],
  ['credentials of curl, with =', 'curl --user=robot:hunter2 https://x', 'hunter2'],
  ['a password in JSON within JSON', '{"msg":"{\\"password\\":\\"hunter2\\"}"}', 'hunter2'],
  ['a registry login in JSON within JSON', '{"msg":"{\\"auth\\":\\"dXNlcjpwYXNz\\"}"}', 'dXNlcjpwYXNz'],
  ['a quoted password that was cut', 'password="hunter2 and', 'hunter2'],
  ['a key of a kubeconfig', 'client-key-data: LS0tLS1CRUdJTiBFQyBQUk/SEUNSRVQ', 'SEUNSRVQ'],
  ['a token of a robot', `using ${'A1B2C3D4'.repeat(8)} now`, 'A1B2C3D4'],
  ['a web hook', 'POST https://hooks.slack.com/services/T0/B0/hunter2', 'hunter2'],
  ['a cookie', 'Set-Cookie: __Host-konflux-ci-cookie=abc; Path=/', 'abc'],
  ['a signed address', 'https://s3/x?X-Amz-Signature=deadbeef&x=1', 'deadbeef'],
  ['a netrc line', 'machine quay.io login robot password hunter2', 'hunter2'],
  ['a line of base64', `decoded:\n${'QUJDREVG'.repeat(8)}==\nend`, 'QUJDREVG'],
  ['a long mixed word', `value ${'aB3'.repeat(30)} here`, 'aB3aB3'],
  ['a personal access token', 'export GITLAB_PAT=hunter2hunter2', 'hunter2'],
  ['a bare personal access token', 'PAT=hunter2hunter2', 'hunter2'],
  ['a short name of a password', 'db_pw=correcthorse', 'correct'],
  ['a pre-shared key', 'psk: correcthorse', 'correct'],
  ['a registry login in YAML', 'auth: dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['a padded registry login in YAML', 'auth: "cm9ib3Q6aHVudGVyMg=="', 'cm9ib3Q6'],
  ['a registry login in single quotes', "{'quay.io': {'auth': 'dXNlcjpwYXNz'}}", 'dXNlcjpwYXNz'],
  ['a variable of a Containerfile', 'ENV COSIGN_PASSWORD hunter2hunter2', 'hunter2'],
  ['a quoted variable of a Containerfile', 'ENV QUAY_TOKEN "correctHorseBattery"', 'correct'],
  ['a passphrase after its name', 'using passphrase correctHorse7battery', 'correct'],
  ['a token in an encoded address', 'next=https%3A%2F%2Fx%3Ftoken%3Dhunter2', 'hunter2'],
  ['a signature in an address encoded twice', 'https%253A%252F%252Fx%253Fa%2526sig%253Ddeadbeef', 'deadbeef'],
  ['a token of Hugging Face', 'using hf_AbCdEfGhIjKlMnOpQrStUvWxYz', 'AbCdEf'],
  ['a token of Docker Hub', 'dckr_pat_AbCdEfGhIjKlMnOpQrStUvWxYz0', 'AbCdEf'],
  ['a token of Vault', 'got hvs.CAESIAbCdEfGhIjKlMnOpQrSt', 'CAESI'],
  ['a key of a project at OpenAI', 'sk-proj-AbCdEfGhIj0123456789KlMn', 'AbCdEf'],
  ['a token of Databricks', `dapi${'0a1b'.repeat(8)}`, '0a1b0a'],
  ['a token of Google', 'ya29.a0AfH6SMBx0123456789', 'a0AfH6'],
  ['a token of Atlassian', 'ATATT3xFfGF0AbCdEfGhIjKlMnOp=1234', 'xFfGF0'],
  ['a key of age', `AGE-SECRET-KEY-1${'QPZR'.repeat(14)}`, 'QPZRQP'],
  ['the token of a job of GitLab', 'CI_JOB_JWT: hunter2', 'hunter2'],
  ['an activation key of a flag', 'subscription-manager register --activationkey=hunter --org=1', 'hunter'],
  ['an activation key after its flag', 'subscription-manager register --activationkey hunter', 'hunter'],
  ['an activation key', 'export ACTIVATION_KEY=hunter', 'hunter'],
  ['a token hidden by escapes', 'to\u001b[31mken=hun\u200bter2', 'hunter2'],
])('%s is blacked out', (_, text, secret) => {
  expect(redact(text)).not.toContain(secret);
  expect(redact(text)).toContain(MARK);
});

test.each([
  'error: building at STEP "RUN dnf -y install kernel": while running runtime: exit status 1',
  `pushing quay.io/bootc-devel/x@sha256:${'0a'.repeat(32)}`,
  `commit ${'0a'.repeat(20)}`,
  'the token of this site, and the secret of its success',
  'password is missing: COSIGN_PASSWORD is not set, nor is QUAY_TOKEN in the environment',
  'Enter passphrase for the key; the passphrase authentication failed',
  'error: auth: unauthorized, auth=none, oauth: Unauthorized',
  'password required: try again! The password (wrong) or passphrase incorrect!!',
  'the path=/usr/lib and compat=strict, a password required',
  'fatal: unable to access https://gitlab.com/fedora/bootc/base-images.git/: 503',
  'kernel-modules-core-6.18.0-0.rc5.20261119git1234567.42.fc44.s390x: nothing provides kernel-uname-r',
  'the job not-a-secret https://mirror.example/x',
  'Signature: verified, 3 of 3 passed: 0 failed',
  '2026-11-20T10:11:12Z step-build: OOMKilled\tat 4Gi',
])('what says nothing secret stays: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test.each([
  'Signed-off-by: A Person <a.person+lists@example.org>',
  '"email":"someone@mail.example.co.uk"',
  'notify=SOMEONE@EXAMPLE.ORG,',
])('the mail address of a person goes: %s', (text) => {
  expect(redact(text)).toContain(SOMEBODY);
  expect(redact(text)).not.toMatch(/person\+|someone@/i);
});

test.each(['git@github.com:owner/name.git', 'Started getty@tty1.service', 'quay.io/a/b@sha256:0123', 'sshd@.service'])(
  'what only looks like a mail address stays: %s',
  (text) => expect(redact(text)).toBe(text),
);

test('control characters, escapes and what turns the direction of text are taken out', () => {
  expect(redact('\u001b[1mbold\u001b[0m\u0007 \u202eevil\r\nnext\u001b]0;title\u0007!')).toBe('bold evil\nnext!');
});

test('a tail keeps whole lines within its bytes, and is redacted before it is cut', () => {
  expect(redactTail('one\ntwo\nthree\n', 9)).toBe('two\nthree');
  expect(redactTail('ü'.repeat(30), 9)).toBe('üüüü');
  const log = `token=${'s'.repeat(50)}X\nlast`;
  for (let bytes = 1; bytes < 60; bytes++) expect(redactTail(log, bytes)).not.toMatch(/s{5}/);
  expect(new TextEncoder().encode(redactTail('äöü\n'.repeat(5_000), 2_048)).length).toBeLessThanOrEqual(2_048);
});

test.each([
  ['REGISTRY_TOKEN', 'hunter2value', MARK],
  ['password', 'hunter two', MARK],
  ['ssh-key', '\n  abcd', MARK],
  ['token', '$(params.git-token)', '$(params.git-token)'],
  ['token', '', ''],
  ['SECRET_NAME', 'of-the-team', 'of-the-team'],
  ['revision', 'main', 'main'],
  ['url', 'https://me:hunter2@example.org', `https://${MARK}@example.org`],
  ['script', `${'echo ok\n'.repeat(5_000)}`, `${'echo ok\n'.repeat(5_000)}`],
])('what is given to %s is kept or not by its name too', (name, value, kept) => {
  expect(redactNamed(name, value)).toBe(kept);
});

test('what is too long is cut between lines, and by redactWhole not in silence', () => {
  const text = `${'a line of a script\n'.repeat(4_000)}end`;
  expect(redact(text).startsWith('a line')).toBe(true);
  expect(redact(`password=${'hunter2 '.repeat(9_000)}\n`)).not.toBe('');
  expect(redactWhole(text)).toMatch(
    /^# The beginning of this text is left out: it has 76003 characters, over 65536\.\na line/,
  );
  expect(redactWhole('short')).toBe('short');
});

test('a line is one line, and no longer than asked for', () => {
  expect(redactLine(' a\n\tb  c ')).toBe('a b c');
  expect(redactLine('word '.repeat(50), 20)).toHaveLength(20);
});

test('hostile text of the largest size takes no time to speak of', () => {
  const started = performance.now();
  for (const part of [
    '-eyJ',
    'a+A',
    'token="',
    "password='",
    'a://',
    '-----BEGIN PRIVATE KEY',
    ' -u a:',
    '\\"',
    'x ',
    'PASSWORD ',
    "'auth': '",
    '%25',
  ])
    redact(part.repeat(1 << 18));
  expect(performance.now() - started).toBeLessThan(5_000);
});

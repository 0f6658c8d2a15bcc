import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { http } from '#sources/http.ts';
import { scanner } from '#sources/security/scanner.ts';

const DATA = new URL('../../../../../shared/data/quay/quay/', import.meta.url);
const lacking = existsSync(DATA) ? null : 'the recordings are not beside this checkout';
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** What the client makes of this body. */
function read(body: string | Uint8Array<ArrayBuffer>, status = 200, seen: Request[] = []) {
  const fetch = async (request: Request) => {
    seen.push(request);
    return new Response(body, { status, headers: { 'content-type': 'application/json' } });
  };
  const client = http({ fetch, clock: pretendClock(0, 50), random: () => 0 });
  return scanner(client, 'https://quay.example/api/v1', { token: 'sample-token' })('team/image', DIGEST);
}

const feature = (Name: string, Version: string, ...Vulnerabilities: unknown[]) => ({ Name, Version, Vulnerabilities });
const scanned = (...Features: unknown[]) => JSON.stringify({ status: 'scanned', data: { Layer: { Features } } });

test('asks for the manifest, with the token', async () => {
  const seen: Request[] = [];
  await read('{"status":"queued","data":null}', 200, seen);
  expect(seen.map(({ url, headers }) => [url, headers.get('authorization')])).toEqual([
    [
      `https://quay.example/api/v1/repository/team/image/manifest/${DIGEST}/security?vulnerabilities=true`,
      'Bearer sample-token',
    ],
  ]);
});

test.each(['queued', 'failed', 'unsupported', 'manifest_layer_too_large'])('%s has no result', async (status) => {
  expect(await read(JSON.stringify({ status, data: null }))).toEqual({
    ...{ state: status, counts: null, components: null, findings: [] },
  });
});

test('counts each finding of a package once, and keeps the worst with safe links', async () => {
  const finding = { Severity: 'Low', Name: 'CVE-1', FixedBy: '', Link: null };
  const worst = {
    ...{ Severity: 'Critical', Name: 'CVE-2', FixedBy: '1.2.4' },
    Link: 'https://a.example/CVE-2 javascript:alert(1) http://b.example/2  /relative https://c.example https://d.example',
  };
  const strange = { Severity: 'Defcon1', Name: 'x'.repeat(5_000), FixedBy: null };
  const answer = await read(
    scanned(feature('p', '1', finding, finding, worst), feature('q', '1', strange), feature('r', '1')),
  );
  expect(answer).toMatchObject({
    components: 3,
    counts: { critical: 1, high: 0, medium: 0, low: 1, negligible: 0, unknown: 1 },
  });
  expect(answer.findings[0]).toEqual({
    ...{ id: 'CVE-2', severity: 'critical', package: 'p', version: '1', fixedBy: '1.2.4' },
    links: ['https://a.example/CVE-2', 'http://b.example/2', 'https://c.example'],
  });
  expect(answer.findings[2]?.id).toHaveLength(300);
});

test('keeps five findings of a thousand', async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => ({ Severity: 'High', Name: `CVE-${index}` }));
  const { counts, findings } = await read(scanned(feature('p', '1', ...many)));
  expect([counts?.high, findings.length]).toEqual([1_000, 5]);
});

test.each<[string, string | Uint8Array<ArrayBuffer>, number, string]>([
  ['a state that is none', '{"status":"fine","data":null}', 200, 'unreadable'],
  ['another shape', '[]', 200, 'unreadable'],
  ['features that are none', '{"status":"scanned","data":{"Layer":{"Features":{"a":1}}}}', 200, 'unreadable'],
  ['a page', '<!doctype html>', 200, 'unreadable'],
  ['a body of six megabytes', new Uint8Array(6 << 20), 200, 'too-large'],
  ['a scanner that is down', '{}', 520, 'server-error'],
  ['a manifest that is gone', '{}', 404, 'not-found'],
  ['no access', '{}', 401, 'denied'],
])('%s is a problem of its kind', async (_, body, status, kind) => {
  await expect(read(body, status)).rejects.toMatchObject({ source: 'quay', kind });
});

test('a recorded report of a real image is read', async (context) => {
  if (lacking) context.skip(lacking);
  const bytes = new Uint8Array(readFileSync(new URL('securityinformation.json', DATA)));
  const answer = await read(bytes);
  const { data } = JSON.parse(new TextDecoder().decode(bytes));
  const names = data.Layer.Features.flatMap((one: { Vulnerabilities: { Severity: string }[] }) => one.Vulnerabilities);
  const total = Object.values(answer.counts ?? {}).reduce((sum, count) => sum + count, 0);
  expect(answer).toMatchObject({ state: 'scanned', components: 188 });
  expect([total, answer.findings.length]).toEqual([names.length, 5]);
  for (const { links, severity } of answer.findings) {
    expect(links.length).toBeGreaterThan(0);
    expect(severity).not.toBe('unknown');
  }
});

test('a recorded report without its wrapper is no answer', async (context) => {
  if (lacking) context.skip(lacking);
  const bytes = new Uint8Array(readFileSync(new URL('securityinformation_withenrichments.json', DATA)));
  await expect(read(bytes)).rejects.toMatchObject({ kind: 'unreadable' });
});

import { expect, test } from 'vitest';
import { parseReference, placeText, registryOf } from '#sources/pipelines/reference.ts';

const HEX = `sha256:${'a'.repeat(64)}`;

test.each([
  ['quay.io/team/task', 'quay.io', 'team/task', null, null],
  ['quay.io/team/task:0.1', 'quay.io', 'team/task', '0.1', null],
  [`quay.io/a/b/c:devel@${HEX}`, 'quay.io', 'a/b/c', 'devel', HEX],
  [`localhost:5000/task@${HEX}`, 'localhost:5000', 'task', null, HEX],
])('%s is read', (text, host, repository, tag, digest) => {
  const ref = parseReference(text);
  expect(ref).toEqual({ host, repository, tag, digest });
  expect(ref && placeText(ref)).toBe(text.replace(`@${HEX}`, ''));
});

test.each([
  ...['', 'task', 'team/task:1', 'quay.io', 'quay.io/', 'quay.io/team/../x', 'quay.io/Team/x', 'https://quay.io/a'],
  ...['quay.io/a:b:c', 'quay.io/a@sha256:12', 'quay.io/a b', 'u:p@quay.io/a', `quay.io/${'a/'.repeat(900)}a`],
])('%s names no bundle', (text) => {
  expect(parseReference(text)).toBeNull();
});

const at = (text: string) => {
  const ref = parseReference(text);
  if (!ref) throw new Error(text);
  return registryOf(ref, { quay: { registry: 'http://127.0.0.1:5000' }, other: { registry: 'http://10.0.0.1:5000' } });
};

test('a registry is where its service is said to be, else on https', () => {
  expect(at('quay.io/a/b')).toBe('http://127.0.0.1:5000');
  expect(at('127.0.0.1:5000/a/b')).toBe('http://127.0.0.1:5000');
  expect(at('10.0.0.1:5000/a/b')).toBe('http://10.0.0.1:5000');
  expect(at('ghcr.io/a/b')).toBe('https://ghcr.io');
});

test.each(['127.0.0.1:6000/a/b', '169.254.169.254/a', '192.168.0.1/a', 'localhost/a', '2130706433.:80/a'])(
  'nobody is asked at %s',
  (text) => {
    expect(() => at(text)).toThrow(/no public registry/);
  },
);

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { policy, withPolicy } from '#csp.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const part = (text: string, name: string) => text.split('; ').find((directive) => directive.startsWith(`${name} `));

test('allows exactly the inline scripts of the page', () => {
  const found = policy('<script>one()</script><script type="module">two()</script><script src="/three.js"></script>');
  expect(part(found, 'script-src')).toBe(`script-src 'self' 'wasm-unsafe-eval' ${hash('one()')} ${hash('two()')}`);
});

test('names a script that stands twice only once', () => {
  expect(policy('<script>a</script><script>a</script>').split(hash('a'))).toHaveLength(2);
});

test('allows exactly the style elements of the page', () => {
  expect(part(policy('<style>p{}</style>'), 'style-src')).toBe(`style-src 'self' ${hash('p{}')}`);
});

test('stands behind the charset and before the first script', () => {
  const html = withPolicy('<html><head><meta charset="utf-8"><title>x</title><script>a</script></head></html>');
  expect(html).toMatch(/<meta charset="utf-8"><meta http-equiv="content-security-policy"[^>]*><title>/);
});

test('stands first in a head without a charset', () => {
  expect(withPolicy('<head><script>a</script></head>')).toMatch(/^<head><meta http-equiv/);
});

test('a page that brings its own policy keeps it', () => {
  const html =
    '<head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src \'self\'"></head>';
  expect(withPolicy(html)).toBe(html);
});

import { expect, test } from 'vitest';
import { policy } from '#csp.ts';
import { inlineScripts, readPages } from '../support/site.ts';

const pages = readPages();
const each = test.each(pages.map((page) => [page.path || 'the front page', page.html] as const));

function meta(html: string, name: string): string | undefined {
  return new RegExp(`<meta (?:name|http-equiv)="${name}" content="([^"]*)"`, 'i').exec(html)?.[1];
}

each('%s has a title, a description, a language and one heading', (_, html) => {
  expect(/<title>([^<]+)<\/title>/.exec(html)?.[1]).toMatch(/\S \| Slipway$|^Slipway: \S/);
  expect(meta(html, 'description')).toMatch(/\w{3}/);
  expect(html).toMatch(/<html[^>]* lang="en"/);
  expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
});

each('%s has a policy with the hashes of its own scripts and styles, before the first of them', (_, html) => {
  const found = meta(html, 'content-security-policy');
  expect(found).toBe(policy(html));
  expect(html.search(/http-equiv="content-security-policy"/)).toBeLessThan(
    html.search(/<script|<style|<link rel="stylesheet/),
  );
  expect(found).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
});

each('%s runs no script from an attribute', (_, html) => {
  expect(html.replace(/<script\b[\s\S]*?<\/script>/g, '')).not.toMatch(/<[^>]*\s(on\w+="|href="javascript:)/i);
});

each('%s says whose site this is', (_, html) => {
  expect(html).toContain('not an official Fedora or Red Hat service');
  expect(html).toContain('CC BY-SA 4.0');
});

test('no sentence begins right behind the full stop of the one before', () => {
  const glued = pages.filter(({ html }) => /<\/\w+>[.!?][A-Z][a-z]* [a-z]/.test(html));
  expect(glued.map(({ path }) => path)).toEqual([]);
});

test('descriptions and titles differ from page to page', () => {
  const titles = pages.map(({ html }) => /<title>([^<]+)/.exec(html)?.[1]);
  expect(new Set(titles).size).toBe(pages.length);
});

test('a page either shows no sample, or says so and asks not to be indexed', () => {
  const marks = pages.map(({ html }) => [html.includes('Sample data.'), meta(html, 'robots') === 'noindex'].join());
  expect([...new Set(marks)]).toHaveLength(1);
  expect(['true,true', 'false,false']).toContain(marks[0]);
});

test('no script of a page is left with a placeholder of the bundler', () => {
  for (const { html } of pages) expect(inlineScripts(html).join('\n')).not.toContain('__VITE_');
});

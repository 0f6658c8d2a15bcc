import { expect, test } from 'vitest';
import { brokenLinks, outsideLinks } from '#editing/links.ts';

const page = (path: string, html: string) => ({ path, html });
const look = (html: string, base = '/') =>
  brokenLinks({
    base,
    pages: [page('', '<main id="top">'), page('a/', html)],
    has: (path) => ['', 'a/', 'x.json'].includes(path),
    unfit: (_, fragment) => (fragment.includes('odd') ? ['odd'] : []),
  }).map(({ page, address, kind, why }) => `${page} ${kind} ${address} ${why}`);

test.each([
  ['a page that is not there', '<a href="/gone/">', 'a/ page /gone/ leads nowhere'],
  ['a file that is not there', '<img alt="" src="no.png">', 'a/ page no.png leads nowhere'],
  ['an anchor that is not there', '<a href="/#no">', 'a/ anchor /#no has no place "no"'],
  ['an anchor of its own', '<a href="#mine">', 'a/ anchor #mine has no place "mine"'],
  ['an anchor that cannot be decoded', '<a href="/#%E0%A4%A">', 'a/ anchor /#%E0%A4%A has no place "%E0%A4%A"'],
  ['a value that is not taken', '<a href="/#v=odd">', 'a/ value /#v=odd fills in "odd", which is not taken there'],
  ['a script', '<a href="javascript:alert(1)">', 'begins with javascript:, which is no address to link to'],
  ['no address', '<a href="http://[">', 'a/ page http://[ is no address'],
])('a link to %s is broken', (_, html, told) => {
  expect(look(html)).toEqual([expect.stringContaining(told)]);
});

test('a link that leaves the base path is broken, and one within it is followed', () => {
  expect(look('<a href="/a/"><a href="/slipway/a/">', '/slipway/')).toEqual(['a/ page /a/ lies outside /slipway/']);
});

test('what leads somewhere is not reported, other sites neither', () => {
  const good = '<i id="b"><a href="#b"><a href="../#top"><a href="/x.json"><a href="https://example.org/?a=1&amp;b=2">';
  expect(look(good)).toEqual([]);
});

test('what a lost page links to from its own place is not known', () => {
  const site = {
    base: '/',
    pages: [page('404.html', '<a href="#x"><a href="a/">')],
    has: () => false,
    unfit: () => [],
  };
  expect(brokenLinks(site).map(({ address }) => address)).toEqual(['a/']);
});

test('addresses of other sites are gathered once each, without their anchors', () => {
  const pages = [
    page('', '<a href="https://example.org/a#one"><a href="https://example.org/a#two"><a href="/b/">'),
    page('b/', '<a href="https://example.org/a"><a href="mailto:a@example.org">'),
  ];
  expect([...outsideLinks(pages)]).toEqual([['https://example.org/a', ['', 'b/']]]);
});

test('a sign that ends a tag may stand in a value before the address', () => {
  const html = '<a title="a > b" data-x=\'"\' href="https://example.org/?a=1&#x26;b=2&amp;quot;">x</a>';
  expect([...outsideLinks([{ path: '', html }]).keys()]).toEqual(['https://example.org/?a=1&b=2&quot;']);
});

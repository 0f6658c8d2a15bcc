import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { cardPress } from '#host/cards.ts';
import { CARD_SIZE } from '#picture/card.ts';
import { cardIn } from '../../src/card-build.ts';
import { cardMetaOf } from '../../src/card-meta.ts';

const entry = { data: { title: 'Trust & "proof"' }, filePath: 'content/docs/handbook/trust.mdx' };
const page = { id: 'handbook/trust', entry } as never;
const alt = () => 'Handbook: Trust: what "vouches" & for what';

const html = (tags: ReturnType<typeof cardMetaOf>) => {
  const escaped = (text: unknown) => String(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const written = tags.map(
    ({ attrs }) =>
      `<meta ${Object.entries(attrs ?? {})
        .map(([name, value]) => `${name}="${escaped(value)}"`)
        .join(' ')}>`,
  );
  return `<head>${written.join('')}</head><body></body>`;
};

test('a page names its card by a whole address below the base, and says what stands on it', () => {
  const site = new URL('https://example.org');
  const tags = cardMetaOf(page, { site, base: '/slipway' }, alt);
  const said = new Map(tags.map(({ attrs }) => [attrs?.['property'] ?? attrs?.['name'], attrs?.['content']]));
  expect(said.get('og:image')).toBe('https://example.org/slipway/og/handbook/trust.png');
  expect([said.get('og:image:width'), said.get('og:image:height')]).toEqual(['1200', '630']);
  expect(said.get('twitter:image')).toBe(said.get('og:image'));
  expect(cardIn(html(tags))).toEqual({
    file: 'og/handbook/trust.png',
    section: 'Handbook',
    title: 'Trust: what "vouches" & for what',
  });
});

test('where the address of the site is not known, no card is named', () => {
  expect(cardMetaOf(page, { site: undefined, base: '/' }, alt)).toEqual([]);
});

test.each([
  ['no card', '<head></head>'],
  ['a card that lies outside', '<head><meta property="og:image" content="https://x.example/og/../../a.png"></head>'],
  ['a card without words', '<head><meta property="og:image" content="https://x.example/og/a.png"></head>'],
  ['a card in the text only', '<head></head><meta property="og:image" content="https://x.example/og/a.png">'],
])('a page with %s gets none', (_, text) => {
  expect(cardIn(text)).toBeNull();
});

test('a card is a PNG of the right size, and is drawn only once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'cards-'));
  try {
    for (const name of ['node_modules', 'public']) await symlink(resolve(name), join(root, name));
    const { draw } = await cardPress(root);
    const words = { section: 'Runbook', title: 'A title <b>& “more”</b>', tagline: 'Status and handbook' };
    const png = await draw(words);
    const { format, width, height } = await sharp(png).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', ...CARD_SIZE });
    const [kept = ''] = await readdir(join(root, '.cache/cards'));
    await writeFile(join(root, '.cache/cards', kept), 'as it was drawn before');
    expect(String(await draw(words))).toBe('as it was drawn before');
    expect((await draw({ ...words, title: 'Another' })).equals(png)).toBe(false);
  } finally {
    await rm(root, { recursive: true });
  }
});

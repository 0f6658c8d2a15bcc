import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import satori from 'satori';
import sharp from 'sharp';
import { CARD_SIZE } from '#picture/card.ts';
import { writeAtomic } from './store.ts';

/** Draws cards as PNG: words as outlines from a font of the project, so that no machine draws them differently. */

export interface CardText {
  section: string;
  title: string;
  tagline: string;
}

/** Change it when a card looks different with the same words. */
const LOOK = 2;
const FONT = 'node_modules/@fontsource/source-sans-3';

/** Reads the fonts once; `draw` gives the PNG of a card, from the cache where it was drawn before. */
export async function cardPress(root: string): Promise<{ draw: (text: CardText) => Promise<Buffer> }> {
  const { version } = JSON.parse(await readFile(join(root, FONT, 'package.json'), 'utf8'));
  const face = async (weight: 400 | 600) => ({
    name: 'Source Sans 3',
    data: await readFile(join(root, FONT, `files/source-sans-3-latin-${weight}-normal.woff`)),
    weight,
    style: 'normal' as const,
  });
  const fonts = [await face(400), await face(600)];
  const mark = await readFile(join(root, 'public/favicon.svg'), 'utf8');
  return {
    draw: async (text) => {
      const key = createHash('sha256')
        .update(JSON.stringify([LOOK, version, mark, text]))
        .digest('hex')
        .slice(0, 24);
      const kept = join(root, '.cache/cards', `${key}.png`);
      const known = await readFile(kept).catch(() => null);
      if (known) return known;
      const svg = await satori(layout(text, mark), { ...CARD_SIZE, fonts });
      // No palette: to find one takes longer than all the rest, and spares 20 KB.
      const png = await sharp(Buffer.from(svg)).flatten().png().toBuffer();
      await writeAtomic(kept, png, { sync: false });
      return png;
    },
  };
}

/** More than a card has room for; breaking endless words takes long. */
const LONGEST = 140;

type Style = Record<string, string | number>;

const BACK = '#0d151e';
const INK = '#e6edf3';
const SOFT = '#9fb0c0';
const BRAND = '#51a2da';

const box = (style: Style, children: unknown) => ({
  type: 'div',
  key: null,
  props: { style: { display: 'flex', ...style }, children },
});

function layout({ section, title, tagline }: CardText, mark: string) {
  // Its own colours follow the browser's theme, and a card has one.
  const hull = mark.replace(/<style>.*?<\/style>/s, '').replaceAll('currentColor', '#7fbdf0');
  const logo = `data:image/svg+xml;base64,${Buffer.from(hull).toString('base64')}`;
  const size = title.length > 70 ? 56 : title.length > 40 ? 66 : 80;
  return box(
    {
      ...{ ...CARD_SIZE, boxSizing: 'border-box', flexDirection: 'column', justifyContent: 'space-between' },
      ...{ padding: '72px 80px 64px', background: BACK, color: INK, fontFamily: 'Source Sans 3' },
      borderBottom: `12px solid ${BRAND}`,
    },
    [
      {
        type: 'img',
        key: null,
        props: {
          src: logo,
          width: 520,
          height: 520,
          style: { position: 'absolute', right: -70, top: 190, opacity: 0.14 },
        },
      },
      box({ flexDirection: 'column' }, [
        box({ fontSize: 34, color: BRAND, fontWeight: 600 }, section),
        box(
          {
            ...{ marginTop: 20, fontSize: size, fontWeight: 600, lineHeight: 1.12, letterSpacing: -1.5 },
            maxHeight: 320,
            overflow: 'hidden',
          },
          title.length > LONGEST ? `${title.slice(0, LONGEST).toWellFormed()}…` : title,
        ),
      ]),
      box({ alignItems: 'center' }, [
        { type: 'img', key: null, props: { src: logo, width: 96, height: 96 } },
        box({ flexDirection: 'column', marginLeft: 28 }, [
          box({ fontSize: 44, fontWeight: 600, letterSpacing: -0.5 }, 'Slipway'),
          box({ fontSize: 28, color: SOFT }, tagline),
        ]),
      ]),
    ],
  );
}

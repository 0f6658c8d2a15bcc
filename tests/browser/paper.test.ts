import type { Page } from '@playwright/test';
import { expect, test } from '../support/browse.ts';

/** Width of A4 within its margins, in CSS pixels. */
const UPRIGHT = 680;
const ON_ITS_SIDE = 1_030;

/** Texts that reach beyond the sheet. */
const cut = (page: Page) =>
  page.getByRole('main').evaluate((main) => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    const range = document.createRange();
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text.parentElement?.closest('.sw-hidden, script, style')) continue;
      range.selectNodeContents(text);
      const rects = [...range.getClientRects()].filter(({ width: wide }) => wide > 0);
      if (rects.some(({ left, right }) => right > innerWidth + 1 || left < -1)) found.push(text.textContent ?? '');
    }
    return found;
  });

for (const [path, width] of [
  ['./handbook/objects/', UPRIGHT],
  ['./runbooks/stale-image/', UPRIGHT],
  ['./handbook/reference/labels/', UPRIGHT],
  ['./contribute/', UPRIGHT],
  ['./status/', ON_ITS_SIDE],
] as const)
  test(`${path} fits on paper, and says where it came from`, async ({ page }) => {
    await page.setViewportSize({ width, height: 1000 });
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    expect(await cut(page)).toEqual([]);
    await expect(page.locator('.sheet')).toContainText(path.slice(1));
    await expect(page.getByRole('banner')).toBeHidden();
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

for (const [width, size] of [
  [1280, 'wide'],
  [320, 'narrow'],
] as const)
  test(`the words of a picture stay in their boxes at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('./handbook/objects/');
    const drawing = page.locator(`svg.pic-${size}`);
    await expect(drawing).toBeVisible();
    const outside = await drawing.evaluate((svg) =>
      [...svg.querySelectorAll<SVGGElement>('.pic-node')].flatMap((node) => {
        const box = node.querySelector<SVGPathElement>('.pic-face:nth-last-child(1 of .pic-face)')?.getBBox();
        return [...node.querySelectorAll('text')]
          .filter((text) => {
            const { x, width: wide } = text.getBBox();
            return !box || x < box.x || x + wide > box.x + box.width;
          })
          .map((text) => text.textContent?.trim());
      }),
    );
    expect(outside).toEqual([]);
  });

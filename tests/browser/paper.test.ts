import type { Page } from '@playwright/test';
import { expect, test } from '../support/browse.ts';

/** Width of A4 within its margins, in CSS pixels. */
const UPRIGHT = 680;
const ON_ITS_SIDE = 1_030;

/** Parts of the page that reach beyond the sheet, as their text. */
const cut = (page: Page) =>
  page.getByRole('main').evaluate((main) =>
    [...main.querySelectorAll('p, li, td, th, dd, dt, pre, svg, h1, h2, h3')]
      .filter((part) => part.getClientRects().length > 0 && !part.closest('.sw-hidden'))
      .filter((part) => part.getBoundingClientRect().right > innerWidth + 1 || part.scrollWidth > part.clientWidth + 1)
      .filter((part) => part.clientWidth > 0)
      .map((part) => part.textContent?.trim().slice(0, 60)),
  );

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

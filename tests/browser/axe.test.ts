import { faults, faultsInBoth, NARROW, WCAG } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

// Replays have their own test, which plays them.
const paths = readPages()
  .map(({ path }) => path)
  .filter((path) => !path.includes('/replay/'));
const kinds = [
  ...new Map(
    paths.map((path) => [
      path
        .replace(/^(status\/(?:images|releases))\/.*?((?:changes|packages)\/)?$/, '$1/$2')
        .replace(/^runbooks\/.+/, 'a runbook')
        .replace(/^labs\/(?!differences).+/, 'a lab')
        .replace(/^quizzes\/.+/, 'a quiz')
        .replace(/^handbook\/reference\/objects\/.+/, 'an object'),
      path,
    ]),
  ).values(),
];

// The dark has colours of its own and no more: pages of prose are alike in it.
const dark = new Set(
  kinds.filter((path) => !/^(handbook|start)\/(?!reference|objects|readiness|issues|onboard).+/.test(path)),
);

for (const path of kinds) {
  test(`/${path} has no fault that axe knows, light or dark, and fits narrow and wide screens`, async ({ page }) => {
    test.slow(true, 'it asks three things of one page');
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(`./${path}`);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    expect(await (dark.has(path) ? faultsInBoth : faults)(page, WCAG)).toEqual([]);
    for (const width of [1280, 820, 320]) {
      await page.setViewportSize({ width, height: 640 });
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(over, `at ${width} px`).toBeLessThanOrEqual(0);
    }
    // A code block becomes focusable when the browser has time to see that it scrolls.
    await expect(async () => expect(await faults(page, NARROW)).toEqual([])).toPass({ timeout: 10_000 });
  });
}

test('the open search has no fault that axe knows', async ({ page }) => {
  await page.goto('./start/');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.keyboard.type('image');
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  expect(await faults(page, WCAG)).toEqual([]);
});

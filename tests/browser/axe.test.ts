import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
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
const dark = kinds.filter((path) => !/^(handbook|start)\/(?!reference|objects|readiness|issues|onboard).+/.test(path));

for (const [scheme, shown] of [
  ['light', kinds],
  ['dark', dark],
] as const) {
  for (const path of shown) {
    test(`/${path} has no fault that axe knows, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto(`./${path}`);
      await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    });
  }
}

test('the open search has no fault that axe knows', async ({ page }) => {
  await page.goto('./start/');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.keyboard.type('image');
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

for (const path of kinds) {
  test(`/${path} fits narrow and wide screens`, async ({ page }) => {
    await page.goto(`./${path}`);
    for (const width of [1280, 820, 320]) {
      await page.setViewportSize({ width, height: 640 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, `at ${width} px`).toBeLessThanOrEqual(0);
    }
    // A code block becomes focusable when the browser has time to see that it scrolls.
    await expect(async () => {
      const axe = new AxeBuilder({ page }).withRules(['scrollable-region-focusable', 'target-size']);
      expect((await axe.analyze()).violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
    }).toPass({ timeout: 10_000 });
  });
}

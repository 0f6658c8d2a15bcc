import { expect, test } from '../support/browse.ts';

test('finds a page by a word of it and goes there', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Search' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('searchbox', { name: 'Search this site' }).fill('pretend world');
  await expect(dialog.getByRole('status')).toContainText('found');
  await dialog.getByRole('link', { name: 'How this site works' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How this site works');
});

test('opens and closes the search by key and says when nothing is found', async ({ page }) => {
  await page.goto('./start/');
  await expect(page.getByRole('button', { name: 'Search' })).toBeEnabled();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ωψω');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('Nothing found for “ωψω”.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

for (const [words, first] of [
  ['signature', 'Check the signature of an image'],
  ['iot rawhide', 'iot Rawhide'],
] as const) {
  test(`finds “${words}” in ${first} before anything else`, async ({ page }) => {
    await page.goto('./start/');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.keyboard.type(words);
    await expect(page.getByRole('dialog').getByRole('listitem').first()).toContainText(first);
  });
}

test('without a network the search says so, and works again when it is back', async ({ page, context, watched }) => {
  await page.goto('./start/');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Search' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await page.keyboard.type('ima');
  await expect(dialog.getByRole('status')).toContainText('it needs the network');
  await context.setOffline(false);
  // Chromium takes a moment to be back: a reader types on.
  await expect(async () => {
    await dialog.getByRole('searchbox').fill('image');
    await expect(dialog.getByRole('status')).toContainText('found', { timeout: 2_000 });
  }).toPass();
  expect(watched.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault))).toEqual([]);
  watched.length = 0;
});

test('loads no search index before the search is opened', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('./start/', { waitUntil: 'networkidle' });
  expect(asked.filter((url) => url.includes('pagefind'))).toEqual([]);
});

test('keeps the theme that was chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./');
  await page.getByRole('combobox', { name: 'Select theme' }).selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto('./start/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('combobox', { name: 'Select theme' })).toHaveValue('dark');
});

test('leads past the navigation with the first key', async ({ page }) => {
  await page.goto('./start/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#_top');
});

for (const width of [800, 900, 992, 1100, 1120]) {
  test(`every part of the header is in sight at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 600 });
    for (const path of ['./', './start/']) {
      await page.goto(path);
      const header = page.locator('header.header');
      const parts = [...(await header.getByRole('link').all()), header.getByRole('combobox')];
      expect(parts.length).toBeGreaterThan(6);
      const boxes = await Promise.all([...parts, header.getByRole('button')].map((part) => part.boundingBox()));
      const spans = boxes.map((box) => [box?.x ?? -1, (box?.x ?? 0) + (box?.width ?? 0)] as const);
      expect(
        spans.filter(([from, to]) => from < 0 || to > width),
        path,
      ).toEqual([]);
      const inOrder = spans.toSorted(([one], [other]) => one - other);
      expect(
        inOrder.filter(([from], index) => from < (inOrder[index - 1]?.[1] ?? 0) - 1),
        path,
      ).toEqual([]);
    }
  });
}

test('opens its menu on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./start/');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.locator('summary', { hasText: 'Images and releases' }).click();
  await page.getByRole('link', { name: 'What we watch' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What we watch');
});

test('shows a way home from an address that leads nowhere', async ({ page, watched }) => {
  const answer = await page.goto('./status/images/nowhere/');
  expect(answer?.status()).toBe(404);
  await page.getByRole('link', { name: 'The front page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Slipway');
  // The browser itself reports the 404.
  expect(watched.splice(0)).toHaveLength(1);
});

test('the front page leads to the board by its count', async ({ page }) => {
  await page.goto('./');
  const counts = page.getByRole('region', { name: 'The board in numbers' });
  await expect(counts.getByRole('listitem')).toHaveCount(4);
  const colours = await counts
    .getByRole('listitem')
    .filter({ hasNotText: /^\s*0\s/ })
    .evaluateAll((items) => items.map((item) => getComputedStyle(item).color));
  expect(new Set(colours).size).toBe(colours.length);
  await counts.getByRole('link', { name: 'Open the board' }).click();
  await expect(page).toHaveURL(/status\/$/);
});

test('a printed page carries the notice about its data and no navigation', async ({ page }) => {
  await page.goto('./start/');
  const notices = await page.locator('[role=note]').count();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[role=note]:visible')).toHaveCount(notices);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('shows the text of a page and its menu', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto('./start/');
    await expect(page.getByRole('heading', { name: 'Three words' })).toBeVisible();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.locator('summary', { hasText: 'Images and releases' }).click();
    await expect(page.getByRole('link', { name: 'What we watch' })).toBeVisible();
  });
});

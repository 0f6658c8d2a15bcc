import type { Page } from '@playwright/test';
import { faultsInBoth } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';

const PAGE = './handbook/evidence/';
const DEFINITION = 'Proof that the holder of a key';
const word = (page: Page) => page.getByRole('main').getByRole('link', { name: 'signature', exact: true });
const tip = (page: Page) => page.getByRole('tooltip');

test('a word says what it means at the pointer, which may go to the text and stay there', async ({ page }) => {
  await page.goto(PAGE);
  await word(page).hover();
  await expect(tip(page)).toContainText(DEFINITION);
  await tip(page).hover();
  await page.waitForTimeout(400);
  await expect(tip(page)).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(tip(page)).toBeHidden();
});

test('a word says what it means at the focus; Escape closes it and leaves the focus where it is', async ({ page }) => {
  await page.goto(PAGE);
  await word(page).focus();
  await expect(tip(page)).toContainText(DEFINITION);
  await page.keyboard.press('Escape');
  await expect(tip(page)).toBeHidden();
  await expect(word(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(word(page)).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(tip(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/glossary\/#signature$/);
});

test('Escape closes what the pointer opened', async ({ page }) => {
  await page.goto(PAGE);
  await word(page).hover();
  await expect(tip(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tip(page)).toBeHidden();
});

test('a word is read out with its definition', async ({ page }) => {
  await page.goto(PAGE);
  await expect(word(page)).toHaveAccessibleDescription(new RegExp(DEFINITION));
});

test('the open text of a word has no fault that axe knows, in both schemes', async ({ page }) => {
  await page.goto(PAGE);
  await word(page).focus();
  await expect(tip(page)).toBeVisible();
  expect(await faultsInBoth(page)).toEqual([]);
  await expect(tip(page)).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 320, height: 640 } });
  test('a first tap explains the word within the screen, a second one opens the glossary', async ({ page }) => {
    await page.goto(PAGE);
    await word(page).tap();
    await expect(tip(page)).toContainText('Tap the word again');
    const box = await tip(page).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
    await page.getByRole('heading', { level: 1 }).tap();
    await expect(tip(page)).toBeHidden();
    await word(page).tap();
    await word(page).tap();
    await expect(page).toHaveURL(/glossary\/#signature$/);
  });
});

test('paper has the words of the page at its end', async ({ page }) => {
  await page.goto(PAGE);
  const words = page.getByRole('heading', { name: 'Words on this page' });
  await expect(words).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(words).toBeVisible();
  await expect(page.getByText(DEFINITION)).toBeVisible();
});

test('the glossary shows the words that hold what is typed, and says how many', async ({ page }) => {
  await page.goto('./glossary/');
  await page.getByRole('searchbox', { name: 'Find a word' }).fill('mail bag');
  await expect(page.getByRole('main').getByRole('status')).toHaveText('0 words');
  await page.getByRole('searchbox', { name: 'Find a word' }).fill('manifest list');
  await expect(page.getByRole('main').getByRole('heading', { level: 3 })).toHaveText(['Image index']);
  await page.getByRole('link', { name: 'Manifest', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Manifest', exact: true })).toBeInViewport();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a word is a link to the glossary, which shows all words', async ({ page }) => {
    await page.goto(PAGE);
    await word(page).click();
    await expect(page.getByRole('heading', { name: 'Signature', exact: true })).toBeVisible();
    await expect(page.getByRole('searchbox', { name: 'Find a word' })).toBeHidden();
  });
});

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const pages = readPages().filter(({ path }) => /\/replay\//.test(path));
const events = (html: string) => html.match(/id="t=\d+"/g)?.length ?? 0;
const builds = pages.filter(({ path }) => path.endsWith('/replay/'));
const build = builds.toSorted((a, b) => events(b.html) - events(a.html))[0];
const failed = pages.find(({ path, html }) => !path.endsWith('/replay/') && html.includes('data-kind="fails"'));
const path = `./${build?.path}`;
const count = events(build?.html ?? '');

const player = (page: Page) => page.getByRole('region', { name: 'Player' });
const button = (page: Page, name: string) => player(page).getByRole('button', { name });
const number = (page: Page) => player(page).locator('[data-number]');
const current = (page: Page) => page.locator('.sw-events [aria-current="step"]');
const hash = (page: Page) => page.evaluate(() => location.hash);

/** The page with a clock that goes only when it is told to. */
async function openStill(page: Page): Promise<void> {
  await page.clock.install({ time: 0 });
  await page.goto(path);
  await page.clock.pauseAt(60_000);
}

test('the sample has a build and a failed run to replay', () => {
  expect(count).toBeGreaterThan(10);
  expect(failed?.path).toBeDefined();
});

for (const scheme of ['light', 'dark'] as const) {
  for (const [what, at] of [
    ['a build', path],
    ['a build at a moment', `${path}#t=7`],
    ['a failed run', `./${failed?.path}`],
  ] as const) {
    test(`${what} has no fault that axe knows, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto(at);
      await expect(player(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    });
  }
}

test('nothing moves until a reader asks', async ({ page }) => {
  await page.goto(path);
  await expect(number(page)).toHaveText(`${count} events`);
  const before = await page.locator('.sw-replay').innerHTML();
  await page.waitForTimeout(2_000);
  expect(await page.locator('.sw-replay').innerHTML()).toBe(before);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test('goes from event to event by keyboard, says each, and keeps the moment in the address', async ({ page }) => {
  await page.goto(path);
  await button(page, 'Next event').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await expect(number(page)).toHaveText(`event 2 of ${count}`);
  expect(await hash(page)).toBe('#t=2');
  const line = player(page).locator('[data-line]');
  await expect(line).toHaveAttribute('aria-live', 'polite');
  await expect(line).toHaveText(
    (await page.locator('.sw-events li').nth(1).locator('[data-said]').textContent()) ?? '',
  );
  await expect(current(page)).toHaveAttribute('href', '#t=2');
  await expect(page.locator('.sw-row[data-here]')).toHaveCount(1);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(button(page, 'Previous event')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(number(page)).toHaveText(`${count} events`);
  expect(await hash(page)).toBe('');
  await expect(page.locator('.sw-row[data-phase]')).toHaveCount(0);
});

test('is scrubbed over events, and a slider speaks for itself', async ({ page }) => {
  await page.goto(path);
  const slider = player(page).getByRole('slider', { name: 'Event' });
  await slider.focus();
  await page.keyboard.press('End');
  await expect(number(page)).toHaveText(`event ${count} of ${count}`);
  await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`^${count} of ${count}: the run ends`));
  await expect(player(page).locator('[data-line]')).toHaveAttribute('aria-live', 'off');
  await expect(page.locator('.sw-row[data-phase="later"], .sw-row[data-phase="now"]')).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expect(number(page)).toHaveText(`event ${count - 1} of ${count}`);
});

test('plays one event a second, pauses, and stops at the end', async ({ page }) => {
  await openStill(page);
  await button(page, 'Play').click();
  await expect(number(page)).toHaveText(`event 1 of ${count}`);
  await expect(button(page, 'Pause')).toBeVisible();
  await page.clock.runFor(3_000);
  await expect(number(page)).toHaveText(`event 4 of ${count}`);
  await expect(player(page).locator('[data-line]')).toHaveAttribute('aria-live', 'off');
  await button(page, 'Pause').click();
  await expect(player(page).locator('[data-line]')).toHaveAttribute('aria-live', 'polite');
  await page.clock.runFor(3_000);
  await expect(number(page)).toHaveText(`event 4 of ${count}`);
  await button(page, 'Play').click();
  await page.clock.runFor(count * 1_000);
  await expect(number(page)).toHaveText(`event ${count} of ${count}`);
  await expect(button(page, 'Play')).toBeVisible();
});

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  test(`plays as the run went, only faster; with ${reducedMotion} the line ${reducedMotion === 'reduce' ? 'steps' : 'glides'}`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion });
    await openStill(page);
    await player(page).getByRole('combobox', { name: 'Speed' }).selectOption({ label: '60 × as fast as it ran' });
    await button(page, 'Play').click();
    const places = new Set<string>();
    for (let turn = 0; turn < 60; turn += 1) {
      await page.clock.runFor(100);
      places.add(await page.locator('.sw-replay').evaluate((element) => element.style.getPropertyValue('--sw-at')));
    }
    const times = await page
      .locator('.sw-events li')
      .evaluateAll((items) => items.map((item) => Number(item.dataset['ms'])));
    const length = Number(await page.locator('.sw-replay').getAttribute('data-length'));
    const stops = new Set(times.map((ms) => String((100 * ms) / length)));
    const between = [...places].filter((place) => !stops.has(place));
    if (reducedMotion === 'reduce') expect(between).toEqual([]);
    else expect(between.length).toBeGreaterThan(20);
    const shown = Number(/event (\d+)/.exec((await number(page).textContent()) ?? '')?.[1]);
    expect(times[shown - 1]).toBeLessThanOrEqual(366_000);
    expect(times[shown] ?? Infinity).toBeGreaterThan(354_000);
  });
}

test('opens at the moment of its address, follows the transcript, and goes back', async ({ page }) => {
  await page.goto(`${path}#t=7`);
  await expect(number(page)).toHaveText(`event 7 of ${count}`);
  await expect(player(page)).toBeInViewport();
  await page.locator('.sw-events a[href="#t=3"]').click();
  await expect(number(page)).toHaveText(`event 3 of ${count}`);
  await page.locator('.sw-chart a[href^="#t="]').first().click();
  await expect(number(page)).toHaveText(`event 2 of ${count}`);
  await page.goBack();
  await expect(number(page)).toHaveText(`event 3 of ${count}`);
  await page.goBack();
  await expect(number(page)).toHaveText(`event 7 of ${count}`);
  await page.goto(`${path}#t=9999`);
  await page.reload();
  await expect(player(page)).toBeVisible();
  await expect(page.locator('.sw-events [aria-current]')).toHaveCount(0);
});

test('copies a link to the moment', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${path}#t=5`);
  await button(page, 'Copy link').click();
  await expect(button(page, 'Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/replay\/#t=5$/);
});

test('a failed run says first where it failed, and its last task event is that failure', async ({ page }) => {
  await page.goto(`./${failed?.path}`);
  await expect(page.locator('main p', { hasText: /^Failed at / }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Why it failed, and what to do' })).toBeVisible();
  const kinds = await page.locator('.sw-events li').evaluateAll((items) => items.map((item) => item.dataset['kind']));
  expect(kinds).toContain('fails');
  expect(kinds.slice(kinds.indexOf('fails'))).not.toContain('begins');
  await expect(page.locator('.sw-row[data-state="failed"] .sw-took').first()).toContainText('failed');
});

test('the image leads to its replay, and to that of its failed run', async ({ page }) => {
  await page.goto(`./${build?.path.replace('replay/', '')}`);
  await page.getByRole('link', { name: "Replay this image's build" }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Replay of the build of /);
  await page.goto(`./${failed?.path.replace(/replay\/.*/, '')}`);
  const links = page.locator(`a[href$="${failed?.path}"]`);
  expect(await links.count()).toBeGreaterThan(0);
});

for (const width of [320, 360, 820, 1280]) {
  test(`fits ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    for (const at of [path, `./${failed?.path}`]) {
      await page.goto(`${at}#t=4`);
      await expect(player(page)).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const axe = new AxeBuilder({ page }).withRules(['scrollable-region-focusable', 'target-size']);
      expect((await axe.analyze()).violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
    }
  });
}

test('prints the whole chart without the player', async ({ page }) => {
  await page.setViewportSize({ width: 718, height: 1_047 });
  await page.goto(`${path}#t=4`);
  await expect(number(page)).toHaveText(`event 4 of ${count}`);
  await page.emulateMedia({ media: 'print' });
  await expect(player(page)).toBeHidden();
  await expect(page.locator('.sw-took').last()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(718);
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('chart, transcript and the addresses of moments are there, the player is not', async ({ page }) => {
    await page.goto(`${path}#t=7`);
    await expect(player(page)).toBeHidden();
    await expect(page.locator('[id="t=7"]')).toBeInViewport();
    await expect(page.locator('.sw-row').first()).toBeVisible();
    expect(await page.locator('.sw-events li').count()).toBe(count);
  });
});

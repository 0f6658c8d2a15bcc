import type { Page } from '@playwright/test';
import { faults, faultsInBoth, NARROW, WCAG } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

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

test('a build is told by the walkthrough of its own kind, and by no other', () => {
  const KINDS = { compose: 'compose-image', coreos: 'coreos', standard: 'fedora-base-image' };
  for (const [variant, walk] of Object.entries(KINDS)) {
    const own = builds.filter((page) => page.path.includes(`development/${variant}/`));
    expect(own.length).toBeGreaterThan(0);
    for (const { html } of own) expect(html).toContain(`/pipelines/${walk}/`);
  }
  const compose = builds.filter((page) => page.path.includes('/compose/'));
  for (const { html } of compose) expect(html).not.toContain('The base images take theirs');
});

for (const [what, at] of [
  ['a build', path],
  ['a build at a moment', `${path}#t=7`],
  ['a failed run', `./${failed?.path}`],
] as const) {
  test(`${what} has no fault that axe knows, light or dark`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(at);
    await expect(player(page)).toBeVisible();
    expect(await faultsInBoth(page, WCAG)).toEqual([]);
  });
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

test('plays as the run went, only faster, and its line glides', async ({ page }) => {
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
  expect([...places].filter((place) => !stops.has(place)).length).toBeGreaterThan(20);
  const shown = Number(/event (\d+)/.exec((await number(page).textContent()) ?? '')?.[1]);
  expect(times[shown - 1]).toBeLessThanOrEqual(366_000);
  expect(times[shown] ?? Infinity).toBeGreaterThan(354_000);
});

test('where less motion is wanted nothing can be made to play, and all can be stepped through', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(path);
  await expect(button(page, 'Next event')).toBeVisible();
  await expect(button(page, 'Play')).toBeHidden();
  await expect(player(page).getByRole('combobox')).toBeHidden();
  await expect(player(page)).toContainText('nothing plays here');
  await expect(player(page).locator('[data-line]')).not.toContainText('Press Play');
  await button(page, 'Next event').click();
  await expect(number(page)).toHaveText(`event 1 of ${count}`);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect(button(page, 'Play')).toBeVisible();
  await expect(player(page)).not.toContainText('nothing plays here', { useInnerText: true });
});

test('what plays stops when less motion is asked for', async ({ page }) => {
  await openStill(page);
  await button(page, 'Play').click();
  await page.clock.runFor(2_000);
  await expect(number(page)).toHaveText(`event 3 of ${count}`);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.locator('.sw-replay[data-playing]')).toHaveCount(0);
  await page.clock.runFor(3_000);
  await expect(number(page)).toHaveText(`event 3 of ${count}`);
});

test('playing a failed run ends at its failure; what came after is reached by steps', async ({ page }) => {
  const all = events(failed?.html ?? '');
  await page.clock.install({ time: 0 });
  await page.goto(`./${failed?.path}`);
  await page.clock.pauseAt(60_000);
  await button(page, 'Play').click();
  await page.clock.runFor(all * 1_000);
  await expect(page.locator('.sw-events li:has([aria-current])')).toHaveAttribute('data-kind', 'fails');
  await expect(button(page, 'Play')).toBeVisible();
  const end = Number(/event (\d+)/.exec((await number(page).textContent()) ?? '')?.[1]);
  expect(end).toBeLessThan(all);
  await button(page, 'Next event').click();
  await expect(number(page)).toHaveText(`event ${end + 1} of ${all}`);
  await page
    .locator('main')
    .getByRole('link', { name: /^Failed at / })
    .click();
  await expect(number(page)).toHaveText(`event ${end} of ${all}`);
  await page.clock.runFor(100);
  await expect(player(page)).toBeInViewport();
});

test('a line of the transcript is followed where it stands, and keeps the focus', async ({ page }) => {
  await page.goto(path);
  const last = page.locator(`.sw-events a[href="#t=${count - 3}"]`);
  await last.focus();
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await expect(last).toHaveAttribute('aria-current', 'step');
  expect(await hash(page)).toBe(`#t=${count - 3}`);
  await expect(last).toBeFocused();
  expect(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(scrollY))))).toBe(place);
  await page.keyboard.press('Tab');
  await expect(page.locator(`.sw-events a[href="#t=${count - 2}"]`)).toBeFocused();
});

for (const wrong of ['999', '-1', 'abc']) {
  test(`an address of no moment, #t=${wrong}, shows the whole run and is dropped`, async ({ page }) => {
    await page.goto(`${path}#t=${wrong}`);
    await expect(number(page)).toHaveText(`${count} events`);
    expect(await hash(page)).toBe('');
    await page.evaluate(() => {
      location.hash = '#t=4';
    });
    await expect(number(page)).toHaveText(`event 4 of ${count}`);
    await page.evaluate((to) => {
      location.hash = to;
    }, `#t=${wrong}`);
    await expect(number(page)).toHaveText(`${count} events`);
    expect(await hash(page)).toBe('');
  });
}

test('the chart can be skipped', async ({ page }) => {
  await page.goto(path);
  const skip = page.getByRole('link', { name: 'Skip the chart: what happened, in order' });
  await skip.focus();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What happened, in order' })).toBeInViewport();
  await page.keyboard.press('Tab');
  await expect(page.locator('.sw-events a').first()).toBeFocused();
});

test('with forced colours, what lies ahead is still drawn', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(`${path}#t=4`);
  const later = page.locator('.sw-row[data-phase="later"]').first();
  expect(await later.locator('.sw-track').evaluate((track) => getComputedStyle(track, '::before').display)).toBe(
    'none',
  );
  const fill = await later.locator('.sw-run').evaluate((bar) => getComputedStyle(bar).fill);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(fill).not.toBe(ground);
});

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
  const near = page.locator('.sw-headline').getByRole('link', { name: 'Replay the run that broke' });
  await expect(near).toBeVisible();
  await near.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Replay of the run /);
  await expect(page.getByRole('heading', { name: 'Other replays of this image' })).toBeVisible();
});

for (const width of [320, 360, 820, 1280]) {
  test(`fits ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    for (const at of [path, `./${failed?.path}`]) {
      await page.goto(`${at}#t=4`);
      await expect(player(page)).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await faults(page, NARROW)).toEqual([]);
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

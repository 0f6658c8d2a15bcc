import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parseLab } from '#lab/catalog.ts';
import { expect } from './browse.ts';

/** The page of a lab, as a reader works with it. */

const FILE = 'content/labs/read-an-image.yaml';

/** A lab that begins with a question to which a wrong answer is known. */
export const lab = parseLab(readFileSync(FILE, 'utf8'), FILE);

export const PATH = `./labs/${lab.id}/`;

export const field = (page: Page) => page.getByLabel(/^Command in/);
export const log = (page: Page) => page.getByRole('log');
export const step = (page: Page, nth: number) => page.locator('[data-step]').nth(nth);

/** Opens the practice shell. */
export async function open(page: Page): Promise<void> {
  await page.getByRole('button', { name: /practice shell/ }).click();
  await expect(field(page)).toBeVisible({ timeout: 15_000 });
}

/** Runs a line, and waits until it has ended. */
export async function run(page: Page, line: string): Promise<void> {
  await field(page).fill(line);
  await field(page).press('Enter');
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[data-console] [data-run]')).toBeEnabled({ timeout: 15_000 });
}

/** Answers the question of a step, and asks for its check. */
export async function answer(page: Page, nth: number, text: string): Promise<void> {
  const radio = step(page, nth).getByRole('radio', { name: text, exact: true });
  if ((await radio.count()) > 0) await radio.check();
  else await step(page, nth).getByLabel('Your answer').fill(text);
  await step(page, nth)
    .getByRole('button', { name: /^Check/ })
    .click();
}

/** Does a step as its solution says. */
export async function solve(page: Page, nth: number): Promise<void> {
  const solution = lab.steps[nth]?.solution;
  if (solution?.run) await run(page, solution.run.trim());
  if (solution?.answer !== undefined) await answer(page, nth, solution.answer);
  else if (!(await step(page, nth).getAttribute('data-finished')))
    await step(page, nth)
      .getByRole('button', { name: /^Check/ })
      .click();
  await expect(step(page, nth).locator('[data-verdict]')).toHaveText('Done.');
}

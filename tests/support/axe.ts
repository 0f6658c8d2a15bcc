import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What axe is asked about a page: its rules by tag or by name, all that are on where neither is given. */
interface Asked {
  tags?: readonly string[] | undefined;
  rules?: readonly string[];
  /** Selectors of the parts that are looked at. */
  within?: readonly string[];
}

export const WCAG: Asked = { tags: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** What another colour scheme can break where it sets colours and nothing else. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What a narrow screen can break. */
export const NARROW: Asked = { rules: ['scrollable-region-focusable', 'target-size'] };

/** Faults that axe finds in a page as it stands, each with its elements. */
export async function faults(page: Page, { tags, rules, within = [] }: Asked = {}): Promise<string[]> {
  // Names of all that is well, and a second page to put them together in, take twice as long as the search itself.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (tags) axe.withTags([...tags]);
  if (rules) axe.withRules([...rules]);
  for (const part of within) axe.include(part);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Faults in the light, and those of the colours in the dark; the page stays in the light. */
export async function faultsInBoth(page: Page, asked: Asked = {}): Promise<string[]> {
  const dark = { ...asked, tags: undefined, rules: COLOURS };
  const found: string[] = [];
  for (const [colorScheme, what] of [
    ['dark', dark],
    ['light', asked],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    found.push(...(await faults(page, what)).map((fault) => `${colorScheme}: ${fault}`));
  }
  return found;
}

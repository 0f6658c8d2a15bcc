import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stringsInAstro, stringsInScript } from '../support/strings.ts';

/** Words that readers see come from content/i18n, so that they can be translated. */

const ROOT = new URL('../../', import.meta.url);
const SHOWING = 'src/{components,pages,embed}/**/*';

/** Names of keys and of events of the browser, and what is never translated. */
const NO_WORDS = new Set([
  'Enter',
  'Escape',
  'Tab',
  'Home',
  'End',
  'Backspace',
  'Control',
  'Meta',
  'Slipway',
  'Konflux',
  'Fedora',
]);

const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');
const told = (file: string, found: readonly { line: number; text: string }[]) =>
  found.filter(({ text }) => !NO_WORDS.has(text)).map(({ line, text }) => `${file}:${line} ${text}`);

test('no component and no page has words of its own', () => {
  const files = globSync(`${SHOWING}.astro`, { cwd: ROOT });
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap((file) => told(file, stringsInAstro(read(file))))).toEqual([]);
});

test('no script of a page has words of its own', () => {
  const files = globSync(`${SHOWING}.ts`, { cwd: ROOT });
  expect(files.length).toBeGreaterThan(80);
  expect(files.flatMap((file) => told(file, stringsInScript(read(file))))).toEqual([]);
});

test('words are found in texts, labels, expressions and scripts, and nothing else is', () => {
  const astro = `---
import x from 'Some thing';
const said = isOld ? 'At least' : \`in \${n} days\`;
const words = { 'not said': 'two of them' } as const;
if (!x) throw new Error('No such thing here');
---
<p class="sw-note pl-screen" data-x="Not this">Read <code>kubectl get</code> {said}</p>
<button aria-label="Close it" title={t('a.b')}>{'×'}</button>`;
  expect(stringsInAstro(astro).map(({ line, text }) => `${line} ${text}`)).toEqual([
    '3 At least',
    '3 in {} days',
    '4 two of them',
    '7 Read',
    '8 Close it',
  ]);
  const script = "say('Copied.'); at('data-x'); f('two of them'); throw new Error('Not this');";
  expect(stringsInScript(script).map(({ text }) => text)).toEqual(['Copied.', 'two of them']);
});

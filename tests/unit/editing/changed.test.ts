import { expect, test } from 'vitest';
import { changedPages, parseNameStatus } from '#editing/changed.ts';

test('what git prints becomes a list of pages, each with its file', () => {
  const printed = 'M\0content/docs/handbook/evidence.md\0A\0content/labs/new.yaml\0D\0content/docs/start/old.md\0';
  const list = changedPages(parseNameStatus(printed), 'https://preview.example.org/x/');
  expect(list).toContain(
    '| [/handbook/evidence/](https://preview.example.org/x/handbook/evidence/) | changed | `content/docs/handbook/evidence.md` |',
  );
  expect(list).toContain('[/labs/new/](https://preview.example.org/x/labs/new/) | added');
  expect(list).toContain('| /start/old/ | removed |');
});

test('where no server finds the file of a folder, the list names it', () => {
  const list = changedPages([{ file: 'content/labs/a.yaml', what: 'changed' }], 'https://example.org/x', true);
  expect(list).toContain('[/labs/a/](https://example.org/x/labs/a/index.html)');
});

test('content without a page of its own, and code, are told in words', () => {
  const list = changedPages(
    [
      { file: 'content/references.yaml', what: 'changed' },
      { file: 'src/components/Footer.astro', what: 'changed' },
      { file: 'package.json', what: 'changed' },
    ],
    '',
  );
  expect(list).toContain('None of its own.');
  expect(list).toContain('Shown on other pages too: `content/references.yaml`.');
  expect(list).toContain('Code changed as well (1 file)');
  expect(list).not.toContain('package.json');
});

test('a hostile name of a file cannot leave its cell', () => {
  const [file, what] = ['content/docs/a`|\n# x.md', 'added'] as const;
  const rows = changedPages([{ file, what }], 'https://example.org').split('\n');
  expect(rows.filter((row) => row.startsWith('# '))).toEqual([]);
});

test.each([
  ['content/docs/a](javascript:x).md', '[/a\\](javascript:x)/](https://example.org/a%5D%28javascript%3Ax%29/)'],
  ['content/docs/<b>|c.md', '[/\\<b\\>\\|c/](https://example.org/%3Cb%3E%7Cc/)'],
  ['content/docs/a#b?c.md', '[/a#b?c/](https://example.org/a%23b%3Fc/)'],
  ['content/docs/\u202Ea.md', '[/ a/](https://example.org/%E2%80%AEa/)'],
])('the link of the page of %j is one link, to that page', (file, link) => {
  expect(changedPages([{ file, what: 'added' }], 'https://example.org')).toContain(`| ${link} | added |`);
});

test('nothing changed is no error', () => {
  expect(changedPages(parseNameStatus(''), '')).toContain('None of its own.');
});

import { expect, test } from 'vitest';
import { llmsText } from '#markdown/llms.ts';

const ABOUT = { title: 'Site', summary: 'What it is.', notice: null };
const listed = (path: string, title = path) => ({ address: `/${path}index.md`, path, title, description: 'What.' });

test('pages stand under what they are, by address', () => {
  const text = llmsText(ABOUT, [listed('runbooks/b/'), listed('handbook/a/'), listed('runbooks/a/')], []);
  expect(text).toContain(
    '## Handbook\n\n- [handbook/a/](/handbook/a/index.md): What.\n\n## Runbooks\n\n- [runbooks/a/](/runbooks/a/index.md): What.\n- [runbooks/b/](/runbooks/b/index.md): What.',
  );
});

test('pages that have a place in the menu stand as one reads them, before the others', () => {
  const pages = ['handbook/a/', 'handbook/b/', 'handbook/c/'].map((path) => listed(path));
  const text = llmsText(ABOUT, pages, [], ['start/', 'handbook/c/', 'handbook/b/']);
  expect([...text.matchAll(/^- \[(.*?)\]/gm)].map(([, title]) => title)).toEqual([
    'handbook/c/',
    'handbook/b/',
    'handbook/a/',
  ]);
});

test('what may be left out comes last', () => {
  const text = llmsText(ABOUT, [listed('status/images/x/'), listed('status/')], [['/status/v1/snapshot.json', 'all']]);
  expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(['Status', 'Data', 'Optional']);
});

test('a title cannot break out of its link', () => {
  expect(llmsText(ABOUT, [listed('runbooks/a/', 'a](https://evil.example/) [b')], [])).toContain(
    '- [a\\](https://evil.example/) \\[b](/runbooks/a/index.md)',
  );
});

test('sample data are called so at the top', () => {
  expect(llmsText({ ...ABOUT, notice: 'Sample data.' }, [], [])).toContain('> What it is.\n\nSample data.');
});

test('a description is text', () => {
  const one = { ...listed('runbooks/a/'), description: '[b](https://evil.example/) <img>' };
  expect(llmsText(ABOUT, [one], [])).toContain(': \\[b\\](https://evil.example/) \\<img>\n');
});

import { expect, test } from 'vitest';
import Picture from '#components/picture/Picture.astro';
import type { Drawn } from '#picture/model.ts';
import { render, spoken } from '../../../support/render.ts';

const picture: Drawn = {
  schema: 1,
  title: 'From a run to an image',
  description: 'What a run leaves behind, and where.',
  kinds: { image: 'an image somewhere' },
  groups: { cluster: 'Cluster' },
  nodes: [
    {
      ...{ id: 'run', label: 'Run <b>', kind: 'object', group: 'cluster', href: '/glossary/#pipelinerun' },
      ...{ note: 'Made for a commit.', unverified: false },
    },
    { id: 'image', label: 'Image', kind: 'image', unverified: true },
  ],
  edges: [{ from: 'run', to: 'image', label: 'IMAGE_DIGEST', unverified: true }],
};
const html = await render(Picture, { id: 'p', picture });

test('who does not see the picture reads the same below it', () => {
  const list = html.slice(html.indexOf('<details'));
  expect(spoken(list)).toBe(
    'The same in words Run &lt;b&gt;, Cluster. Made for a commit. IMAGE_DIGEST: Image, not verified Image, not verified.',
  );
});

test('a node leads to where one reads on, and says its kind and group', () => {
  const [node = ''] = /<a class="pic-node"[^>]*aria-label="[^"]*"/.exec(html) ?? [];
  expect(node).toContain('href="/glossary/#pipelinerun"');
  expect(node).toContain('an object on the cluster"');
  expect(html).toContain('aria-label="Image not verified, an image somewhere"');
  expect(html).toContain('Run &lt;b&gt;');
});

test('a picture has no inline style and no script', () => {
  expect(html).not.toMatch(/\sstyle=|<script|\son\w+=/);
});

test('the legend tells the shapes that occur, and the dashed line', () => {
  expect(spoken(html.slice(html.indexOf('pic-shapes'), html.indexOf('<details')))).toContain('an image somewhere');
  expect(html).toContain('A dashed line: nobody has verified it.');
  expect(html).not.toContain('a repository or a file in it');
});

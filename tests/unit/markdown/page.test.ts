import { expect, test } from 'vitest';
import { pageText } from '#markdown/page.ts';

const ADDRESS = 'https://example.org/slipway/runbooks/one/';

const page = (
  body: string,
  notice = '',
) => `<!doctype html><html><head><meta name="description" content="What it is."></head>
<body><nav>Links</nav><main>${notice}<h1>One</h1><div class="sl-markdown-content">${body}</div></main></body></html>`;

const markdown = (body: string, notice?: string) => pageText(page(body, notice), ADDRESS)?.markdown;

test('a page is its title, description, address and body', () => {
  expect(markdown('<h2>Then</h2><p>Do <code>it</code>.</p>')).toBe(
    `# One\n\n> What it is.\n\nPage: ${ADDRESS}\n\n## Then\n\nDo \`it\`.\n`,
  );
});

test('links are whole addresses', () => {
  expect(
    markdown('<a href="/slipway/status/">a</a> <a href="#x">b</a> <a href="https://else.example/">c</a>'),
  ).toContain(`[a](https://example.org/slipway/status/) [b](${ADDRESS}#x) [c](https://else.example/)`);
});

test('tables stay tables, and commands stay code', () => {
  expect(
    markdown(
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table><pre><code>x | y\n</code></pre>',
    ),
  ).toContain('| a | b    |\n| - | ---- |\n| 1 | 2\\|3 |\n\n```\nx | y\n```');
});

test('what only a person at a screen can use is left out', () => {
  expect(
    markdown(
      '<p>stays</p><button>Copy</button><form><label>Your value <input></label></form><p hidden>not</p><script>1</script>',
    ),
  ).toMatch(/\n\nstays\n$/);
});

test('a page of sample data says so above everything', () => {
  const text = markdown('<p>good</p>', '<div class="notice sample"><b>Sample data.</b> No image is\n real.</div>');
  expect(text).toContain('**Sample data. No image is real.**');
});

test('what only the style sets apart does not run together, and code stays as it is', () => {
  expect(markdown('<p><span>made</span><b>now</b></p><pre><code><i>a</i><i>b</i></code></pre>')).toContain(
    'made **now**\n\n```\nab\n```',
  );
});

test('a figure does not run into the small print below it', () => {
  expect(
    markdown('<table><tr><th>a</th></tr><tr><td>95 %<small>39 of 41</small><small>2 late</small></td></tr></table>'),
  ).toContain('| 95 % – 39 of 41 – 2 late |');
});

test('a command of several rows stays one row a line', () => {
  const row = (text: string) => `<span class="rb-row">${text} </span>`;
  const text = markdown(
    `<ul><li><a href="/x/">Dates</a> <code>${row('set -e')}${row('cat <b>FILE</b>')}</code></li></ul>`,
  );
  expect(text).toContain('  ```\n  set -e\n  cat FILE\n  ```');
  expect(markdown('<p>Use <code><span class="rb-row">one</span></code>.</p>')).toContain('Use `one`.');
});

test('a question of a quiz is its words and its answers, without the boxes to tick', () => {
  const text = markdown(
    '<form class="lq-question"><fieldset><legend><span>1.</span><span>Which?</span></legend><div class="lq-option"><label><input>This</label></div></fieldset><details><summary>Answer</summary><ul><li>This<br><b>Right.</b> So it is.</li></ul></details></form>',
  );
  expect(text).toContain('1\\. Which?');
  expect(text?.match(/This/g)).toHaveLength(1);
  expect(text).toContain('**Right.** So it is.');
});

test('what speaks of scripts, paper or progress is left out', () => {
  expect(
    markdown(
      '<p>stays</p><noscript><p>Needs JavaScript.</p></noscript><my-note hidden="true"><p>Not kept.</p></my-note><p class="pl-paper">Left out on paper.</p><p class="lab-unscripted">No script.</p>',
    ),
  ).toMatch(/\n\nstays\n$/);
});

test('the shapes of a picture are left out where there is no picture', () => {
  expect(markdown('<p>before</p><ul class="pic-shapes"><li>a program</li></ul><p>after</p>')).not.toContain('program');
});

test('comments, the signs beside headings and hints for those who hear the page are left out', () => {
  expect(
    markdown(
      '<h2>Then</h2><a class="sl-anchor-link" href="#then"><span>#</span></a><!-- why --><p class="sw-hidden">Each box is a link.</p><p>Do <b class="sw-hidden">not</b> it.</p>',
    ),
  ).toMatch(/\n\n## Then\n\nDo \*\*not\*\* it\.\n$/);
});

test('terms and what they are stand on one line each', () => {
  expect(
    markdown('<dl><div><dt>On</dt><dd><a href="/x/">Run</a>, Snapshot</dd></div><dt>By</dt><dd>it</dd></dl>'),
  ).toContain('- **On**: [Run](https://example.org/x/), Snapshot\n- **By**: it\n');
});

test('a citation leads to its source, and to the page where the source has no address', () => {
  const text = markdown(
    '<p>So (<a href="#source-a">A</a>, <a href="#source-b">B</a>).</p><ol><li id="source-a"><a href="https://a.example/">The A</a></li><li id="source-b">The B</li></ol>',
  );
  expect(text).toContain(`So ([A](https://a.example/), [B](${ADDRESS}#source-b)).`);
});

test('a notice is told without the link behind it', () => {
  expect(markdown('<p>good</p>', '<div class="notice kept">Kept. <a href="/x/">More</a></div>')).toContain('**Kept.**');
});

test('a redirect has no text', () => {
  expect(
    pageText('<!doctype html><meta http-equiv="refresh" content="0;url=/x/"><body><a href="/x/">x</a>', ADDRESS),
  ).toBeNull();
});

test('text that looks like Markdown is told as text', () => {
  expect(markdown('<p>a *b* [c](d) # e</p>')).toContain('a \\*b\\* \\[c]\\(d) # e');
});

test('a title and a description are one line each, and text', () => {
  const html = page('<p>x</p>').replace('One', 'a\n## [b](javascript:c)').replace('What it is.', 'd > e\n&lt;f>');
  const read = pageText(html, ADDRESS);
  expect(read).toMatchObject({ title: 'a ## [b](javascript:c)', description: 'd > e <f>' });
  expect(read?.markdown).toContain('# a ## \\[b]\\(javascript:c)\n\n> d > e \\<f>\n\nPage: ');
});

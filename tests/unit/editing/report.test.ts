import { expect, test } from 'vitest';
import type { Finding } from '#editing/finding.ts';
import { countText, reportAs } from '#editing/report.ts';

const finding = (given: Partial<Finding> = {}): Finding => ({
  file: 'content/docs/a.md',
  line: 3,
  rule: 'links/page',
  weight: 'blocks',
  message: 'It leads nowhere.',
  action: 'Mend it.',
  ...given,
});

test('a person reads place, fault, remedy and rule, in the order of the files', async () => {
  const text = await reportAs('terminal', [finding({ file: 'b.md', column: 7 }), finding({ line: 9 }), finding()]);
  expect(text).toBe(
    'b.md:3:7: It leads nowhere. Mend it. (links/page)\n' +
      'content/docs/a.md:3: It leads nowhere. Mend it. (links/page)\n' +
      'content/docs/a.md:9: It leads nowhere. Mend it. (links/page)\n',
  );
});

test('a fingerprint stays when its line moves, and two of the same kind have two', async () => {
  const report = async (...lines: number[]) =>
    JSON.parse(
      await reportAs(
        'code-quality',
        lines.map((line) => finding({ line })),
      ),
    ) as { fingerprint: string }[];
  const [first, second] = await report(3, 9);
  expect((await report(30))[0]?.fingerprint).toBe(first?.fingerprint);
  expect(second?.fingerprint).not.toBe(first?.fingerprint);
});

test("GitLab's report has the fields that the merge request needs", async () => {
  const [one, two] = JSON.parse(
    await reportAs('code-quality', [finding(), finding({ file: 'z.md', weight: 'suggests' })]),
  ) as object[];
  expect(one).toEqual({
    description: 'It leads nowhere. Mend it.',
    check_name: 'links/page',
    fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    severity: 'major',
    location: { path: 'content/docs/a.md', lines: { begin: 3 } },
  });
  expect(two).toMatchObject({ severity: 'info' });
});

test('an annotation cannot be broken by what it quotes', async () => {
  const hostile = finding({ file: 'a,line=1:b%.md', message: '100 %\n::error::owned', weight: 'suggests', column: 2 });
  expect(await reportAs('github', [hostile])).toBe(
    '::notice file=a%2Cline=1%3Ab%25.md,line=3,col=2,title=links/page::100 %25 ::error::owned Mend it.\n',
  );
  expect(await reportAs('github', [finding()])).toMatch(/^::error file=content\/docs\/a\.md,line=3,title=/);
});

test('the count says what must be mended and what is only suggested', () => {
  expect(countText([finding(), finding({ weight: 'suggests' })])).toBe('1 to mend, 1 suggestion');
  expect(countText([])).toBe('0 to mend, 0 suggestions');
});

test.each(['terminal', 'github', 'code-quality'] as const)(
  'what a file says cannot begin a line of its own in the report for %s',
  async (format) => {
    const text = await reportAs(format, [finding({ message: 'Says "\n::error::x\r\n\u202Ey".' })]);
    expect(text).toContain('::error::x');
    expect(text).not.toMatch(/^::error::x|\\n|%0A|\u202E/m);
  },
);

import { join } from 'node:path';
import { main } from 'markdownlint-cli2';
import type { Finding } from '#editing/finding.ts';
import { SUGGESTED } from '#editing/rules.ts';

/** Form of Markdown, by markdownlint: content/.markdownlint-cli2.yaml says which rules hold. */

const CONFIG = 'content/.markdownlint-cli2.yaml';
const REPORTED =
  /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))? (?:error |warning )?(?<id>MD\d+)\/(?<name>\S+) (?<words>.*)$/;

/** Suggestions for files, named from `root`; throws where the tool itself breaks. */
export async function lintMarkdown(root: string, files: readonly string[]): Promise<Finding[]> {
  const printed: string[] = [];
  const code = await main({
    directory: root,
    argv: ['--config', join(root, CONFIG), '--no-globs', ...files.map((file) => `:${file}`)],
    optionsOverride: { noBanner: true, noProgress: true },
    logError: (line: string) => printed.push(line),
  });
  if (code > 1) throw new Error(`markdownlint broke:\n${printed.join('\n')}`);
  return printed.flatMap((line) => line.split('\n')).flatMap(findingOf);
}

function findingOf(line: string): Finding[] {
  const { file, line: row, column, id, words = '' } = REPORTED.exec(line)?.groups ?? {};
  if (file === undefined || id === undefined) return [];
  return [
    {
      file: file.replaceAll('\\', '/'),
      line: Number(row),
      ...(column === undefined ? {} : { column: Number(column) }),
      rule: `${SUGGESTED.markdown}${id}`,
      weight: 'suggests',
      message: `${words.replace(/\.$/, '')}.`,
      action: 'Write it as the other pages do.',
    },
  ];
}

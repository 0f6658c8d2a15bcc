import { diffArrays, structuredPatch } from 'diff';
import { readArguments } from '#practice/arguments.ts';
import { type Client, type CommandIo, NotSimulated } from '#practice/command.ts';

/** diff of two files: just-bash has one that knows the unified form only. */

const SAME = 0;
const OTHER = 1;
const TROUBLE = 2;
const CONTEXT = 3;

export const diff: Client = {
  name: 'diff',
  command: async (argv, io) => {
    const given = readArguments('diff', argv, {
      values: ['unified U'],
      switches: ['u', 'brief q', 'report-identical-files s'],
    });
    const [first = '', second = '', ...more] = [...given.words, ...given.after];
    if (second === '' || more.length > 0) throw new NotSimulated('diff of any but two files');
    const texts: string[] = [];
    for (const path of [first, second]) {
      const text = await textOf(path, io);
      if (text === null) io.err(`diff: ${path}: No such file or directory\n`);
      else texts.push(text);
    }
    const [before, after] = texts;
    if (before === undefined || after === undefined) return TROUBLE;
    if (before === after) {
      if (given.has('report-identical-files')) io.out(`Files ${first} and ${second} are identical\n`);
      return SAME;
    }
    const context = given.one('unified');
    if (given.has('brief')) io.out(`Files ${first} and ${second} differ\n`);
    else if (given.has('u') || context !== undefined) {
      const time = new Date(io.now()).toISOString().replace('T', ' ').replace('Z', '000000 +0000');
      io.out(`--- ${first}\t${time}\n+++ ${second}\t${time}\n${unified(before, after, Number(context ?? CONTEXT))}`);
    } else io.out(normal(before, after));
    return OTHER;
  },
  can: ['[-u | -U LINES] [-q] [-s] FILE FILE; a dash is what is piped in'],
  differs: [{ what: 'Folders, and options that overlook differences', instead: 'They are not simulated.' }],
};

/** Null where there is no such file. */
async function textOf(path: string, io: CommandIo): Promise<string | null> {
  if (path === '-') return io.stdin();
  if (!(await io.files.exists(path))) return null;
  if ((await io.files.list(path)) !== null) throw new NotSimulated('diff of folders');
  return new TextDecoder().decode(await io.readFile(path));
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function normal(before: string, after: string): string {
  let [at, to] = [0, 0];
  let out = '';
  const changes = diffArrays(linesOf(before), linesOf(after));
  for (let index = 0; index < changes.length; index++) {
    const change = changes[index];
    if (!change) break;
    if (!change.added && !change.removed) {
      at += change.value.length;
      to += change.value.length;
      continue;
    }
    const next = changes[index + 1];
    const isPair = next !== undefined && next.added !== change.added && (next.added || next.removed);
    const both = isPair ? [change, next] : [change];
    if (isPair) index += 1;
    const gone = both.find(({ removed }) => removed)?.value ?? [];
    const come = both.find(({ added }) => added)?.value ?? [];
    const verb = gone.length === 0 ? 'a' : come.length === 0 ? 'd' : 'c';
    out += `${range(at, gone.length)}${verb}${range(to, come.length)}\n${shown('<', gone)}`;
    if (verb === 'c') out += '---\n';
    out += shown('>', come);
    at += gone.length;
    to += come.length;
  }
  return out;
}

/** Line numbers from one; where nothing is, the line before. */
const range = (from: number, count: number): string =>
  count <= 1 ? String(from + count) : `${from + 1},${from + count}`;

const shown = (mark: string, lines: readonly string[]): string =>
  lines.map((line) => `${mark} ${line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`}`).join('');

function unified(before: string, after: string, context: number): string {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context });
  const size = (start: number, count: number) =>
    count === 1 ? String(start) : `${count === 0 ? start - 1 : start},${count}`;
  return hunks
    .map(
      ({ oldStart, oldLines, newStart, newLines, lines }) =>
        `@@ -${size(oldStart, oldLines)} +${size(newStart, newLines)} @@\n${lines.join('\n')}\n`,
    )
    .join('');
}

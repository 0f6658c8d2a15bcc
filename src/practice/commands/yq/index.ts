import { Document, parseAllDocuments, type ToStringOptions } from 'yaml';
import { type Arguments, readArguments } from '#practice/arguments.ts';
import { type Client, type CommandIo, NotSimulated, withErrors } from '#practice/command.ts';
import { changed } from './edit.ts';
import { type Stage, type Step, stagesOf } from './expression.ts';
import { type Jq, nodeAt, type Path, valueAt, walked } from './walk.ts';

/** yq as mikefarah's version 4 is, over the jq of the shell and the documents of `yaml`. */

const FLAGS = {
  values: ['output-format o', 'input-format p', 'indent I'],
  switches: ['inplace i', 'unwrapScalar r', 'exit-status e', 'null-input n', 'no-colors M', 'no-doc N'],
};

export const yq: Client = {
  name: 'yq',
  command: withErrors(run, (message) => `Error: ${message}`),
  can: [
    '[-i] [-o yaml|json] [-I INDENT] [-r] [-e] [-n] [-N] EXPRESSION [FILE]: paths, select, map, del, =, |=, +=, //, |, ==, has, keys, length, sort_by, join, test, env and strenv',
  ],
  differs: [
    { what: 'Which yq', instead: 'That of Mike Farah, version 4. Python has another program of this name.' },
    { what: 'Other operators', instead: 'What is not in the list says that it is not simulated.' },
    { what: 'Quotes', instead: 'Quotes of a value that was changed can be other ones than those of the real yq.' },
    { what: 'Words for broken YAML', instead: 'They are those of the practice shell; the line is the same.' },
  ],
};

async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const verb = /^(eval|e)$/.test(argv[0] ?? '') ? 1 : 0;
  if (/^(eval-all|ea|shell-completion|help|completion)$/.test(argv[0] ?? '')) throw new NotSimulated(`yq ${argv[0]}`);
  const given = readArguments('yq', argv.slice(verb), FLAGS);
  const format = given.one('output-format') ?? 'yaml';
  if (!/^(yaml|y|json|j)$/.test(format)) throw new NotSimulated(`--output-format ${format} of yq`);
  if (!/^(yaml|y|json|j|auto|a)$/.test(given.one('input-format') ?? 'yaml'))
    throw new NotSimulated(`--input-format ${given.one('input-format')} of yq`);
  const { text, file } = await wordsOf(given, io);
  const stages = stagesOf(text, io.env);
  const documents = await documentsOf(given, file, io);
  const results: string[][] = [];
  let isFound = false;
  for (const document of documents) {
    const found = await evaluated(document, stages, io);
    isFound ||= found.some((one) => ![null, false].includes(one.toJS()));
    results.push(found.map((one) => printed(one, given, format.startsWith('j'))));
  }
  const joint = given.has('no-doc') || format.startsWith('j') ? '' : '---\n';
  const whole = results
    .filter((rows) => rows.length > 0)
    .map((rows) => rows.join(''))
    .join(joint);
  if (given.has('inplace')) {
    if (file === null)
      throw new Error('write inplace flag only applicable when giving an expression and at least one file');
    await io.writeFile(file, whole);
  } else io.out(whole);
  if (given.has('exit-status') && !isFound) throw new Error('no matches found');
  return 0;
}

/** `yq FILE` shows the file, `yq EXPRESSION` reads what is piped into it. */
async function wordsOf({ words, after }: Arguments, io: CommandIo): Promise<{ text: string; file: string | null }> {
  const [first = '.', second, ...more] = [...words, ...after];
  if (more.length > 0) throw new NotSimulated('yq with several files');
  if (second === undefined && (await io.files.exists(first)) && first !== '.') return { text: '.', file: first };
  return { text: first, file: second === undefined || second === '-' ? null : second };
}

async function documentsOf(given: Arguments, file: string | null, io: CommandIo): Promise<Document[]> {
  if (given.has('null-input')) return [new Document(null)];
  if (file !== null && !(await io.files.exists(file))) throw new Error(`open ${file}: no such file or directory`);
  const text = file === null ? await io.stdin() : new TextDecoder().decode(await io.readFile(file));
  const documents: Document[] = [...parseAllDocuments(text)];
  for (const { errors } of documents) {
    const [fault] = errors;
    if (fault)
      throw new Error(
        `bad file '${file ?? '-'}': yaml: line ${fault.linePos?.[0].line ?? '?'}: ${fault.message.split(' at line')[0]}`,
      );
  }
  return documents.length > 0 ? documents : [new Document(null)];
}

/** What an expression gives: parts of the document with their comments, or new ones. */
async function evaluated(document: Document, stages: readonly Stage[], io: CommandIo): Promise<Document[]> {
  const jq: Jq = (expression, value) => answers(expression, value, io);
  let paths: Path[] = [[]];
  for (const [at, stage] of stages.entries()) {
    if (stage.kind === 'value') {
      const rest = stages.slice(at).map((one) => {
        if (one.kind === 'value') return one.jq;
        if (one.kind === 'select') return `select(${one.condition})`;
        if (one.kind === 'path') return pathText(one.steps);
        throw new NotSimulated('a change by yq of what is no part of the file');
      });
      const found = await Promise.all(paths.map((path) => jq(rest.join(' | '), valueAt(document, path))));
      return found.flat().map((value) => new Document(value));
    }
    if (stage.kind === 'path' || stage.kind === 'select') paths = await walked(document, [stage], jq, paths);
    else if (paths.length === 1 && paths[0]?.length === 0) await changed(document, stage, jq);
    else throw new NotSimulated('a change by yq behind a path: write the whole path, as in .a.b = 1');
  }
  return paths.map((path) => partOf(document, path));
}

const pathText = (steps: readonly Step[]): string =>
  `.${steps.map((step) => (step === null ? '[]' : `[${JSON.stringify(step)}]`)).join('')}`;

function partOf(document: Document, path: Path): Document {
  if (path.length === 0) return document;
  const part = new Document(null);
  part.contents = nodeAt(document, path) ?? part.contents;
  return part;
}

async function answers(jq: string, value: unknown, io: CommandIo): Promise<unknown[]> {
  const { stdout, stderr, exitCode } = await io.exec(['jq', '-c', jq], JSON.stringify(value));
  if (exitCode !== 0) throw new NotSimulated(`how yq answers here (jq says: ${stderr.trim().replace(/^jq: /, '')})`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

function printed(document: Document, given: Arguments, isJson: boolean): string {
  const indent = Number(given.one('indent') ?? 2);
  const value: unknown = document.toJS();
  if (isJson)
    return given.has('unwrapScalar') && typeof value === 'string'
      ? `${value}\n`
      : `${JSON.stringify(value, null, indent)}\n`;
  if (typeof value !== 'object' || value === null) return `${value}\n`;
  const options: ToStringOptions = { indent: Math.max(indent, 1), lineWidth: 0, flowCollectionPadding: false };
  return document.toString(options);
}

import { readFile } from 'node:fs/promises';
import { type CodeWords, parseCodeWords } from '#handbook/reference/codes.ts';
import { type DataWords, parseDataWords } from '#handbook/reference/data.ts';
import { type LabelsFile, parseLabels } from '#handbook/reference/labels.ts';
import { type KindFacts, type ObjectWords, parseObjectWords } from '#handbook/reference/objects.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';

/** What the pages of reference say beside what the code knows by itself. */
export interface ReferenceWords {
  objects: ObjectWords;
  labels: LabelsFile;
  codes: CodeWords;
  data: DataWords;
}

/** Kinds of the real cluster; those of Kubernetes itself have a reference of their own. */
export const CUSTOM_KINDS: readonly KindFacts[] = KINDS.filter(({ isCustom }) => isCustom);

/** Throws on anything broken, so that the build stops and names file and line. */
export async function loadReference(root: URL): Promise<ReferenceWords> {
  const read = async <T>(file: string, parse: (text: string, file: string) => T): Promise<T> =>
    parse(await readFile(new URL(file, root), 'utf8'), file);
  return {
    objects: await read('content/objects.yaml', (text, file) => parseObjectWords(text, file, CUSTOM_KINDS)),
    labels: await read('content/labels.yaml', parseLabels),
    codes: await read('content/codes.yaml', parseCodeWords),
    data: await read('content/data.yaml', parseDataWords),
  };
}

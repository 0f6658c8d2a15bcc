import { globSync } from 'node:fs';
import { FOLDERS, SINGLES } from '#editing/kinds.ts';

type Kind = keyof typeof FOLDERS | keyof typeof SINGLES;

/** The files of a kind of content; of all kinds when none is named. */
export function contentFiles(kind?: Kind): string[] {
  const folders = Object.entries(FOLDERS).filter(([name]) => !kind || name === kind);
  const singles = Object.entries(SINGLES).filter(([name]) => !kind || name === kind);
  return [
    ...folders.flatMap(([, { folder }]) => globSync(`${folder}/*.yaml`)),
    ...singles.map(([, { file }]) => file),
  ].toSorted();
}

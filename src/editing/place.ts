import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** Where in a file something is written. */

/** Names and numbers that lead to a part of a file: `steps`, 2 is its third step. */
export type Path = readonly (string | number)[];

/** Address on the forge at which a part of one file is edited; null where the build was told of no forge. */
export type Edit = (...path: Path) => string | null;

/** For components that are shown where nothing can be edited. */
export const noEdit: Edit = () => null;

/** In which line of a YAML text a part begins, from 1; of a part that is not there, the last one on the way that is. */
export function linesOf(text: string): (path: Path) => number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return (path) => {
    let at = 0;
    let node: unknown = document.contents;
    for (const part of path) {
      const found = partOf(isAlias(node) ? node.resolve(document) : node, part);
      if (!found) break;
      at = found.at;
      node = found.value;
    }
    return lines.linePos(at).line;
  };
}

interface Found {
  /** Of its key, or of the item itself. */
  at: number;
  value: unknown;
}

function partOf(node: unknown, part: string | number): Found | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair && isScalar(pair.key) && pair.key.range ? { at: pair.key.range[0], value: pair.value } : null;
  }
  const item = isSeq(node) && typeof part === 'number' ? node.items[part] : null;
  return isNode(item) && item.range ? { at: item.range[0], value: item } : null;
}

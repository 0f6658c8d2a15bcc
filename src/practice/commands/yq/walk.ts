import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { NotSimulated } from '#practice/command.ts';
import type { Stage, Step } from './expression.ts';

/** Where an expression of yq leads in a document. */

export type Path = readonly (string | number)[];
/** What jq makes of a value. */
export type Jq = (expression: string, value: unknown) => Promise<unknown[]>;

/** The paths after the stages; those of what is not there yet, too. */
export async function walked(
  document: Document,
  stages: readonly Stage[],
  jq: Jq,
  from: readonly Path[] = [[]],
): Promise<Path[]> {
  let paths = [...from];
  for (const stage of stages) {
    if (stage.kind === 'path') paths = paths.flatMap((path) => stepped(document, path, stage.steps));
    else if (stage.kind === 'select') {
      const kept: Path[] = [];
      for (const path of paths) {
        const [answer] = await jq(stage.condition, valueAt(document, path));
        if (answer !== false && answer !== null && answer !== undefined) kept.push(path);
      }
      paths = kept;
    }
  }
  return paths;
}

function stepped(document: Document, path: Path, steps: readonly Step[]): Path[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [path];
  const node = nodeAt(document, path);
  const isNothing = node === null || (isScalar(node) && node.value === null);
  if (!isNothing && !isMap(node) && !isSeq(node))
    throw new NotSimulated(`how yq looks into "${path.join('.')}", a single value`);
  if (step !== null) {
    if (isSeq(node) && typeof step === 'string') throw new NotSimulated(`"${step}" of a list in yq`);
    const at = typeof step === 'number' && step < 0 && isSeq(node) ? node.items.length + step : step;
    return stepped(document, [...path, at], rest);
  }
  const names: (string | number)[] = isSeq(node)
    ? [...node.items.keys()]
    : isMap(node)
      ? node.items.map(({ key }) => String(isScalar(key) ? key.value : key))
      : [];
  return names.flatMap((name) => stepped(document, [...path, name], rest));
}

/** Null where there is none. */
export function nodeAt(document: Document, path: Path): Node | null {
  const found: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isAlias(found)) return found.resolve(document) ?? null;
  return isMap(found) || isSeq(found) || isScalar(found) ? found : null;
}

export const valueAt = (document: Document, path: Path): unknown => nodeAt(document, path)?.toJS(document) ?? null;

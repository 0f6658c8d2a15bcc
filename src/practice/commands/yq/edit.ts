import { type Document, isCollection } from 'yaml';
import { NotSimulated } from '#practice/command.ts';
import type { Stage } from './expression.ts';
import { type Jq, nodeAt, type Path, valueAt, walked } from './walk.ts';

/** Changes of a document by yq; comments and quotes elsewhere stay as they are. */

type Change = Extract<Stage, { kind: 'assign' | 'del' }>;

export async function changed(document: Document, stage: Change, jq: Jq): Promise<void> {
  if (/(^|[\s[{,])[&*]\w/m.test(document.toString())) throw new NotSimulated('changes by yq of a file with anchors');
  const paths = await walked(document, stage.path, jq);
  if (stage.kind === 'del') for (const path of paths.toReversed()) document.deleteIn(path);
  else
    for (const path of paths) {
      const before = valueAt(document, path);
      const [value, ...more] = await jq(stage.value, stage.operator === '|=' ? before : document.toJS());
      if (value === undefined || more.length > 0) throw new NotSimulated('a change by yq that gives any but one value');
      const after = stage.operator === '+=' ? sum(before, value) : value;
      put(document, path, before, after);
    }
}

function sum(before: unknown, value: unknown): unknown {
  if (before === null) return value;
  if (isList(before)) return [...before, ...(isList(value) ? value : [value])];
  if (isMap(before) && isMap(value)) return { ...before, ...value };
  if (typeof before === 'string' && typeof value === 'string') return before + value;
  if (typeof before === 'number' && typeof value === 'number') return before + value;
  throw new NotSimulated('this sum in yq');
}

/** Puts only what is another into the place of what was there. */
function put(document: Document, path: Path, before: unknown, after: unknown): void {
  if (JSON.stringify(before) === JSON.stringify(after) && nodeAt(document, path)) return;
  if (isCollection(nodeAt(document, path)) && isList(before) && isList(after)) {
    for (let at = before.length - 1; at >= after.length; at--) document.deleteIn([...path, at]);
    for (const [at, value] of after.entries())
      if (at < before.length) put(document, [...path, at], before[at], value);
      else document.addIn(path, document.createNode(value));
  } else if (isCollection(nodeAt(document, path)) && isMap(before) && isMap(after)) {
    for (const name of Object.keys(before)) if (!(name in after)) document.deleteIn([...path, name]);
    for (const [name, value] of Object.entries(after)) put(document, [...path, name], before[name] ?? null, value);
  } else if (path.length === 0) document.contents = document.createNode(after);
  else {
    makeRoom(document, path.slice(0, -1));
    document.setIn(path, isMap(after) || isList(after) ? document.createNode(after) : after);
  }
}

/** Maps where there is nothing, or an empty value, on the way. */
function makeRoom(document: Document, path: Path): void {
  for (let length = 0; length <= path.length; length++) {
    const place = path.slice(0, length);
    if (isCollection(nodeAt(document, place))) continue;
    const map = document.createNode({});
    if (length === 0) document.contents = map;
    else document.setIn(place, map);
  }
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

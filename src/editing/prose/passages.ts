import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** The prose inside a file of data: what readers see of it as sentences. */

export interface Passage {
  text: string;
  /** Line of the file on which the text begins, from 1. */
  line: number;
  /** Rows of the text are rows of the file. */
  rows: boolean;
  kind: 'heading' | 'field';
}

const HEADINGS = new Set(['title', 'term']);
const FIELDS = new Set(
  (
    'summary impact text before after is purpose why says feedback ask question story because hints learn when note ' +
    'notes looks cause cure intro unverified unknown unsure reason detail description none do help gain for state ' +
    'what who change goal said about caption'
  ).split(' '),
);
/** Below these stand words of others, commands and machine's output. */
const NOT_OURS = new Set(['sources', 'symptoms', 'tests', 'faults', 'needs', 'files', 'repositories', 'objects']);

/** Every passage of a YAML text; none where it cannot be parsed, which another check tells. */
export function passagesIn(text: string): Passage[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) return [];
  const found: Passage[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      const name = isScalar(key) ? String(key.value) : '';
      if (NOT_OURS.has(name)) return visit.SKIP;
      const kind = HEADINGS.has(name) ? 'heading' : FIELDS.has(name) ? 'field' : null;
      if (kind !== null) for (const node of textsOf(value)) found.push(...passageOf(node, kind, lines));
      return undefined;
    },
  });
  return found;
}

function textsOf(value: unknown): Node[] {
  if (isScalar(value)) return [value];
  return isSeq(value) ? value.items.filter((item) => isScalar(item) && !isMap(item)).map((item) => item as Node) : [];
}

function passageOf(node: Node, kind: Passage['kind'], lines: LineCounter): Passage[] {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range || !/\s/.test(node.value)) return [];
  const rows = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const line = lines.linePos(node.range[0]).line + (rows ? 1 : 0);
  return [{ text: node.value, line, rows: node.type === 'BLOCK_LITERAL', kind }];
}

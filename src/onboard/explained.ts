import { Document, isScalar, visit } from 'yaml';

/** A document that is written part by part, each with the words that explain it. */

export type Tree = { readonly [key: string]: Branch };
type Branch = string | number | boolean | Tree | readonly Branch[];

/** What one part adds to the document: fields at its end, or entries at the end of a list. */
export interface Part {
  says: string;
  adds: Tree;
}

/** Lines of a file, and what they are for. */
export interface Block {
  text: string;
  says: string;
}

export interface Written {
  /** The whole document. */
  tree: Tree;
  blocks: Block[];
}

/** The parts as one document; throws where one adds lines before those of an earlier one. */
export function explained(parts: readonly Part[]): Written {
  let tree: Tree = {};
  let before = '';
  const blocks = parts.map(({ says, adds }) => {
    tree = joined(tree, adds);
    const text = yamlText(tree);
    if (!text.startsWith(before)) throw new Error(`"${says}" adds lines in the middle: put it at its place.`);
    const block = { text: text.slice(before.length), says };
    before = text;
    return block;
  });
  return { tree, blocks };
}

function joined(a: Tree, b: Tree): Tree {
  const made: Record<string, Branch> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = made[key];
    if (Array.isArray(known) && Array.isArray(value)) made[key] = [...known, ...value];
    else if (isTree(known) && isTree(value)) made[key] = joined(known, value);
    else made[key] = value;
  }
  return made;
}

const isTree = (value: Branch | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** YAML that all readers take for the same: what an older or newer one takes for a number or a flag is quoted. */
function yamlText(tree: Tree): string {
  const document = new Document(tree, { version: '1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && /^[-+]?\.?\d/.test(node.value))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}

import { parse } from 'yaml';
import { fieldOf, listOf, textOf } from '#sim/kube/value.ts';

/** The packages that a variant of the base images asks for, read from its manifests. */

export type Tree = Readonly<Record<string, string>>;

/** Deeper than manifests include one another. */
const MAX_DEPTH = 10;

/** Names by the manifest that has them; throws a sentence where one cannot be read. `name` is as in MANIFEST=fedora-standard. */
export function packagesIn(tree: Tree, name: string): { name: string; path: string }[] {
  const bare = name.replace(/^fedora-/, '');
  const path = [`${name}.yaml`, `${bare}.yaml`, `${bare}.hidden.yaml`].find((one) => Object.hasOwn(tree, one));
  return path === undefined ? [] : from(tree, path, 0);
}

function from(tree: Tree, path: string, depth: number): { name: string; path: string }[] {
  const text = Object.hasOwn(tree, path) ? tree[path] : undefined;
  if (text === undefined) throw new Error(`${path} is not there`);
  if (depth > MAX_DEPTH) throw new Error(`${path} includes itself`);
  const manifest = read(text, path);
  const include = fieldOf(manifest, 'include');
  const below = (Array.isArray(include) ? include : [include])
    .map(textOf)
    .filter(Boolean)
    .flatMap((one) => from(tree, resolved(path, one), depth + 1));
  const own = listOf(fieldOf(manifest, 'packages')).flatMap((row) => textOf(row).split(/\s+/).filter(Boolean));
  return [...below, ...own.map((name) => ({ name, path }))];
}

function read(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${path} is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
  }
}

/** A path as seen from the folder of another. */
function resolved(from: string, path: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

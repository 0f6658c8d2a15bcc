/** Values of JSON that came from outside. */

export type Fields = Record<string, unknown>;

const MAX_DEPTH = 100;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a value; none where it has none. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A field that the value itself has, never one of its prototype. */
export const fieldOf = (value: unknown, name: string): unknown =>
  isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** Why a value is not taken further; null when it may be: deep nesting and `__proto__` harm those who walk it. */
export function harmIn(value: unknown, depth = 0): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH}`;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__') return 'a field is called __proto__';
    const harm = harmIn(inner, depth + 1);
    if (harm !== null) return harm;
  }
  return null;
}

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

import { type Fields, isFields, isSame } from '#sim/kube/value.ts';

/** The three-way merge of `kubectl apply`. */

/** A JSON merge patch: sets what is new or other than now, and takes away what the last apply had and this one has not. */
export function threeWay(original: unknown, modified: Fields, current: Fields): Fields {
  return combined(removals(original, modified), changes(current, modified));
}

function changes(current: unknown, modified: Fields): Fields {
  const now = isFields(current) ? current : {};
  const made: Fields = {};
  for (const [name, value] of Object.entries(modified)) {
    if (value === null) continue;
    if (isFields(value) && isFields(now[name])) {
      const inner = changes(now[name], value);
      if (Object.keys(inner).length > 0) made[name] = inner;
    } else if (!isEqual(now[name], value)) made[name] = value;
  }
  return made;
}

function removals(original: unknown, modified: Fields): Fields {
  const made: Fields = {};
  for (const [name, value] of Object.entries(isFields(original) ? original : {})) {
    const kept = modified[name];
    if (kept === undefined || kept === null) made[name] = null;
    else if (isFields(value) && isFields(kept)) {
      const inner = removals(value, kept);
      if (Object.keys(inner).length > 0) made[name] = inner;
    }
  }
  return made;
}

function combined(a: Fields, b: Fields): Fields {
  const made: Fields = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const before = made[name];
    made[name] = isFields(before) && isFields(value) ? combined(before, value) : value;
  }
  return made;
}

/** Whether two values are the same, whatever the order of their keys. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isEqual(item, b[at]));
  if (!isFields(a) || !isFields(b)) return isSame(a, b);
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
  );
}

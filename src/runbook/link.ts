import { refusal, type Shape } from './value.ts';

/** Values in the fragment of an address, which no server sees: `#v=namespace:bootc-tenant;component:x`. */

/** What a link must know of a variable. */
type Shared = Readonly<Record<string, Shape & { shareable: boolean }>>;

/** The fragment for these values, those that may be shared and are fit; empty where there are none. */
export function fragmentOf(values: Readonly<Record<string, string>>, variables: Shared): string {
  const rows = Object.entries(values).filter(([name, value]) => isFit(name, value, variables));
  return rows.length === 0 ? '' : `#v=${rows.map(([name, value]) => `${name}:${encodeURIComponent(value)}`).join(';')}`;
}

/** The values of a fragment; unknown names and unfit values are dropped, each with its reason. */
export function valuesOf(fragment: string, variables: Shared): { values: Record<string, string>; dropped: string[] } {
  const values: Record<string, string> = {};
  const dropped: string[] = [];
  const list = /^#?v=(.*)$/s.exec(fragment)?.[1] ?? '';
  for (const row of list.split(';').filter(Boolean)) {
    const [, name = '', raw = ''] = /^([^:]*):?(.*)$/s.exec(row) ?? [];
    const value = decoded(raw);
    if (value !== null && isFit(name, value, variables)) values[name] = value;
    else dropped.push(name.slice(0, 40));
  }
  return { values, dropped };
}

function isFit(name: string, value: string, variables: Shared): boolean {
  const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return variable?.shareable === true && refusal(variable, value) === null;
}

function decoded(raw: string): string | null {
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}

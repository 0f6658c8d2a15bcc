import { rfc2822 } from './clock.ts';

/** Ways to spoil a JSON value. */

const TEN_YEARS_MS = 3_650 * 86_400_000;

/** `wrong-types`, `missing-fields`, `future-dates`, or `page-N`: as if it were page N of endlessly many. */
export function spoil(kind: string, value: unknown): unknown {
  if (kind === 'wrong-types') return swapped(value);
  if (kind === 'missing-fields') return bare(value);
  if (kind === 'future-dates') return later(value);
  return anotherPage(value, kind.replace('page-', ''));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapFields(value: Record<string, unknown>, change: (field: unknown, name: string) => unknown) {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, change(field, name)]));
}

function swapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(swapped);
  if (isObject(value)) return mapFields(value, swapped);
  if (typeof value === 'string') return 7;
  return typeof value === 'number' ? { is: value } : 'not what it was';
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (isObject(one) ? {} : one));
  if (!isObject(value)) return value;
  return Object.values(value).some(Array.isArray) ? mapFields(value, bare) : {};
}

function later(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => later(one));
  if (isObject(value)) return mapFields(value, later);
  const isDate = /(_ts|_modified|expiration)$/.test(name);
  if (isDate && typeof value === 'number') return value + TEN_YEARS_MS / 1_000;
  return isDate && typeof value === 'string' ? rfc2822(Date.parse(value) + TEN_YEARS_MS) : value;
}

function anotherPage(value: unknown, page: string): unknown {
  if (!isObject(value)) return value;
  const renamed = (one: unknown) =>
    typeof one === 'string' ? `${one}-${page}` : isObject(one) ? { ...one, name: `${one['name']}-${page}` } : one;
  const body = mapFields(value, (field) => (Array.isArray(field) ? field.map(renamed) : field));
  if ('repositories' in body) return { ...body, next_page: btoa(`page ${page}`) };
  if ('releases' in body) return { ...body, page: Number(page), pages: Number(page) + 1 };
  return 'has_additional' in body ? { ...body, page: Number(page), has_additional: true } : body;
}

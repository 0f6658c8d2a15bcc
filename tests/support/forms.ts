type Data = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: the configuration is plain data, checked elsewhere
type Field = any;

/** The form as Sveltia CMS holds it once it is open: every field that the file does not have is filled in. */
export function opened(config: Record<string, unknown>, name: string, form: Data): Data {
  const collections: Field[] = Array.isArray(config['collections']) ? config['collections'] : [];
  const all = collections.flatMap((collection) => collection.files ?? [collection]);
  const fields: Field[] = all.find((one) => one.name === name)?.fields ?? [];
  return filled(fields, form);
}

function filled(fields: readonly Field[], form: Data): Data {
  return { ...form, ...Object.fromEntries(fields.map((field) => [field.name, shown(field, form[field.name])])) };
}

function shown(field: Field, value: unknown): unknown {
  if (value === undefined) return emptyOf(field);
  const inner = (item: Field) =>
    filled(field.types?.find((type: Field) => type.name === item[field.typeKey])?.fields ?? field.fields ?? [], item);
  if (field.widget === 'object' && value !== null) return inner(value);
  if (field.widget === 'list' && Array.isArray(value))
    return field.field ? value.map((item) => shown(field.field, item)) : value.map(inner);
  return value;
}

/** As `getDefaultValueMap` of each field type in the package. */
function emptyOf(field: Field): unknown {
  if (field.default !== undefined) return field.default;
  if (field.widget === 'boolean') return false;
  if (field.widget === 'number') return null;
  if (field.widget === 'list' || field.multiple) return [];
  if (field.widget === 'object') return field.required === false || field.types ? null : filled(field.fields, {});
  return field.widget === 'hidden' ? undefined : '';
}

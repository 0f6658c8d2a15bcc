/** Strings for scripts: what the server picks out of the catalogue, and how the browser reads it. */

type Catalogue = Readonly<Record<string, unknown>>;

/** The strings whose names begin with `area.`, without that, as JSON for the attribute `data-strings`. */
export function stringsFor(catalogue: Catalogue, area: string): string {
  const picked = Object.entries(catalogue).filter(([name]) => name.startsWith(`${area}.`));
  if (picked.length === 0) throw new Error(`content/i18n has no string whose name begins with "${area}."`);
  return JSON.stringify(Object.fromEntries(picked.map(([name, text]) => [name.slice(area.length + 1), text])));
}

/** Text as HTML. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Values = Readonly<Record<string, string | number>>;

/** Reads the strings of an element; the function fills one in. A number named `count` chooses among the forms. */
export function translator(element: HTMLElement): (name: string, values?: Values) => string {
  const strings = read(element.dataset['strings']);
  const plural = new Intl.PluralRules(document.documentElement.lang || 'en');
  return (name, values = {}) => {
    const { count } = values;
    const form = typeof count === 'number' ? `${name}_${plural.select(count)}` : name;
    const text = strings.get(form) ?? strings.get(`${name}_other`) ?? strings.get(name);
    if (text === undefined) throw new Error(`The page has no string "${name}".`);
    return text.replace(/\{\{-? ?(\w+) ?\}\}/g, (whole, key: string) => String(values[key] ?? whole));
  };
}

function read(json: string | undefined): Map<string, string> {
  const parsed: unknown = JSON.parse(json ?? '{}');
  if (typeof parsed !== 'object' || parsed === null) return new Map();
  return new Map(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

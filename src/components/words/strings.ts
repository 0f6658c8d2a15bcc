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

/** Fills in a string by its name. A number named `count` chooses among the forms. */
export type Translate<Name extends string = string> = (name: Name, values?: Values) => string;

/** Names of the strings of an area, as its script asks for them: without the area, and without the form for a number. */
export type ScriptName<Area extends string> = keyof StarlightApp.Strings extends infer Name
  ? Name extends `${Area}.${infer Rest}`
    ? Rest extends `${infer Base}_${'one' | 'other'}`
      ? Base
      : Rest
    : never
  : never;

/** Reads the strings of an element. */
export const translator = (element: HTMLElement): Translate =>
  translatorOf(element.dataset['strings'], document.documentElement.lang || 'en');

/** Reads the JSON of stringsFor, in the language of the page. */
export function translatorOf(json: string | undefined, language: string): Translate {
  const strings = read(json);
  const plural = new Intl.PluralRules(language);
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

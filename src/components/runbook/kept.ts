/** Values that follow a reader from runbook to runbook, until the tab is closed. */

const KEY = 'slipway-runbook-values';
const PROJECT = 'slipway-runbook-project';

/** What was kept; nothing where the browser keeps nothing, or what lies there is not ours. */
export function keptValues(window: Window): Record<string, string> {
  const read = quietly(() => JSON.parse(window.sessionStorage.getItem(KEY) ?? '{}'));
  if (typeof read !== 'object' || read === null) return {};
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(read)) if (typeof value === 'string') values[name] = value;
  return values;
}

/** Keeps these beside those of other runbooks; an empty value is forgotten. */
export function keep(window: Window, values: Readonly<Record<string, string>>): void {
  const all = Object.entries({ ...keptValues(window), ...values }).filter(([, value]) => value !== '');
  quietly(() => window.sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(all))));
}

export function forget(window: Window): void {
  quietly(() => {
    window.sessionStorage.removeItem(KEY);
    window.sessionStorage.removeItem(PROJECT);
  });
}

export const keptProject = (window: Window): string =>
  String(quietly(() => window.sessionStorage.getItem(PROJECT)) ?? '');

export function keepProject(window: Window, project: string): void {
  quietly(() => window.sessionStorage.setItem(PROJECT, project));
}

/** A browser may forbid storage altogether: then values live as long as the page. */
function quietly(act: () => unknown): unknown {
  try {
    return act();
  } catch {
    return null;
  }
}

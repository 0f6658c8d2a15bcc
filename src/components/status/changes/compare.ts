import { type Translate, translator } from '#components/words/strings.ts';
import { deltaOf, type Installed } from '#status/delta.ts';
import { type DeltaRow, deltaRows, KINDS, versionsText } from '#status/delta-rows.ts';
import { visible } from '#status/text/words.ts';

/** Lets a reader compare two images whose package lists this site publishes. */

/** Shows the form of a page; without a script it stays hidden and the lists can be downloaded. */
export function offerComparison(page: Document): void {
  const form = page.querySelector<HTMLFormElement>('form[data-lists]');
  const place = page.querySelector('[data-compared]');
  if (!form || !place) return;
  const t = translator(form);
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const chosen = new FormData(form);
    const [from = '', to = '', arch = ''] = ['from', 'to', 'arch'].map((name) => String(chosen.get(name)));
    place.replaceChildren(t('reading'));
    place.replaceChildren(...(await compared(form.dataset['lists'] ?? '/', { from, to, arch }, t)));
  });
}

/** Two digests, and the architecture on which they are compared. */
interface Choice {
  from: string;
  to: string;
  arch: string;
}

async function compared(base: string, { from, to, arch }: Choice, t: Translate): Promise<Node[]> {
  if (from === to) return [paragraph(t('same'))];
  const [before, after] = await Promise.all([from, to].map((digest) => readList(base, digest, arch)));
  if (!before || !after) return [paragraph(t(before ? 'secondNotRead' : 'firstNotRead', { arch }))];
  const rows = deltaRows(new Map([[arch, deltaOf(before, after)]]));
  if (rows.length === 0) return [paragraph(t('equal', { number: after.length, arch }))];
  const counts = KINDS.map((kind) => ({ kind, rows: rows.filter((row) => row.kind === kind) }));
  const found = counts.filter((one) => one.rows.length > 0);
  const said = found.map((one) => `${one.rows.length} ${one.kind}`).join(', ');
  return [paragraph(t('found', { arch, counts: said })), ...found.map((one) => table(one.kind, one.rows, t))];
}

/** The packages of a published list; null where there is none, or it is not one. */
export async function readList(base: string, digest: string, arch: string): Promise<Installed[] | null> {
  try {
    const answer = await fetch(`${base}${digest.replace('sha256:', '')}/${arch}.json`);
    if (!answer.ok) return null;
    const { packages }: { packages: unknown } = await answer.json();
    return Array.isArray(packages) ? packages.map(packageOf) : null;
  } catch {
    return null;
  }
}

function packageOf(line: unknown): Installed {
  if (!Array.isArray(line)) throw new TypeError('not a package');
  const [name, evr, arch] = line.map(String);
  if (name === undefined || evr === undefined || arch === undefined) throw new TypeError('not a package');
  return { name, evr, arch };
}

function paragraph(text: string): HTMLElement {
  return element('p', text);
}

function table(kind: string, rows: readonly DeltaRow<string>[], t: Translate): HTMLElement {
  const details = element('details', element('summary', `${rows.length} ${kind}`));
  details.toggleAttribute('open', rows.length <= 12 || kind === 'downgraded');
  const body = rows.map((row) => {
    const head = element('th', visible(row.name));
    head.setAttribute('scope', 'row');
    return element('tr', head, element('td', visible(versionsText(row))));
  });
  const caption = element('caption', t('packages', { kind }));
  caption.className = 'sw-hidden';
  const drawn = element('table', caption, element('tbody', ...body));
  drawn.className = 'sw-delta';
  details.append(drawn);
  return details;
}

function element(name: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

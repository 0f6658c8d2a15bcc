import { FORGES, newIssueAddress } from '#runbook/export/checklist.ts';
import type { Filled } from '#runbook/export/filled.ts';
import { markdown } from '#runbook/export/markdown.ts';
import { script } from '#runbook/export/script.ts';
import { keepProject, keptProject } from './kept.ts';
import type { RunbookPage } from './page.ts';
import { say } from './say.ts';

/** The whole runbook with the reader's values: copied, as a file, as an issue. */
export function takeAlong(runbook: RunbookPage): void {
  const { page, data } = runbook;
  const all = data.fields.map(({ name }) => name);
  runbook.on('[data-copies="all"]', (button) => {
    if (!runbook.refuses(all, button)) void runbook.copy(script(filledOf(runbook)), button);
  });
  for (const link of page.querySelectorAll<HTMLAnchorElement>('a[data-file]'))
    link.addEventListener('click', (event) => {
      // The address itself is the file with examples, for those without a script.
      event.preventDefault();
      if (runbook.refuses(all, link)) return;
      const isScript = link.dataset['file'] === 'sh';
      const text = (isScript ? script : markdown)(filledOf(runbook));
      download(page, text, `${data.runbook.id}.${isScript ? 'sh' : 'md'}`);
    });
  offerIssue(runbook, all);
}

function filledOf({ data, window, values }: RunbookPage): Filled {
  const { origin, pathname } = window.location;
  return {
    runbook: data.runbook,
    variables: Object.fromEntries(data.fields.map((field) => [field.name, field])),
    values: values(),
    address: origin + pathname,
    note: data.standing,
  };
}

function download(page: Document, text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = page.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function offerIssue(runbook: RunbookPage, all: readonly string[]): void {
  const { page, window, t } = runbook;
  const form = page.querySelector<HTMLFormElement>('[data-issue]');
  const project = form?.querySelector<HTMLInputElement>('[name="project"]');
  const forge = form?.querySelector<HTMLSelectElement>('[name="forge"]');
  const hint = form?.querySelector<HTMLElement>('[data-issue-hint]');
  if (!form || !project || !forge || !hint) return;
  const guess = () => {
    forge.value = FORGE_OF.find(([host]) => host.test(project.value))?.[1] ?? forge.value;
  };
  project.value = keptProject(window) || project.value;
  guess();
  project.addEventListener('input', guess);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const kind = FORGES.find((one) => one === forge.value);
    const address = kind ? newIssueAddress(kind, project.value.trim(), filledOf(runbook)) : null;
    hint.textContent = address ? '' : t('noProject');
    if (!address) return project.focus();
    if (runbook.refuses(all, event.submitter)) return;
    keepProject(window, project.value.trim());
    window.open(address, '_blank', 'noopener,noreferrer');
    say(page, t('issueOpens'));
  });
}

const FORGE_OF = [
  [/^https:\/\/github\.com\//, 'github'],
  [/^https:\/\/gitlab\./, 'gitlab'],
  [/^https:\/\/(codeberg\.org|forge\.fedoraproject\.org)\//, 'forgejo'],
] as const;

import { packTar } from 'modern-tar';
import type { ScriptName, Translate } from '#components/words/strings.ts';
import type { Answers } from '#onboard/answers.ts';
import { allObjects, filesOf, type OnboardFile } from '#onboard/files.ts';
import { missingOf } from '#onboard/missing.ts';
import { NO_DIGEST } from '#onboard/pipeline-run.ts';
import { type Step, stepsOf } from '#onboard/steps.ts';

/** Writes the files and holds them against the definitions of their kinds: loaded with the first answer. */
export interface Work {
  draw(answers: Answers): Promise<void>;
  /** Says that there are no files for these answers, and why. */
  refuse(faults: readonly string[]): void;
  download(path: string, text: string): void;
  downloadAll(answers: Answers): Promise<void>;
  downloadObjects(answers: Answers): void;
}

export type Words = Translate<ScriptName<'onboard.script'>>;

type State = 'wrong' | 'missing' | 'ready';

export function startWork(host: HTMLElement, t: Words): Work {
  const find = (selector: string) => found(host.querySelector<HTMLElement>(selector), selector);
  let turn = 0;

  function tell(state: State, why: string, reasons: readonly string[]): void {
    find('[data-state-box]').dataset['state'] = state;
    find('[data-verdict]').textContent = t(state);
    find('[data-why]').textContent = why;
    find('[data-reasons]').replaceChildren(
      ...reasons.map((reason) => Object.assign(document.createElement('li'), { textContent: reason })),
    );
    const buttons = host.querySelectorAll<HTMLButtonElement>('[data-tar], [data-objects], [data-file] button');
    for (const button of buttons) button.disabled = state === 'wrong';
  }

  return {
    async draw(answers) {
      turn += 1;
      const mine = turn;
      const files = filesOf(answers);
      for (const home of ['tenants', 'source'] as const)
        find(`[data-files=${home}]`).replaceChildren(
          ...files.filter((file) => file.home === home).map((file) => fileElement(host, t, file)),
        );
      find('[data-steps]').replaceChildren(...stepsOf(answers, files).map((step) => stepElement(host, t, step)));
      const { objectFaults } = await import('#practice/validate.ts');
      if (mine !== turn) return;
      const objects = files.flatMap((file) => file.objects);
      const kinds = new Set(objects.map(({ kind }) => kind));
      const refused = objectFaults(objects).map(({ object, field, message }) => `${object}, ${field}: ${message}`);
      const reasons = [...refused, ...missingOf(answers)];
      const counts = { files: files.length, objects: objects.length, kinds: kinds.size };
      const checked = t(refused.length === 0 ? 'taken' : 'checked', counts);
      tell(reasons.length > 0 ? 'missing' : 'ready', checked, reasons);
    },
    refuse(faults) {
      turn += 1;
      tell('wrong', '', faults);
    },
    download: (path, text) => save(path.split('/').at(-1) ?? path, text),
    async downloadAll(answers) {
      const entries = filesOf(answers).map(({ path, text, home }) => {
        const body = new TextEncoder().encode(text);
        const folder = home === 'tenants' ? 'tenants-config' : 'your-repository';
        return { header: { name: `${folder}/${path}`, size: body.length, type: 'file' as const }, body };
      });
      save(`${answers.component}.tar`, new Uint8Array(await packTar(entries)));
    },
    downloadObjects: (answers) => save(`${answers.component}.yaml`, allObjects(filesOf(answers))),
  };
}

function fileElement(host: HTMLElement, t: Words, { path, title, blocks }: OnboardFile): HTMLElement {
  const made = pattern(host, 'file');
  put(made, 'path', path);
  put(made, 'title', title);
  for (const button of made.querySelectorAll('button')) {
    button.ariaLabel = t('copy' in button.dataset ? 'copyFile' : 'downloadFile', { path });
    button.dataset['what'] = path;
  }
  const lines = found(made.querySelector('.ob-lines'), '.ob-lines');
  const row = found(lines.querySelector('.ob-row'), '.ob-row');
  lines.replaceChildren(
    ...blocks.map(({ text, says }) => {
      const one = copyOf(row);
      one.toggleAttribute('data-missing', text.includes(NO_DIGEST));
      put(one, 'says', says);
      put(one, 'text', text);
      return one;
    }),
  );
  return made;
}

function stepElement(host: HTMLElement, t: Words, { title, text, run }: Step): HTMLElement {
  const made = pattern(host, 'step');
  put(made, 'title', title);
  put(made, 'text', text);
  if (run === undefined) made.querySelector('[data-command]')?.remove();
  else {
    put(made, 'run', run);
    for (const button of made.querySelectorAll('button')) {
      button.ariaLabel = t('copyStep', { title });
      button.dataset['what'] = title;
    }
  }
  return made;
}

function pattern(host: HTMLElement, name: string): HTMLElement {
  const template = host.querySelector<HTMLTemplateElement>(`template[data-pattern=${name}]`);
  return copyOf(found(template?.content.firstElementChild, name));
}

function copyOf(element: Element): HTMLElement {
  const copy = element.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new TypeError('A pattern of <onboard-wizard> is no HTML.');
  return copy;
}

function put(element: HTMLElement, name: string, text: string): void {
  found(element.querySelector(`[data-part=${name}]`), name).textContent = text;
}

function found<T>(element: T | null | undefined, name: string): T {
  if (!element) throw new Error(`<onboard-wizard> has no ${name}.`);
  return element;
}

function save(name: string, data: string | Uint8Array<ArrayBuffer>): void {
  const href = URL.createObjectURL(
    new Blob([data], { type: typeof data === 'string' ? 'application/yaml' : 'application/x-tar' }),
  );
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

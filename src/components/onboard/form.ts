import { type Answers, ARCHES, FORGES } from '#onboard/answers.ts';
import { type Faults, faultsOf } from '#onboard/faults.ts';

/** The answers as they stand in a form, and back. */

type Control = HTMLInputElement | HTMLTextAreaElement;

const isControl = (value: unknown): value is Control =>
  value instanceof HTMLInputElement || value instanceof HTMLTextAreaElement;

/** What the form says, trimmed; what it does not hold is as in `base`. */
export function readForm(form: HTMLFormElement, base: Answers): Answers {
  const data = new FormData(form);
  const text = (name: keyof Answers) => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : String(base[name]);
  };
  return {
    forge: FORGES.find((one) => one === data.get('forge')) ?? base.forge,
    arches: ARCHES.filter((one) => data.getAll('arches').includes(one)),
    isNested: data.has('isNested'),
    isReleased: data.has('isReleased'),
    repository: text('repository'),
    branch: text('branch'),
    context: text('context'),
    containerfile: text('containerfile'),
    buildArgs: text('buildArgs').replaceAll('\r\n', '\n'),
    tenant: text('tenant'),
    application: text('application'),
    component: text('component'),
    digest: text('digest'),
    target: text('target'),
    destination: text('destination'),
    tags: text('tags'),
    policy: text('policy'),
  };
}

/** Puts answers into the form. */
export function fillForm(form: HTMLFormElement, answers: Answers): void {
  for (const [name, value] of Object.entries(answers))
    for (const control of controlsOf(form, name)) {
      if (!isTick(control)) control.value = String(value);
      else
        control.checked = Array.isArray(value)
          ? value.includes(control.value)
          : value === true || value === control.value;
    }
}

/** Says beside each answer what is wrong with it, and hides what is asked of a release only; gives the faults. */
export function showFaults(form: HTMLFormElement, answers: Answers): Faults {
  const faults: Readonly<Record<string, string>> = faultsOf(answers);
  for (const row of form.querySelectorAll<HTMLElement>('[data-field]')) {
    const name = row.dataset['field'] ?? '';
    const fault = faults[name] ?? '';
    const place = row.querySelector('[data-fault]');
    if (place && place.textContent !== fault) place.textContent = fault;
    row.toggleAttribute('data-wrong', fault !== '');
    row.hidden = 'ofRelease' in row.dataset && !answers.isReleased;
    for (const control of controlsOf(form, name)) {
      if (fault) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    }
  }
  return faults;
}

const isTick = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio');

function controlsOf(form: HTMLFormElement, name: string): Control[] {
  const found = form.elements.namedItem(name);
  return (found instanceof RadioNodeList ? [...found] : [found]).filter(isControl);
}

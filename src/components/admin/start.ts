import type { CmsConfig } from '@sveltia/cms';
import type { Format } from '#editing/forms/config.ts';
import { openPage, openYaml, savePage, saveYaml } from '#editing/forms/file.ts';

/** Opens the forms of /admin/ when they are asked for: the words of the page come first, and weigh nothing. */

/** Of an address as the editor itself makes it: the reader comes back to an open form. */
const isDeep = (hash: string): boolean => hash.startsWith('#/');

const main = document.querySelector<HTMLElement>('[data-admin]');
if (main) prepare(main);

function prepare(main: HTMLElement): void {
  const button = main.querySelector('button');
  const isLocal = location.hostname === '127.0.0.1' || /^(.+\.)?localhost$/.test(location.hostname);
  main.classList.add(isLocal ? 'is-local' : 'is-remote');
  if (!button || (!isLocal && main.dataset['forge'] === undefined)) return;
  button.hidden = false;
  button.addEventListener('click', () => void open(main));
  if (isDeep(location.hash)) void open(main);
}

async function open(main: HTMLElement): Promise<void> {
  main.hidden = true;
  try {
    quieten(main.dataset['origins']?.split(' ') ?? []);
    const { default: cms }: typeof import('@sveltia/cms') = await import(/* @vite-ignore */ main.dataset['cms'] ?? '');
    const { config, formats }: { config: CmsConfig; formats: Format[] } = JSON.parse(
      document.querySelector('#forms')?.textContent ?? '',
    );
    for (const { name, extension, shape } of formats)
      cms.registerCustomFormat(name, extension, {
        fromFile: (text) => (extension === 'md' ? openPage(shape, text) : openYaml(shape, text)),
        toFile: (form) => (extension === 'md' ? savePage(shape, form) : saveYaml(shape, form)),
      });
    await cms.init({ config });
    document.body.classList.add('is-open');
  } catch (error) {
    console.error(error);
    main.hidden = false;
    main.querySelector('[role=alert]')?.removeAttribute('hidden');
  }
}

/** The editor would ask a network of packages for newer versions, and forges how they are: nobody is asked but them. */
function quieten(origins: readonly string[]): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const { origin, protocol } = new URL(input instanceof Request ? input.url : input, location.href);
    const isAllowed = protocol === 'data:' || [location.origin, ...origins].includes(origin);
    if (!isAllowed) throw new TypeError(`${origin} is not asked from here.`);
    return fetch(input, init);
  };
}

import { type Answers, ARCHES, EXAMPLE, FORGES } from './answers.ts';

/** Answers in the fragment of an address: readable, and never sent to a server. */

const LONGEST = 2_000;
const ARCHES_MARK = ' ';

/** What differs from the answers that the page begins with, as `#component=…&arches=…`; empty where nothing does. */
export function fragmentOf(answers: Answers, base = EXAMPLE): string {
  const query = new URLSearchParams();
  const plain = textsOf(base);
  for (const [name, text] of Object.entries(textsOf(answers))) if (text !== plain[name]) query.set(name, text);
  const text = query.toString();
  return text === '' ? '' : `#${text}`;
}

/** The answers of a fragment; what it does not hold, or holds in an unknown form, is as the page begins. */
export function answersOf(fragment: string, base = EXAMPLE): Answers {
  const query = new URLSearchParams(fragment.replace(/^#/, ''));
  const text = (name: keyof Answers & string, otherwise: string) => (query.get(name) ?? otherwise).slice(0, LONGEST);
  const flag = (name: 'isNested' | 'isReleased') => (query.has(name) ? query.get(name) === 'yes' : base[name]);
  const named = query.get('arches')?.split(ARCHES_MARK);
  return {
    forge: FORGES.find((one) => one === query.get('forge')) ?? base.forge,
    arches: named ? ARCHES.filter((arch) => named.includes(arch)) : base.arches,
    isNested: flag('isNested'),
    isReleased: flag('isReleased'),
    repository: text('repository', base.repository),
    branch: text('branch', base.branch),
    context: text('context', base.context),
    containerfile: text('containerfile', base.containerfile),
    buildArgs: text('buildArgs', base.buildArgs),
    tenant: text('tenant', base.tenant),
    application: text('application', base.application),
    component: text('component', base.component),
    digest: text('digest', base.digest),
    target: text('target', base.target),
    destination: text('destination', base.destination),
    tags: text('tags', base.tags),
    policy: text('policy', base.policy),
  };
}

function textsOf({ arches, isNested, isReleased, ...texts }: Answers): Record<string, string> {
  const word = (flag: boolean) => (flag ? 'yes' : 'no');
  return {
    ...texts,
    arches: arches.join(ARCHES_MARK),
    isNested: word(isNested),
    isReleased: word(isReleased),
  };
}

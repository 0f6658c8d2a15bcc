import { type Answers, ARCHES, EXAMPLE, FORGES } from './answers.ts';

/** Answers in the fragment of an address: readable, and never sent to a server. */

const LONGEST = 2_000;
const ARCHES_MARK = ' ';

/** What differs from the example, as `#component=…&arches=…`; empty where nothing does. */
export function fragmentOf(answers: Answers): string {
  const query = new URLSearchParams();
  const plain = textsOf(EXAMPLE);
  for (const [name, text] of Object.entries(textsOf(answers))) if (text !== plain[name]) query.set(name, text);
  const text = query.toString();
  return text === '' ? '' : `#${text}`;
}

/** The answers of a fragment; what it does not hold, or holds in an unknown form, is as in the example. */
export function answersOf(fragment: string): Answers {
  const query = new URLSearchParams(fragment.replace(/^#/, ''));
  const text = (name: keyof Answers & string, otherwise: string) => (query.get(name) ?? otherwise).slice(0, LONGEST);
  const flag = (name: 'isNested' | 'isReleased') => (query.has(name) ? query.get(name) === 'yes' : EXAMPLE[name]);
  const named = query.get('arches')?.split(ARCHES_MARK);
  return {
    forge: FORGES.find((one) => one === query.get('forge')) ?? EXAMPLE.forge,
    arches: named ? ARCHES.filter((arch) => named.includes(arch)) : EXAMPLE.arches,
    isNested: flag('isNested'),
    isReleased: flag('isReleased'),
    repository: text('repository', EXAMPLE.repository),
    branch: text('branch', EXAMPLE.branch),
    context: text('context', EXAMPLE.context),
    containerfile: text('containerfile', EXAMPLE.containerfile),
    buildArgs: text('buildArgs', EXAMPLE.buildArgs),
    tenant: text('tenant', EXAMPLE.tenant),
    application: text('application', EXAMPLE.application),
    component: text('component', EXAMPLE.component),
    digest: text('digest', EXAMPLE.digest),
    target: text('target', EXAMPLE.target),
    destination: text('destination', EXAMPLE.destination),
    tags: text('tags', EXAMPLE.tags),
    policy: text('policy', EXAMPLE.policy),
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

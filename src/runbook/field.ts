import { placeOf } from '#status/detail.ts';
import type { Target } from '#status/targets.ts';
import { envName, FREE_TYPES, refusal, type Shape } from './value.ts';
import type { Variable } from './variable.ts';

/** A variable as a page asks for it. */
export interface Field extends Shape {
  name: string;
  label: string;
  help: string;
  example: string;
  /** Empty where there is none. */
  preset: string;
  isOptional: boolean;
  shareable: boolean;
  /** The environment variable of a free text; null for a value that stands in the command itself. */
  env: string | null;
  /** Names to choose from; any other may be written too. */
  offers: readonly string[];
}

type Source = NonNullable<Variable['from']>;
export type Choices = Readonly<Partial<Record<Source, readonly string[]>>>;

/** Names that the targets hold, each once, in their order. */
export function choicesOf(targets: readonly Target[]): Choices {
  const konflux = targets.flatMap((target) => target.konflux ?? []);
  const once = (names: string[]) => [...new Set(names)].sort();
  return {
    components: once(konflux.map(({ component }) => component)),
    namespaces: once(konflux.map(({ namespace }) => namespace)),
    applications: once(konflux.map(({ application }) => application)),
    releases: once(targets.map(({ release }) => release)),
    variants: once(targets.map(({ variant }) => variant)),
    repositories: once(targets.map(placeOf)),
  };
}

/** What cannot be taken as a value is not offered: a stream of CoreOS is no Fedora release. */
export function fieldOf(name: string, variable: Variable, isOptional: boolean, choices: Choices): Field {
  const { type, label, help, example, shareable, from } = variable;
  const isFree = FREE_TYPES.some((one) => one === type);
  return {
    ...{ name, type, choices: variable.choices, label, help, example, shareable, isOptional },
    preset: variable.default ?? '',
    env: isFree ? envName(name) : null,
    offers: (from ? (choices[from] ?? []) : []).filter((one) => refusal(variable, one) === null),
  };
}

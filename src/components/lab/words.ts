import type { ScriptName, Translate } from '#components/words/strings.ts';

/** Fills in what the scripts of a lab say. */
export type Words = Translate<ScriptName<'lab.script'>>;

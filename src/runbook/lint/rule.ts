import type { Fault } from '../catalog.ts';
import type { Runbook, Step } from '../model.ts';
import type { Variables } from '../variable.ts';
import type { Command } from './commands.ts';
import type { Script } from './shell.ts';

/** What rules of the lint are made of. */

/** One text of commands. */
export interface Part {
  step: Step;
  part: 'run' | 'verify' | 'undo';
  path: PropertyKey[];
  text: string;
  script: Script;
}

export interface Scene {
  runbook: Runbook;
  variables: Variables;
  parts: readonly Part[];
}

/** The reason is the fault's message; `remedy` says what to write in its place. */
export interface Rule {
  id: string;
  remedy: string;
  check: (scene: Scene) => Fault[];
}

/** A rule that judges commands one by one; the judge gives the reason, null where there is none. */
export const perCommand = (
  id: string,
  remedy: string,
  judge: (command: Command, part: Part, scene: Scene) => string | null,
): Rule => ({
  id,
  remedy,
  check: (scene) =>
    scene.parts.flatMap((part) =>
      part.script.commands.flatMap((command) => {
        const message = judge(command, part, scene);
        return message === null ? [] : [{ path: part.path, row: command.row, message }];
      }),
    ),
});

/** A rule that finds rows in a text of commands, each for the same reason. */
export const perRow = (id: string, remedy: string, reason: string, rowsOf: (part: Part) => number[]): Rule => ({
  id,
  remedy,
  check: ({ parts }) => parts.flatMap((part) => rowsOf(part).map((row) => ({ path: part.path, row, message: reason }))),
});

/** Rows, from 1, that match. */
export const rowsWith = (text: string, pattern: RegExp): number[] =>
  text.split('\n').flatMap((line, at) => (pattern.test(line) ? [at + 1] : []));

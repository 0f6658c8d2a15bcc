import type { Machine } from '#host/machine.ts';

export interface Pretended extends Machine {
  /** Programs that are there; an installation adds to them. */
  programs: Set<string>;
  ran: string[];
  said: string[];
}

interface Having {
  programs: string[];
  env?: Record<string, string>;
  isRoot?: boolean;
  /** What a command does: its exit code, or the programs that it brings. */
  does?: (command: string) => number | string[];
}

/** A machine with these programs, which remembers what was run on it. */
export function machine({ programs, env = {}, isRoot = false, does = () => 0 }: Having): Pretended {
  const there = new Set(programs);
  const ran: string[] = [];
  const said: string[] = [];
  return {
    programs: there,
    ran,
    said,
    env,
    isRoot,
    exists: (file) => there.has(file),
    which: (program) => (there.has(program) ? `/usr/bin/${program}` : null),
    run: async (program, args) => {
      const command = [program, ...args].join(' ');
      ran.push(command);
      const result = does(command);
      if (typeof result === 'number') return result;
      for (const name of result) there.add(name);
      return 0;
    },
    say: (text) => said.push(text),
  };
}

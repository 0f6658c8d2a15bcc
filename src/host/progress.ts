/** How far a job is: a bar that is redrawn on a terminal, a line a step elsewhere. */

export interface Screen {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write: (text: string) => unknown;
}

export interface Progress {
  /** `done` of the total are finished, and this is being done. */
  step: (done: number, label: string) => void;
  /** A line that stays. */
  say: (text: string) => void;
  /** Takes the bar away. */
  end: () => void;
}

const WIDTH = 24;
const CLEAR = '\r\u001B[2K';

/** A bar of `total` steps on the given screen. */
export function progress(screen: Screen, total: number): Progress {
  return screen.isTTY ? bar(screen, total) : lines(screen, total);
}

function lines(screen: Screen, total: number): Progress {
  let last = '';
  return {
    step: (done, label) => {
      const text = `[${done}/${total}] ${label}\n`;
      if (text !== last) screen.write(text);
      last = text;
    },
    say: (text) => screen.write(`${text}\n`),
    end: () => {},
  };
}

function bar(screen: Screen, total: number): Progress {
  let shown = '';
  return {
    step: (done, label) => {
      const full = total > 0 ? Math.round((WIDTH * Math.min(done, total)) / total) : WIDTH;
      const text = `[${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}] ${done}/${total} ${label}`;
      shown = text.slice(0, (screen.columns ?? 80) - 1);
      screen.write(CLEAR + shown);
    },
    say: (text) => screen.write(`${CLEAR}${text}\n${shown}`),
    end: () => {
      shown = '';
      screen.write(CLEAR);
    },
  };
}

/** How far a job is: a bar that is redrawn on a terminal, a line for each tenth elsewhere. */

export interface Screen {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write: (text: string) => unknown;
}

export interface Progress {
  /** `done` of `of` are finished; `what` is the last of them, or what is being done. */
  step: (done: number, of: number, what: string) => void;
  /** Takes the bar away. */
  end: () => void;
}

const WIDTH = 24;
const CLEAR = '\r\u001B[2K';

/** The progress of the job of this name; on stderr, so that stdout stays for results. */
export function progress(job: string, screen: Screen = process.stderr): Progress {
  return screen.isTTY ? bar(job, screen) : lines(job, screen);
}

function lines(job: string, screen: Screen): Progress {
  let tenths = -1;
  return {
    step: (done, of, what) => {
      const reached = of > 0 ? Math.floor((10 * done) / of) : 10;
      if (reached > tenths) screen.write(`${job}: ${done}/${of} ${what}\n`);
      tenths = Math.max(tenths, reached);
    },
    end: () => {},
  };
}

function bar(job: string, screen: Screen): Progress {
  return {
    step: (done, of, what) => {
      const full = of > 0 ? Math.round((WIDTH * Math.min(done, of)) / of) : WIDTH;
      const text = `${job} ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done}/${of} ${what}`;
      // A terminal that does not know its width says 0.
      screen.write(CLEAR + text.slice(0, (screen.columns || 80) - 1));
    },
    end: () => screen.write(CLEAR),
  };
}

import type { Attempt } from '#lab/trial.ts';

/** Whether the practice shell printed what the real clients print. */

export interface Pair {
  step: string;
  command: string;
  /** What is not the same, for a person; null when nothing is. */
  differs: string | null;
}

/** Every command of the attempts that both went through, in their order. */
export function compared(ours: readonly Attempt[], theirs: readonly Attempt[]): Pair[] {
  return ours.flatMap((attempt, at) => {
    const other = theirs[at];
    return attempt.ran.map((ran, nth): Pair => {
      const real = other?.ran[nth];
      const about = { step: `${attempt.step}, ${attempt.what}`, command: ran.command };
      if (!real || real.command !== ran.command) return { ...about, differs: 'the real clients did not come so far' };
      const rows = (['stdout', 'stderr', 'exitCode'] as const).flatMap((part) => {
        const a = plain(String(ran[part]));
        const b = plain(String(real[part]));
        return a === b ? [] : [`${part} here:\n${a}\n${part} of the real clients:\n${b}`];
      });
      return { ...about, differs: rows.length === 0 ? null : rows.join('\n') };
    });
  });
}

/** Without what is another on every machine and in every run: spaces at the end of lines, lines of shell in its errors, the clock, the order of layers that are copied at once, the proxy. */
export function plain(text: string): string {
  return text
    .replace(/^(?:.*\/)?bash: line \d+: /gm, 'bash: ')
    .replace(/^(---|\+\+\+) (\S+)\t\d{4}-.*$/gm, '$1 $2')
    .replace(/^time="[^"]+" level=/gm, 'time="…" level=')
    .replace(/^date: .* GMT\r?$/gm, 'date: …')
    .replace(/^HTTP\/1\.1 200 Connection established\r?\n\r?\n/gm, '')
    .replace(/(?:^Copying blob sha256:\w+\n)+/gm, (lines) => `${lines.trimEnd().split('\n').sort().join('\n')}\n`)
    .replace(/[ \t\r]+$/gm, '')
    .trimEnd();
}

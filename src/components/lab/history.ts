/** Lines that were run, for the arrow keys. */

const MOST = 200;

export class History {
  private lines: string[] = [];
  private at = 0;
  private draft = '';

  add(line: string): void {
    if (this.lines.at(-1) !== line) this.lines = [...this.lines, line].slice(-MOST);
    this.at = this.lines.length;
    this.draft = '';
  }

  /** The line before; null at the first. What stands there now is kept as the newest. */
  back(now: string): string | null {
    if (this.at === 0) return null;
    if (this.at === this.lines.length) this.draft = now;
    this.at -= 1;
    return this.lines[this.at] ?? null;
  }

  /** The line after; null at the newest. */
  on(): string | null {
    if (this.at >= this.lines.length) return null;
    this.at += 1;
    return this.lines[this.at] ?? this.draft;
  }
}

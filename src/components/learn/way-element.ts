import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import type { Progress } from '#learn/progress.ts';
import { shareText } from '#learn/text.ts';
import { resumeAt, type Stop, shareOf } from '#learn/way.ts';
import { Showing } from './showing.ts';

interface Go extends Stop {
  title: string;
  href: string;
}

/** How far one is on a track, and the link that leads on. */
export class Way extends Showing {
  #stops: Go[] = [];
  readonly #t: Translate<ScriptName<'learn.script.way'>> = translator(this);

  protected override begin(): void {
    this.#stops = JSON.parse(this.dataset['stops'] ?? '[]');
    const share = this.piece('share');
    if (share) share.hidden = false;
  }

  protected show(progress: Progress): void {
    const share = shareOf(this.#stops, progress);
    const bar = this.piece<HTMLProgressElement>('bar');
    if (bar) bar.value = share.percent;
    const text = this.piece('text');
    if (text) text.textContent = shareText(share);
    const go = this.piece<HTMLAnchorElement>('go');
    const next = resumeAt(this.#stops, progress) ?? this.#stops[0];
    if (!go || !next) return;
    go.href = next.href;
    go.textContent = this.#t(goName(share), { title: next.title });
  }
}

/** Name of the string. */
function goName({ done, of }: { done: number; of: number }): ScriptName<'learn.script.way'> {
  if (done === 0) return 'begin';
  return done === of ? 'again' : 'continue';
}

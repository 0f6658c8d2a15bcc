import { type Translate, translator } from '#components/words/strings.ts';
import { span } from '#status/time.ts';
import { distrustCopy } from './offline-copy.ts';
import type { StepData } from './steps.ts';
import { unfoldForPrint } from './unfold.ts';

/** Lets a page that is not rebuilt grow old by itself: cells, head count, ages, and the call to distrust it. */

const EVERY_MS = 30_000;

/** Starts the ageing of a page; a page of sample data does not age. */
export function startAgeing(page: Document): void {
  unfoldForPrint(page);
  const say = translator(page.querySelector<HTMLElement>('[data-ageing]') ?? page.documentElement);
  distrustCopy(page, say);
  if (page.querySelector('[data-mode="sample"]')) return;
  const tick = () => ageAt(page, Date.now(), say);
  tick();
  setInterval(tick, EVERY_MS);
}

/** Brings every part of the page to what is true at a moment. */
function ageAt(page: Document, nowMs: number, say: Translate): void {
  let moved = 0;
  for (const place of all(page, '[data-steps]')) moved += turn(place, nowMs, say) ? 1 : 0;
  for (const summary of all(page, '[data-turns]')) recount(summary, nowMs);
  for (const time of all(page, 'time[data-age]')) time.textContent = span(nowMs - at(time));
  for (const time of all(page, 'time[data-relative]')) {
    const ms = nowMs - at(time);
    time.textContent = say(ms < 0 ? 'in' : 'ago', { span: span(Math.abs(ms)) });
  }
  for (const banner of all(page, '[data-distrust-after]'))
    banner.hidden = nowMs <= Date.parse(banner.dataset['distrustAfter'] ?? '');
  for (const note of all(page, '[data-moved]')) note.hidden = moved === 0;
  distrustCopy(page, say);
}

function turn(place: HTMLElement, nowMs: number, say: Translate): boolean {
  const steps: StepData[] = JSON.parse(place.dataset['steps'] ?? '[]');
  const step = steps.findLast(([when]) => Date.parse(when) <= nowMs);
  if (!step) return false;
  const [, word, shape, bucket, note] = step;
  turnChips(place, bucket, word, say);
  place.dataset['bucket'] = bucket;
  place.querySelector('use')?.setAttribute('href', `#sw-${shape}`);
  write(place, '[data-word]', word);
  write(place, '[data-note]', note);
  return true;
}

/** An architecture that was worse than its image stays so while the image only ages; the hidden text follows. */
function turnChips(place: HTMLElement, bucket: string, word: string, say: Translate): void {
  const chips = [...all(place, '[data-chip]')];
  const stays = place.dataset['bucket'] !== 'bad' && /attention|ok/.test(bucket);
  const kept = stays ? chips.filter((chip) => chip.dataset['chip'] === 'bad') : [];
  for (const chip of chips) if (!kept.includes(chip)) chip.dataset['chip'] = bucket;
  const said = place.querySelector('[data-arches]')?.textContent?.split(', ') ?? [];
  const rest = said.filter((text) => kept.some((chip) => text[0] === chip.textContent));
  const others = kept.length > 0 ? say('others') : say('all', { number: chips.length });
  write(place, '[data-arches]', [...rest, `${others}: ${word}`].join(', '));
}

function recount(summary: HTMLElement, nowMs: number): void {
  const turns: [when: string, from: string, to: string][] = JSON.parse(summary.dataset['turns'] ?? '[]');
  const due = turns.filter(([when]) => Date.parse(when) <= nowMs);
  for (const place of all(summary, '[data-count]')) {
    const bucket = place.dataset['count'];
    const start = Number(place.dataset['start']);
    const count = due.reduce((sum, [, from, to]) => sum + Number(to === bucket) - Number(from === bucket), start);
    write(place, 'b', String(count));
    place.toggleAttribute('data-none', count === 0);
  }
}

function all(root: ParentNode, selector: string): NodeListOf<HTMLElement> {
  return root.querySelectorAll<HTMLElement>(selector);
}

function write(place: HTMLElement, selector: string, text: string): void {
  const part = place.querySelector(selector);
  if (part) part.textContent = text;
}

function at(time: HTMLElement): number {
  return Date.parse(time.getAttribute('datetime') ?? '');
}

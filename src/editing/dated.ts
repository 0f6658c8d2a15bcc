import { isScalar, LineCounter, parseDocument, visit } from 'yaml';

/** A source that a file names, with the day of what was read. */
export interface DatedSource {
  title: string;
  date: string;
  /** From 1. */
  line: number;
}

/** Every source with a day in a YAML text, wherever in it; what nobody changes any more is left out. */
export function datedIn(text: string): DatedSource[] {
  const lines = new LineCounter();
  const found: DatedSource[] = [];
  visit(parseDocument(text, { lineCounter: lines }), {
    Map(_, node) {
      const [title, date] = ['title', 'date'].map((key) => node.get(key, true));
      if (node.get('final') === true) return;
      if (!isScalar(title) || !isScalar(date) || !/^\d{4}-\d{2}-\d{2}$/.test(String(date.value))) return;
      const line = lines.linePos(node.range?.[0] ?? 0).line;
      found.push({ title: String(title.value), date: String(date.value), line });
    },
  });
  return found;
}

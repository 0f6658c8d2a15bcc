/** How wide words are before any browser has seen them: on the wide side, since every reader has another font. */

const NARROW = /[iljtfrI.,:;'’|!()[\]/ -]/;
const BROAD = /[mwMWOQG@%]/;
const CAPITAL = /[A-Z_]/;

/** In CSS pixels, for letters of `size` pixels. */
export function widthOf(text: string, size: number, isBold = false): number {
  const share = [...text].reduce((sum, letter) => sum + shareOf(letter), 0);
  return Math.ceil(share * size * (isBold ? 1.08 : 1));
}

function shareOf(letter: string): number {
  if (NARROW.test(letter)) return 0.38;
  if (BROAD.test(letter)) return 0.92;
  return CAPITAL.test(letter) ? 0.72 : 0.6;
}

/** Text in lines no wider than `room`; what is longer than a line breaks after / . - :, before a capital, or wherever it must. */
export function wrapped(text: string, room: number, size: number, isBold = false): string[] {
  const fits = (line: string) => widthOf(line, size, isBold) <= room;
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    for (const [at, part] of (fits(word) ? [word] : partsOf(word, fits)).entries()) {
      const longer = line && at === 0 ? `${line} ${part}` : line + part;
      if (!line || fits(longer)) line = longer;
      else {
        lines.push(line);
        line = part;
      }
    }
  }
  return line ? [...lines, line] : lines;
}

/** A long word in parts of which each fits. */
function partsOf(word: string, fits: (text: string) => boolean): string[] {
  return word.split(/(?<=[/.:-])|(?<=[a-z])(?=[A-Z])/).flatMap((part) => {
    const parts: string[] = [];
    let left = '';
    for (const letter of part) {
      if (left && !fits(left + letter)) {
        parts.push(left);
        left = '';
      }
      left += letter;
    }
    return left ? [...parts, left] : parts;
  });
}

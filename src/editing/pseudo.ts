/** A language that nobody speaks: every letter looks like its own and is another, and every word is a third longer. */

const FROM = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const TO = 'ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ';
const LETTERS = new Map([...FROM].map((letter, at) => [letter, [...TO][at] ?? letter]));
const VOWELS = /[aeiou]/;

/** A string of content/i18n in it; tags and `{{placeholders}}` stay. */
export const pseudo = (text: string): string =>
  text
    .split(/(<[^>]*>|\{\{.*?\}\})/)
    .map((part, at) => (at % 2 === 1 ? part : [...part].map(letter).join('')))
    .join('');

function letter(plain: string): string {
  const other = LETTERS.get(plain) ?? plain;
  return VOWELS.test(plain) ? other + other : other;
}

/** Foreign text before it is kept: without secrets, without control characters, and no longer than it may be. */

/** What stands where something looked like a secret. */
export const MARK = '█secret█';
/** What stands where the mail address of a person was. */
export const SOMEBODY = '█address█';

type Rule = [pattern: RegExp, instead: string | ((found: string, ...groups: string[]) => string)];

const NAMES = [
  'pass(?:word|wd|phrase)?',
  'pwd',
  'secrets?',
  'token',
  'credentials?',
  'api[_-]?key',
  'access[_-]?key(?:[_-]?id)?',
  'secret[_-]?(?:access[_-]?)?key',
  '(?:private|signing|ssh)[_-]?key',
  'activation[_-]?keys?',
  'jwt',
  'key-data',
  '_auth',
  'registry-auth',
  'creds',
  'x-amz-(?:signature|security-token|credential)',
  '(?<![a-z0-9+/])(?:pat|pw|psk)',
  '(?:[?&]|%(?:25)*(?:26|3F))sig(?:nature)?',
].join('|');
// In JSON within JSON the quotes carry backslashes; what is cut off lacks its last one.
const QUOTED = String.raw`\\+"[^"\n]*"?|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|["'][^\n]*`;

/** Digests and commit ids say where something is, and open nothing. */
const isDigest = (word: string): boolean => /^\s*([0-9a-f]{40}|[0-9a-f]{64})\s*$/.test(word);
/** As encoded bytes are, and the tokens of Quay's robots. */
const isMixed = (word: string): boolean =>
  /[A-Z]/.test(word) && /\d/.test(word) && (/[a-z]/.test(word) || /^[A-Z0-9]+$/.test(word));

/** Not a word of prose: very long, or with a figure, a sign, or a capital within. */
const isLikely = (word: string): boolean =>
  word.length >= 20 || (word.length >= 6 && /\d|[a-z][A-Z]|[+=$@#%^&*~]|![^!]/.test(word));
const blackLikely = (found: string, before = '', word = ''): string => (isLikely(word) ? `${before}${MARK}` : found);

/** From the surest to the most doubtful: a word too many blacked out is better than one too few. */
const RULES: readonly Rule[] = [
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,20}-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,20}-----|$)/g,
    MARK,
  ],
  // The end of a key whose beginning was cut off.
  [/^(?:[\w+/=-]+\s+)*-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,20}-----/g, MARK],
  [/\b(authorization["']?\s*[:=]\s*["']?\s*)(?:(?:bearer|basic|token|negotiate)\s+)?[^\s"',;]+/gi, `$1${MARK}`],
  [/\b((?:set-)?cookie["']?\s*[:=]\s*)[^\n]+/gi, `$1${MARK}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${MARK}`],
  [/\beyJ[\w-]{5,4000}\.[\w-]{5,8000}(?:\.[\w-]*)*/g, MARK],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>]{1,2000}@/gi, `$1${MARK}@`],
  [/\b(?:AKIA|ASIA|AGPA|AROA|AIDA|ANPA|ABIA|ACCA)[A-Z0-9]{16}\b/g, MARK],
  [/\b(?:gh[pousr]_\w{16,}|github_pat_\w{20,}|gl(?:pat|dt|rt|ptt|cbt|soat|ft|agent|imt)-[\w-]{10,})/g, MARK],
  [/\b(?:xox[abeoprs]-[\w-]{10,}|sk_(?:live|test)_\w{10,}|npm_\w{20,}|pypi-[\w-]{20,}|AIza[\w-]{30,})/g, MARK],
  [
    /\b(?:sk-(?:proj-|svcacct-|admin-|ant-)?[\w-]{20,}|hf_\w{16,}|dckr_(?:pat|oat)_[\w-]{16,}|hv[sbr]\.[\w-]{20,})/g,
    MARK,
  ],
  [/\b(?:dapi[0-9a-f]{32}(?:-\d+)?|ya29\.[\w-]{16,}|ATATT3[\w=-]{20,}|AGE-SECRET-KEY-1[A-Z0-9]{20,})/g, MARK],
  [/\bsha256~[\w-]{20,}/g, MARK],
  [/("auth\\*"\s*:\s*\\*")[^"\\]*/gi, `$1${MARK}`],
  [/('auth\\*'\s*:\s*\\*')[^'\\]*/gi, `$1${MARK}`],
  [/((?<![a-z])(?:o?auth)["'\\]*\s*[:=]\s*["'\\]*)([\w+/=.~-]+)/gi, blackLikely],
  [
    new RegExp(`((?:${NAMES})["'\\\\\\]]*\\s*(?:=>|[:=]|%(?:25)*3[AD])\\s*)(?:${QUOTED}|[^\\s"'&,;]+)`, 'gi'),
    `$1${MARK}`,
  ],
  [
    new RegExp(
      `((?:^|\\s)--?(?:[a-z]{1,12}-){0,2}(?:pass(?:word|wd|phrase)?|token|creds?|secret|api-key|activation-?key|auth)\\s+)(?:${QUOTED}|[^\\s-]\\S*)`,
      'gi',
    ),
    `$1${MARK}`,
  ],
  [/((?:^|\s)-u\s*|--user[\s=]+)[^\s:]+:\S+/g, `$1${MARK}`],
  [/(\blogin\b[^\n]{0,200}?\s-p[\s=]*)\S+/g, `$1${MARK}`],
  // A variable or a word without a sign between it and its value, as in a Containerfile.
  [
    /((?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|API_?KEY|ACCESS_KEY|ACTIVATION_?KEY|(?<![A-Za-z])(?:PAT|PSK|PW))[ \t]+["'`]?)([^\s"'`,;]+)/g,
    blackLikely,
  ],
  [/(\bpass(?:word|wd|phrase)[ \t]+["'`]?)([^\s"'`,;]+)/gi, blackLikely],
  [/(hooks\.slack\.com\/)[\w/-]+/g, `$1${MARK}`],
  [/\b(login\s+\S+\s+password\s+)\S+/gi, `$1${MARK}`],
  // Of people; not git@host of a repository, not a unit of systemd.
  [
    /(?<![\w.+-])(?!git@)[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}(?!(?:service|socket|target|timer|mount|path|slice|scope|device)\b)[a-z]{2,24}\b/gi,
    SOMEBODY,
  ],
  // A line of nothing but base64: a key, a certificate, or the output of something that encoded one.
  [/^[ \t]*[\w+/-]{56,}={0,2}[ \t]*$/gm, (found) => (isDigest(found) ? found : MARK)],
  [/[\w+-]{60,}={0,2}/g, (found) => (!isDigest(found) && isMixed(found) ? MARK : found)],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are taken out
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;
const NAME = 200;
const REFERENCE = /^(?:\s|\$\((?:params|tasks|workspaces|context|steps|results)[^()]{1,300}\))+$/;
// What some patterns cost grows faster than the text.
const MAX_INPUT = 64 << 10;

/** The text with what looks like a secret blacked out, and without escape sequences and control characters. */
export function redact(text: string): string {
  const clean = endOfText(text)
    .replace(ESCAPES, '')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, (letter) => (letter === '\n' || letter === '\t' ? letter : ''));
  return RULES.reduce(
    (known, [pattern, instead]) =>
      typeof instead === 'string' ? known.replace(pattern, instead) : known.replace(pattern, instead),
    clean,
  );
}

/** The last lines of a text that is too long: half of one could be half a secret that is not known for one. */
function endOfText(text: string): string {
  if (text.length <= MAX_INPUT) return text;
  const end = text.slice(-MAX_INPUT);
  const begins = end.indexOf('\n') + 1;
  return begins < MAX_INPUT / 2 ? end.slice(begins) : end;
}

/** The whole text without secrets where `redact` would keep its end only; it says how much it has left out. */
export function redactWhole(text: string): string {
  const kept = redact(text);
  if (text.length <= MAX_INPUT) return kept;
  return `# The beginning of this text is left out: it has ${text.length} characters, over ${MAX_INPUT}.\n${kept}`;
}

/** What is given to a name: as `redact` leaves it, or the mark alone where only the name tells that it is secret. */
export function redactNamed(name: string, value: string): string {
  const alone = redact(value);
  // What stands for a value that is elsewhere gives nothing away.
  if (alone === '' || REFERENCE.test(alone)) return alone;
  const [first = ''] = alone.trimStart().split('\n', 1);
  const said = `${redact(`${name.slice(0, NAME)}: `)}${first.slice(0, MAX_INPUT / 16)}`;
  return redact(said) === said ? alone : MARK;
}

/** One line of at most so many characters, redacted. */
export function redactLine(text: string, length = 400): string {
  const line = redact(text).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** The end of a log in at most so many bytes of UTF-8, whole lines where there are any; redacted before it is cut. */
export function redactTail(log: string, bytes: number): string {
  const encoder = new TextEncoder();
  const kept: string[] = [];
  let left = bytes;
  for (const line of redact(log).trimEnd().split('\n').reverse()) {
    const size = encoder.encode(line).length + (kept.length > 0 ? 1 : 0);
    if (size > left) {
      if (kept.length === 0) kept.push(endOf(line, left));
      break;
    }
    kept.push(line);
    left -= size;
  }
  return kept.reverse().join('\n');
}

/** The last characters of a line that fit. */
function endOf(line: string, bytes: number): string {
  const encoded = new TextEncoder().encode(line);
  return new TextDecoder().decode(encoded.subarray(encoded.length - bytes)).replace(/^\ufffd+/, '');
}

import type { Package } from '#status/packages.ts';

/** Package URLs of RPMs, `pkg:rpm/fedora/openssl-libs@3.5.4-1?arch=x86_64&epoch=1&upstream=openssl-3.5.4-1.src.rpm`. */

const PURL = /^pkg:rpm\/(?:[^/?#@]*\/)*([^/?#@]+)@([^?#]+)(?:\?([^#]*))?(?:#.*)?$/;
const NAME = /^[\w.+-]{1,300}$/;
const EVR = /^(?:(\d{1,10}):)?([\w.+~^]{1,120}-[\w.+~^]{1,120})$/;
const WORD = /^\w{1,30}$/;
const EPOCH = /^\d{1,10}$/;

/** Whether a package URL speaks of an RPM; those of other kinds are not ours to read. */
export const isRpm = (purl: string): boolean => purl.startsWith('pkg:rpm/');

/** The package of a package URL; null for keys and source packages, undefined where it cannot be read. */
export function packageOf(purl: string): Package | null | undefined {
  const [, rawName = '', rawVersion = '', rawQualifiers = ''] = PURL.exec(purl) ?? [];
  const name = decoded(rawName);
  // RPM keeps public keys as if they were packages.
  if (name === 'gpg-pubkey') return null;
  const qualifiers = new Map(rawQualifiers.split('&').map((pair) => halves(pair)));
  const arch = qualifiers.get('arch') ?? '(none)';
  if (arch === 'src' || arch === 'nosrc') return null;
  const [, ownEpoch, versionRelease] = EVR.exec(decoded(rawVersion)) ?? [];
  const epoch = qualifiers.get('epoch') ?? ownEpoch ?? '0';
  const isSound = NAME.test(name) && EPOCH.test(epoch) && (WORD.test(arch) || arch === '(none)');
  if (!versionRelease || !isSound) return undefined;
  const upstream = /^([\w.+~^-]{1,300})\.(?:no)?src\.rpm$/.exec(qualifiers.get('upstream') ?? '');
  const evr = Number(epoch) === 0 ? versionRelease : `${Number(epoch)}:${versionRelease}`;
  return { name, evr, arch, source: upstream?.[1] ?? null };
}

function halves(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at === -1 ? [pair, ''] : [pair.slice(0, at), decoded(pair.slice(at + 1))];
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // What is no percent-encoding is no name or version either.
    return '';
  }
}

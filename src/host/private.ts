import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Addresses that only this machine or its own network reaches: what others wrote must not make us ask there. */

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const),
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');

/** Why a host is not asked, where it is a private address itself; null for all others, names among them. */
export function privateHost(host: string): Error | null {
  const address = host.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  const isPrivate = version !== 0 && PRIVATE.check(address, version === 4 ? 'ipv4' : 'ipv6');
  return isPrivate ? new Error(`${address} is an address of a private network`) : null;
}

/** As the system finds a name's addresses, but for those that are private. */
export const lookupPublic: LookupFunction = (host, options, callback) =>
  lookup(host, options, (error, found: string | LookupAddress[], family) => {
    const all = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
    const refused = error ?? all.map(privateHost).find((one) => one !== null) ?? null;
    callback(refused, found, family);
  });

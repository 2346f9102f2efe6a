// This module finds the address that a call comes from, for limits and allow lists. One machine must not look like
// many: an IPv6 network counts as one, an IPv4 address inside IPv6 is that IPv4 address, and forwarded addresses are
// believed from configured proxies only (threats TB-05).
import { isIP, isIPv4 } from 'node:net';
import { addressTest, canonicalAddress, networkAround, networkText, readAddress, readNetworks } from '../networks.ts';

/**
 * The network an address is counted under: IPv4 `198.51.100.0/24`, IPv6 `2001:db8:1:2::/64`; the text itself where it
 * is no address.
 */
export function networkPrefix(address: string): string {
  // Most calls come from such an address, and each is asked for its network.
  if (isIPv4(address)) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
  const read = readAddress(address.split('%', 1)[0] ?? '');
  return read ? networkText(networkAround(read, read.family === 4 ? 24 : 64)) : address;
}

export type ProxyTest = (address: string) => boolean;

/** Compiles a list of addresses and CIDR ranges; throws an Error that names the entry which is neither. */
export function addressList(entries: readonly string[]): ProxyTest {
  if (entries.length === 0) return () => false;
  const { networks, wrong } = readNetworks(entries);
  if (wrong[0]) throw new Error(`${wrong[0].entry} ${wrong[0].fault}`);
  return addressTest(networks);
}

/**
 * The caller's address: the peer, or behind trusted proxies the rightmost address in X-Forwarded-For that is not one of
 * them.
 * What stands further left was written by the caller and says nothing.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, trusted: ProxyTest): string {
  let address = canonicalAddress(peer) ?? peer;
  if (forwardedFor === undefined) return address;
  const hops = forwardedFor.split(',');
  while (hops.length > 0 && isIP(address) !== 0 && trusted(address)) {
    const hop = canonicalAddress(withoutPort(hops.pop()?.trim() ?? ''));
    if (hop === undefined) break;
    address = hop;
  }
  return address;
}

function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop;
}

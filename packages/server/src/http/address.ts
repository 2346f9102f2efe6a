// Who is calling, for limits and allow lists. One machine must not look like many: an IPv6 network counts as one, an IPv4
// address inside IPv6 is that IPv4 address, and forwarded addresses are believed from configured proxies only (threats TB-05).
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** The one spelling of an address: lower case, shortest IPv6 form, mapped IPv4 as IPv4. Undefined where it is none. */
export function canonicalAddress(address: string): string | undefined {
  if (isIPv4(address)) return address;
  const text = address.split('%', 1)[0] ?? '';
  const groups = isIPv6(text) ? groupsOf(text) : undefined;
  if (!groups) return undefined;
  const [, , , , , sixth, high = 0, low = 0] = groups;
  if (sixth === 0xffff && groups.slice(0, 5).every((group) => group === 0)) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return written(groups);
}

/** The network an address is counted under: IPv4 `198.51.100.0/24`, IPv6 `2001:db8:1:2::/64`; the text itself where it is no address. */
export function networkPrefix(address: string): string {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return address;
  if (isIPv4(canonical)) return `${canonical.slice(0, canonical.lastIndexOf('.'))}.0/24`;
  return `${written([...groupsOf(canonical).slice(0, 4), 0, 0, 0, 0])}/64`;
}

export type ProxyTest = (address: string) => boolean;

/** Compiles a list of addresses and CIDR ranges; throws an Error that names the entry which is neither. */
export function addressList(entries: readonly string[]): ProxyTest {
  if (entries.length === 0) return () => false;
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) throw new Error(`not an address or range: ${entry}`);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * The caller's address: the peer, or behind trusted proxies the rightmost address in X-Forwarded-For that is not one of them.
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

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = dotted ? `${dotted[1]}${hexPair(dotted[2], dotted[3])}:${hexPair(dotted[4], dotted[5])}` : address;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = new Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].map((group) => Number.parseInt(group, 16));
}

function hexPair(high = '0', low = '0'): string {
  return (Number(high) * 256 + Number(low)).toString(16);
}

/** RFC 5952: the longest run of two or more zero groups, the first of equals, becomes `::`. */
function written(groups: readonly number[]): string {
  let [from, length] = [-1, 1];
  for (let at = 0; at < 8; at += 1) {
    let run = 0;
    while (at + run < 8 && groups[at + run] === 0) run += 1;
    if (run > length) [from, length] = [at, run];
  }
  const hex = groups.map((group) => group.toString(16));
  return from < 0 ? hex.join(':') : `${hex.slice(0, from).join(':')}::${hex.slice(from + length).join(':')}`;
}

// This module reads addresses and ranges of addresses, each with one spelling. Every list of them (where an app secret
// may be used, which proxies are believed) is read here and nowhere else: what two readers could take for two things is
// refused (threats IV-19).
import { isIPv4, isIPv6 } from 'node:net';

/** So many bits stand before an IPv4 address that is written inside IPv6 (`::ffff:198.51.100.7`). */
const MAPPED = 96;

interface Address {
  family: 4 | 6;
  value: bigint;
}

/** Addresses from `first` on; `bits` of them are the network's. */
interface Network {
  family: 4 | 6;
  /** The address; no bits are set behind the network's. */
  first: bigint;
  bits: number;
}

const widthOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);
const sizeOf = ({ family, bits }: Network): bigint => 1n << BigInt(widthOf(family) - bits);

/**
 * The one spelling of an address: lower case, shortest IPv6 form, mapped IPv4 as IPv4. Undefined where it is none. A
 * zone is left out.
 */
export function canonicalAddress(address: string): string | undefined {
  const read = readAddress(address.split('%', 1)[0] ?? '');
  return read && spelled(read);
}

/** An IPv4 address inside IPv6 (`::ffff:198.51.100.7`) is that IPv4 address. */
export function readAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { family: 4, value: valueOf(text.split('.'), 8n, 10) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const value = valueOf(groupsOf(text), 16n, 16);
  return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffff_ffffn } : { family: 6, value };
}

const valueOf = (parts: readonly string[], bits: bigint, radix: number): bigint =>
  parts.reduce((sum, part) => (sum << bits) | BigInt(Number.parseInt(part, radix)), 0n);

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): string[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text = dotted ? `${dotted[1]}${hexPair(dotted[2], dotted[3])}:${hexPair(dotted[4], dotted[5])}` : address;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = new Array<string>(tail === undefined ? 0 : 8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right];
}

const hexPair = (high = '0', low = '0'): string => (Number(high) * 256 + Number(low)).toString(16);

/** @param address of `readAddress`, or the first one of a network */
function spelled({ family, value }: Address): string {
  const size = family === 4 ? 8 : 16;
  const parts = Array.from({ length: widthOf(family) / size }, (_, at) =>
    Number(BigInt.asUintN(size, value >> BigInt(widthOf(family) - size * (at + 1)))),
  );
  return family === 4 ? parts.join('.') : written(parts);
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

/** The network of so many bits that an address lies in. */
export function networkAround({ family, value }: Address, bits: number): Network {
  const rest = BigInt(widthOf(family) - bits);
  return { family, first: (value >> rest) << rest, bits };
}

export const networkText = ({ family, first, bits }: Network): string => `${spelled({ family, value: first })}/${bits}`;

/** Writes a network as an entry of a list: a single address stands without its bits. */
const entryText = (network: Network): string =>
  network.bits === widthOf(network.family)
    ? spelled({ family: network.family, value: network.first })
    : networkText(network);

interface ReadEntry {
  /** The network that it comes to, also if it is refused for bits behind its range. */
  network?: Network;
  /** The reason why it is refused, as the end of a sentence about it. */
  fault?: string;
}

const ENTRY = /^([^/]*)(?:\/(0|[1-9]\d{0,2}))?$/;

/** One entry of a list: an address, or a range such as 203.0.113.0/24. */
export function readEntry(entry: string): ReadEntry {
  const [, text, written] = ENTRY.exec(entry) ?? [];
  if (text?.includes('%')) return { fault: 'must not name an interface of a machine (%), by which no caller is known' };
  const address = text === undefined ? undefined : readAddress(text);
  if (!text || !address) return { fault: 'must be an address or a range such as 203.0.113.0/24' };
  // The bits of an IPv4 address that is written inside IPv6 count from the start of the IPv6 one.
  const inside = address.family === 4 && text.includes(':') ? MAPPED : 0;
  const bits = written === undefined ? widthOf(address.family) : Number(written) - inside;
  if (bits < 0 || bits > widthOf(address.family))
    return { fault: 'must have a range that addresses of its kind can have' };
  const network = networkAround(address, bits);
  if (network.first !== address.value)
    return {
      network,
      fault: 'must not have bits set behind its range: write the first address of the range, or the address alone',
    };
  return { network };
}

/** True when all of `inner` is in `outer`. */
const contains = (outer: Network, inner: Network): boolean =>
  outer.family === inner.family &&
  outer.bits <= inner.bits &&
  networkAround({ family: inner.family, value: inner.first }, outer.bits).first === outer.first;

/**
 * A list in its one form: each entry in its one spelling, once, in the order in which they came, and without what
 * another entry contains already. `wrong` names the entries that are refused.
 */
export function readNetworks(entries: readonly string[]): {
  entries: string[];
  networks: Network[];
  wrong: { entry: string; fault: string }[];
} {
  const wrong: { entry: string; fault: string }[] = [];
  const read: Network[] = [];
  for (const entry of entries) {
    const { network, fault } = readEntry(entry);
    if (fault !== undefined) wrong.push({ entry, fault });
    else if (network) read.push(network);
  }
  const networks = withoutContained(read);
  return { entries: networks.map(entryText), networks, wrong };
}

interface Length {
  family: 4 | 6;
  bits: number;
  firsts: Set<bigint>;
}

/**
 * Networks by how many bits they have: an address is in one of them where one of few look-ups finds it, however many
 * there are.
 */
function byLength(networks: readonly Network[]): Length[] {
  const lengths: Length[] = [];
  for (const { family, bits, first } of networks) {
    const known = lengths.find((one) => one.family === family && one.bits === bits);
    if (known) known.firsts.add(first);
    else lengths.push({ family, bits, firsts: new Set([first]) });
  }
  return lengths;
}

/** Lists each network once, and none that another one contains. */
function withoutContained(networks: readonly Network[]): Network[] {
  const lengths = byLength(networks);
  const seen = new Set<string>();
  return networks.filter((one) => {
    const text = networkText(one);
    if (seen.has(text)) return false;
    seen.add(text);
    const address = { family: one.family, value: one.first };
    return !lengths.some(
      ({ family, bits, firsts }) =>
        family === one.family && bits < one.bits && firsts.has(networkAround(address, bits).first),
    );
  });
}

/** A test whether an address is in one of the networks. An address that cannot be read is in none. */
export function addressTest(networks: readonly Network[]): (address: string) => boolean {
  const lengths = byLength(networks);
  return (text) => {
    const address = readAddress(text.split('%', 1)[0] ?? '');
    return (
      address !== undefined &&
      lengths.some(
        ({ family, bits, firsts }) => family === address.family && firsts.has(networkAround(address, bits).first),
      )
    );
  };
}

/** Networks that nobody outside has an address of. */
const ownNetworks = (): Network[] =>
  [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '::1',
    'fc00::/7',
    'fe80::/10',
  ].flatMap((entry) => readEntry(entry).network ?? []);

/**
 * These networks stand for IPv4 addresses in IPv6 beside mapped ones (RFC 6052, RFC 3056): so many bits stand before
 * the IPv4 address.
 */
const translatedNetworks = (): { network: Network; before: number }[] =>
  [
    { prefix: '64:ff9b::/96', before: 96 },
    { prefix: '2002::/16', before: 16 },
  ].flatMap(({ prefix, before }) => {
    const { network } = readEntry(prefix);
    return network ? [{ network, before }] : [];
  });

/** A /8 of IPv4 and a /24 of IPv6: more than the proxies of anybody, and far less than everybody. */
const MOST = { 4: 1n << 24n, 6: 1n << 104n } as const;

/**
 * True when networks, all of them together, are so many addresses of the open network that trusting them trusts
 * everybody (threats SC-05). @param networks of `readNetworks`: none contains another
 */
export function areEverybody(networks: readonly Network[]): boolean {
  const sums = { 4: 0n, 6: 0n };
  const own = ownNetworks();
  const translated = translatedNetworks();
  for (const network of networks) {
    if (own.some((one) => contains(one, network))) continue;
    sums[network.family] += sizeOf(network);
    for (const { network: range, before } of translated) {
      if (contains(network, range)) sums[4] += MOST[4];
      else if (contains(range, network)) sums[4] += 1n << BigInt(Math.max(0, 32 - (network.bits - before)));
    }
  }
  return sums[4] >= MOST[4] || sums[6] >= MOST[6];
}

// The server allow list of an app: addresses or ranges from which its secret may be used. Empty means everywhere.
import { BlockList, isIP } from 'node:net';

const lists = new WeakMap<readonly string[], BlockList>();

function listOf(entries: readonly string[]): BlockList {
  const known = lists.get(entries);
  if (known) return known;
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) continue;
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  lists.set(entries, list);
  return list;
}

/** Whether an entry of the list can be understood. */
export function isAllowListEntry(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/');
  const kind = isIP(address);
  if (kind === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 6 ? 128 : 32));
}

export function addressAllowed(entries: readonly string[], address: string): boolean {
  if (entries.length === 0) return true;
  const plain = address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
  const kind = isIP(plain);
  return kind !== 0 && listOf(entries).check(plain, kind === 6 ? 'ipv6' : 'ipv4');
}

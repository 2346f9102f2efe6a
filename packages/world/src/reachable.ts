// Only some addresses may be called. Of IPv6 only what is handed out to the open network counts as public, so that
// mapped, translated and local forms are out without being named one by one (threats RL-18, invariant I-13).
import { BlockList, isIPv4 } from 'node:net';
import type { OutboundRequest } from './world.ts';

/**
 * IPv4 that is not on the open network: this host, private, shared, loopback, link-local (metadata), protocol and
 * documentation ranges, benchmarks, multicast, reserved.
 */
const closed4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Of what is handed out: protocol assignments and Teredo, documentation, 6to4. */
const closed6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};

/** The lists are made when the first address is looked at: most commands call nobody. */
const made = () => ({
  private4: listOf('ipv4', closed4),
  private6: listOf('ipv6', closed6),
  handedOut6: listOf('ipv6', ['2000::/3']),
  here4: listOf('ipv4', ['127.0.0.0/8']),
});
let lists: ReturnType<typeof made> | undefined;

/** @param address as text, without brackets */
export function mayReach(address: string, reach: OutboundRequest['reach']): boolean {
  if (reach === 'any') return true;
  lists ??= made();
  const { private4, private6, handedOut6, here4 } = lists;
  const four = isIPv4(address);
  if (reach === 'local') return four ? here4.check(address, 'ipv4') : address === '::1';
  return four
    ? !private4.check(address, 'ipv4')
    : handedOut6.check(address, 'ipv6') && !private6.check(address, 'ipv6');
}

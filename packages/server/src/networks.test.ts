// Entries of allow lists have one spelling, or are refused (IV-19); lists that are everybody are known (SC-05). The
// library ipaddr.js, which is used in tests alone, reads addresses and ranges independently.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { addressTest, areEverybody, canonicalAddress, readEntry, readNetworks } from './networks.ts';

const canonical = (...entries: string[]): string[] => {
  const { entries: read, wrong } = readNetworks(entries);
  assert.deepEqual(wrong, []);
  return read;
};

describe('IV-19: an entry of an allow list', () => {
  test('is written in its shortest form, and an IPv4 address inside IPv6 is that IPv4 address', () => {
    for (const [entry, written] of [
      ['203.0.113.7', '203.0.113.7'],
      ['203.0.113.7/32', '203.0.113.7'],
      ['203.0.113.0/24', '203.0.113.0/24'],
      ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
      ['2001:0db8::0001/128', '2001:db8::1'],
      ['2001:DB8::/32', '2001:db8::/32'],
      ['::ffff:203.0.113.7', '203.0.113.7'],
      ['::FFFF:cb00:7107', '203.0.113.7'],
      ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
      ['::ffff:0:0/96', '0.0.0.0/0'],
      ['fe80::1', 'fe80::1'],
    ] as const)
      assert.deepEqual(canonical(entry), [written], entry);
  });

  test('is refused where it names an interface, is no address, or says two things', () => {
    for (const entry of [
      'fe80::1%eth0',
      'fe80::1%25eth0',
      'fe80::%1/64',
      '203.0.113.7%1',
      '203.0.113.07',
      '0x7f.0.0.1',
      '2130706433',
      '127.1',
      '203.0.113.7/24',
      '2001:db8::1/64',
      '::ffff:203.0.113.7/120',
      '::ffff:0:0/95',
      '203.0.113.0/024',
      '203.0.113.0/33',
      '203.0.113.0/-1',
      '203.0.113.0/',
      '203.0.113.0/24/24',
      '203.0.113.0/255.255.255.0',
      '203.0.113.0-203.0.113.9',
      '2001:db8::/129',
      '[2001:db8::1]',
      '2001:db8::1::2',
      ' 203.0.113.7',
      '203.0.113.7 ',
      '203.0.113.7\n',
      '*',
      'all',
      'localhost',
      '',
      '/',
      '/24',
      '１.2.3.4',
    ])
      assert.ok(readEntry(entry).fault, JSON.stringify(entry));
  });

  test('stands in the list once, and not beside a range that contains it', () => {
    assert.deepEqual(canonical('203.0.113.7', '203.0.113.7/32', '::ffff:203.0.113.7'), ['203.0.113.7']);
    assert.deepEqual(canonical('203.0.113.7', '203.0.113.0/24', '203.0.113.128/25', '198.51.100.1'), [
      '203.0.113.0/24',
      '198.51.100.1',
    ]);
    assert.deepEqual(canonical('2001:db8:1::/48', '2001:db8::/32', '2001:db8::/33'), ['2001:db8::/32']);
    assert.deepEqual(canonical('0.0.0.0/0', '2001:db8::1', '203.0.113.7'), ['0.0.0.0/0', '2001:db8::1']);
  });
});

const v4 = fc.ipV4();
/** Without what RFC 4291 calls IPv4-compatible: ipaddr.js takes it for mapped, and systems do not. */
const v6 = fc.ipV6().filter((address) => !/^::\d+\.\d+/.test(address));

test('IV-19: addresses are read and written as ipaddr.js does', () => {
  fc.assert(
    fc.property(fc.oneof(v4, v6), (address) => {
      assert.equal(canonicalAddress(address), ipaddr.process(address).toString());
      assert.equal(canonicalAddress(address.toUpperCase()), canonicalAddress(address));
    }),
    { numRuns: 3000 },
  );
});

test('IV-19: ranges hold the addresses that ipaddr.js finds in them, before and after they are made canonical', () => {
  const range = fc.oneof(fc.tuple(v4, fc.integer({ min: 0, max: 32 })), fc.tuple(v6, fc.integer({ min: 0, max: 128 })));
  fc.assert(
    fc.property(fc.array(range, { minLength: 1, maxLength: 5 }), fc.oneof(v4, v6), (ranges, address) => {
      const bases = ranges.map(([first, bits]) => {
        const kind = ipaddr.parse(first).kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
        return `${kind.networkAddressFromCIDR(`${first}/${bits}`).toString()}/${bits}`;
      });
      // A mapped base is IPv4 here, and its range may be one that IPv4 cannot have.
      fc.pre(bases.every((one) => readEntry(one).network));
      const { entries, networks } = readNetworks(bases);
      const found = (given: string, list: readonly string[]): boolean => {
        const read = ipaddr.process(given);
        return list.some((one) => {
          const [first = '', bits = first.includes(':') ? '128' : '32'] = one.split('/');
          const base = ipaddr.parse(first);
          const mapped = base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress();
          const network = mapped ? base.toIPv4Address() : base;
          const length = Number(bits) - (mapped ? 96 : 0);
          return network.kind() === read.kind() && read.match(network as ipaddr.IPv4, length);
        });
      };
      const inside = addressTest(networks);
      for (const one of [address, ...ranges.map(([first]) => first)]) {
        assert.equal(inside(one), found(one, bases), one);
        assert.equal(inside(one), found(one, entries), `${one} in ${entries.join()}`);
      }
      assert.deepEqual(readNetworks(entries).entries, entries, 'what is canonical stays as it is');
    }),
    { numRuns: 2000 },
  );
});

describe('SC-05: lists of proxies that are everybody', () => {
  const everybody = (...entries: string[]) => areEverybody(readNetworks(entries).networks);
  test('are known, also as a sum, and by way of IPv6', () => {
    const octets = Array.from({ length: 256 }, (_, at) => at);
    for (const entries of [
      ['0.0.0.0/0'],
      ['::/0'],
      ['::ffff:0:0/96'],
      ['0.0.0.0/1', '128.0.0.0/1'],
      ['0.0.0.0/1'],
      ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'],
      ['::/1', '8000::/1'],
      ['2000::/3'],
      ['2000::/4', '3000::/4'],
      ['64:ff9b::/96'],
      ['64:ff9b::/97', '64:ff9b::8000:0/97'],
      ['2002::/16'],
      octets.map((one) => `${one}.0.0.0/8`),
      octets.flatMap((one) => octets.filter((two) => two % 16 === 0).map((two) => `${one}.${two}.0.0/12`)),
      octets.map((one) => `20${one.toString(16).padStart(2, '0')}::/16`),
      ['::ffff:0.0.0.0/97', '::ffff:128.0.0.0/97', '10.0.0.1'],
    ])
      assert.ok(everybody(...entries), entries.slice(0, 4).join(' '));
  });
  test('are not those of machines of one’s own, nor of a large provider', () => {
    for (const entries of [
      [],
      ['127.0.0.1', '::1'],
      [
        '10.0.0.0/8',
        '172.16.0.0/12',
        '192.168.0.0/16',
        'fc00::/7',
        'fe80::/10',
        '100.64.0.0/10',
        '169.254.0.0/16',
        '127.0.0.0/8',
      ],
      [
        '104.16.0.0/13',
        '104.24.0.0/14',
        '172.64.0.0/13',
        '162.158.0.0/15',
        '2400:cb00::/32',
        '2a06:98c0::/29',
        '2606:4700::/32',
      ],
    ])
      assert.ok(!everybody(...entries), entries.join(' '));
  });
});

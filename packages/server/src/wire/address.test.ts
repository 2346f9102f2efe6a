import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalAddress } from '../networks.ts';
import { addressList, clientAddress, networkPrefix } from './address.ts';

test('TB-05: other spellings of one address count as one', () => {
  for (const text of [
    '2001:DB8:0:0:0:0:0:1',
    '2001:db8::1',
    '2001:0db8:0::0:1',
    '2001:db8::0.0.0.1',
    '2001:db8::1%eth0',
  ])
    assert.equal(canonicalAddress(text), '2001:db8::1');
  for (const text of ['::ffff:198.51.100.7', '::FFFF:c633:6407', '0:0:0:0:0:ffff:c633:6407'])
    assert.equal(canonicalAddress(text), '198.51.100.7');
  assert.equal(canonicalAddress('::'), '::');
  assert.equal(canonicalAddress('1:0:0:2:0:0:0:3'), '1:0:0:2::3');
  assert.equal(canonicalAddress('1:0:2:3:4:5:6:7'), '1:0:2:3:4:5:6:7');
  for (const text of ['', 'localhost', '198.51.100', '198.51.100.07', '1::2::3', 'g::1'])
    assert.equal(canonicalAddress(text), undefined, text);
});

test('TB-05: an IPv6 network of 64 bits is one caller, an IPv4 network of 24 bits too', () => {
  assert.equal(networkPrefix('2001:db8:1:2:aaaa::1'), '2001:db8:1:2::/64');
  assert.equal(networkPrefix('2001:db8:1:2:bbbb:cccc::'), '2001:db8:1:2::/64');
  assert.equal(networkPrefix('2001:db8::1'), '2001:db8::/64');
  assert.equal(networkPrefix('198.51.100.7'), '198.51.100.0/24');
  assert.equal(networkPrefix('::ffff:198.51.100.99'), '198.51.100.0/24');
  assert.equal(networkPrefix('::1'), '::/64');
});

test('TB-05: forwarded addresses are believed from configured proxies only, and the rightmost other hop counts', () => {
  const trusted = addressList(['10.0.0.0/8', '::1', '2001:db8:ffff::/48']);
  assert.equal(clientAddress('203.0.113.9', '198.51.100.7', trusted), '203.0.113.9');
  assert.equal(clientAddress('10.1.1.1', '1.1.1.1, 198.51.100.7, 10.2.2.2', trusted), '198.51.100.7');
  assert.equal(clientAddress('::ffff:10.1.1.1', '198.51.100.7:4711', trusted), '198.51.100.7');
  assert.equal(clientAddress('::1', '[2001:DB8::7]:99', trusted), '2001:db8::7');
  assert.equal(clientAddress('10.1.1.1', '198.51.100.7, nonsense', trusted), '10.1.1.1');
  assert.equal(clientAddress('10.1.1.1', '10.0.0.5, 10.0.0.6', trusted), '10.0.0.5');
  assert.equal(clientAddress('10.1.1.1', undefined, trusted), '10.1.1.1');
  assert.equal(clientAddress('10.1.1.1', '198.51.100.7', addressList([])), '10.1.1.1');
});

test('a list of proxies with a wrong entry is refused by name', () => {
  assert.throws(() => addressList(['10.0.0.0/8', 'all']), /all must be an address or a range/);
  assert.throws(() => addressList(['10.0.0.0/x']), /10\.0\.0\.0\/x/);
});

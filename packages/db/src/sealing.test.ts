// CR-05: what is sealed opens only unchanged, in its own place, with its own key.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { createSealer, SealError } from '@hallpass/db';
import type { MasterKey, SealedLocation } from '@hallpass/db';
import fc from 'fast-check';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const key = (id: string): MasterKey => ({ id, key: createHash('sha256').update(id).digest() });
const place: SealedLocation = { table: 'apps', column: 'secret', row: '100' };
const sealer = createSealer({ keys: [key('k1')], random });

describe('A sealed value', () => {
  it('opens in its place, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string(),
        (text, row) => sealer.open(sealer.seal(text, { ...place, row }), { ...place, row }) === text,
      ),
    );
  });

  it('CR-05: does not open in another row, column or table, nor where the parts are cut elsewhere', () => {
    const sealed = sealer.seal('secret', place);
    const others: SealedLocation[] = [
      { ...place, row: '101' },
      { ...place, column: 'client_token' },
      { ...place, table: 'pages' },
      { table: 'app', column: 'ssecret', row: '100' },
      { table: 'apps', column: 'secret1', row: '00' },
    ];
    for (const other of others) assert.throws(() => sealer.open(sealed, other), SealError);
  });

  it('CR-05: does not open with any bit flipped, cut, lengthened, or put together from two', () => {
    const sealed = sealer.seal('secret', place);
    const [version, id, wrapped, value] = sealed.split('.') as [string, string, string, string];
    for (const [part, again] of [
      [wrapped, (bytes: string) => [version, id, bytes, value].join('.')],
      [value, (bytes: string) => [version, id, wrapped, bytes].join('.')],
    ] as const) {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        assert.throws(() => sealer.open(again(flipped.toString('base64url')), place), SealError);
      }
    }
    for (let length = 0; length < sealed.length; length++)
      assert.throws(() => sealer.open(sealed.slice(0, length), place), SealError);
    for (const more of ['A', '=', '.', ' ', '\n']) assert.throws(() => sealer.open(sealed + more, place), SealError);
    const [, , , otherValue] = sealer.seal('other', place).split('.') as [string, string, string, string];
    assert.throws(() => sealer.open([version, id, wrapped, otherValue].join('.'), place), SealError);
  });

  it('CR-05: uses each nonce and each data key once', () => {
    const nonces = new Set<string>();
    const wrappedKeys = new Set<string>();
    for (let at = 0; at < 5000; at++) {
      const [, , wrapped, value] = sealer.seal('same', place).split('.') as [string, string, string, string];
      nonces.add(wrapped.slice(0, 16)).add(value.slice(0, 16));
      wrappedKeys.add(wrapped);
    }
    assert.deepEqual([nonces.size, wrappedKeys.size], [10_000, 5000]);
  });

  it('shows neither its text nor that two are the same', () => {
    const [one, two] = [sealer.seal('canary', place), sealer.seal('canary', place)];
    assert.notEqual(one, two);
    assert.doesNotMatch(Buffer.from(one.split('.')[3] ?? '', 'base64url').toString('latin1'), /canary/);
  });

  it('keeps opening while keys change, and says when it should be sealed anew', () => {
    const old = sealer.seal('secret', place);
    const rotated = createSealer({ keys: [key('k2'), key('k1')], random });
    assert.equal(rotated.open(old, place), 'secret');
    assert.equal(rotated.needsReseal(old), true);
    const renewed = rotated.seal(rotated.open(old, place), place);
    assert.equal(rotated.needsReseal(renewed), false);
    assert.throws(() => sealer.open(renewed, place), SealError);
    assert.throws(
      () => createSealer({ keys: [{ ...key('k1'), key: key('k2').key }], random }).open(old, place),
      SealError,
    );
  });

  it('is not made without a good key', () => {
    assert.throws(() => createSealer({ keys: [], random }), /needs a master key/);
    assert.throws(() => createSealer({ keys: [{ id: 'k1', key: new Uint8Array(16) }], random }), /32 bytes/);
    assert.throws(() => createSealer({ keys: [{ ...key('k1'), id: 'k.1' }], random }), /letters and digits/);
    assert.throws(() => createSealer({ keys: [key('k1'), key('k1')], random }), /Two master keys/);
  });
});

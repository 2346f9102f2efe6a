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
/** A value of the older form, as an earlier version sealed it with the same key for the same place. */
const older =
  's1.k1.k8ZvWEk0uf4kA3ERa8mN9prjbKs1F7rbka03WZplR_8AOtAtxWiVyI4kSbbYLUgqca1nYIlCdRUTHHOf' +
  '.kiagMtL2Tq2cJz1h5vwqGjzyBKj4ZmLUnbEODwOYchgde9ROFmRQhm5TWQ';

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
    for (const whole of [sealed, older]) {
      const parts = whole.split('.');
      for (let part = 2; part < parts.length; part++) {
        const bytes = Buffer.from(parts[part] ?? '', 'base64url');
        for (let bit = 0; bit < bytes.length * 8; bit++) {
          const flipped = Buffer.from(bytes);
          flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          const changed = parts.with(part, flipped.toString('base64url')).join('.');
          assert.throws(() => sealer.open(changed, place), SealError);
        }
      }
    }
    for (let length = 0; length < sealed.length; length++)
      assert.throws(() => sealer.open(sealed.slice(0, length), place), SealError);
    for (const more of ['A', '=', '.', ' ', '\n']) assert.throws(() => sealer.open(sealed + more, place), SealError);
    const [, id, value] = sealed.split('.') as [string, string, string];
    const other = Buffer.from(sealer.seal('others', place).split('.')[2] ?? '', 'base64url');
    const joined = Buffer.concat([Buffer.from(value, 'base64url').subarray(0, 30), other.subarray(30)]);
    assert.throws(() => sealer.open(['s2', id, joined.toString('base64url')].join('.'), place), SealError);
    assert.throws(() => sealer.open(sealed.replace('s2.', 's1.'), place), SealError);
    assert.throws(() => sealer.open(older.replace('s1.', 's2.'), place), SealError);
  });

  it('CR-05: opens in one spelling only', () => {
    for (let length = 0; length < 4; length++) {
      const sealed = sealer.seal('x'.repeat(length), place);
      const [head, last] = [sealed.slice(0, -1), sealed.slice(-1)];
      for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/')
        if (letter !== last) assert.throws(() => sealer.open(head + letter, place), SealError);
    }
  });

  it('CR-05: uses each nonce once', () => {
    const nonces = new Set<string>();
    // 24 bytes are 32 letters.
    for (let at = 0; at < 5000; at++) nonces.add((sealer.seal('same', place).split('.')[2] ?? '').slice(0, 32));
    assert.equal(nonces.size, 5000);
  });

  it('CR-05: opens when it was sealed with AES-256-GCM and a data key of its own, in its own place alone', () => {
    assert.equal(sealer.open(older, place), 'an older secret');
    assert.equal(sealer.needsReseal(older), false);
    assert.throws(() => sealer.open(older, { ...place, row: '101' }), SealError);
    assert.throws(() => sealer.open(`${older}.AAAA`, place), SealError);
  });

  it('opens whatever its length, and leaves nothing of a longer one behind', () => {
    for (const length of [0, 1, 200, 8191, 8192, 8193, 100_000, 3])
      assert.equal(sealer.open(sealer.seal('ä'.repeat(length), place), place), 'ä'.repeat(length));
  });

  it('shows neither its text nor that two are the same', () => {
    const [one, two] = [sealer.seal('canary', place), sealer.seal('canary', place)];
    assert.notEqual(one, two);
    assert.doesNotMatch(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1'), /canary/);
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

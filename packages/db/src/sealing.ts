// Stored secrets are encrypted at rest: each value has its own data key, which is wrapped by a master key, both with
// AES-256-GCM and random 96-bit nonces. Where the value stands (table, column, row) is bound in, so a value moved
// elsewhere does not open (CR-05). As text: `s1.<master key id>.<wrapped data key>.<value>`, each part nonce,
// ciphertext, tag in base64url.
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { Random } from '@hallpass/protocol';

const VERSION = 's1';
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const KEY = 32;

/** A key that wraps data keys. Change it well before it has sealed 2^32 values. */
export interface MasterKey {
  /** Letters and digits, at most 16: names the key in sealed text. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The place of a sealed value. A row that must not be rolled back to an older value carries its version in `row`. */
export interface SealedLocation {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

export interface Sealer {
  /** Seals `plaintext` for this place with the active key. The same text is never sealed the same way twice. */
  seal(plaintext: string, place: SealedLocation): string;
  /** Opens what was sealed for this very place. Throws `SealError` for everything else: treat the value as missing. */
  open(sealed: string, place: SealedLocation): string;
  /** True when `sealed` was made with a key that is no longer the active one: open it and seal it again. */
  needsReseal(sealed: string): boolean;
}

/** The sealed text was changed, moved, or made with a key that is not here. Says nothing of the content. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** `keys`: the active one first, then those that may still be needed for opening. Throws when there is none. */
export function createSealer({ keys, random }: { keys: readonly MasterKey[]; random: Random }): Sealer {
  const active = keys[0];
  if (active === undefined) throw new TypeError('A sealer needs a master key: without one nothing is stored.');
  // A cipher takes a key object in a fifth of the time that it takes bytes.
  const byId = new Map<string, KeyObject>();
  for (const { id, key } of keys) {
    if (!/^[A-Za-z0-9]{1,16}$/.test(id)) throw new TypeError('The id of a master key is 1 to 16 letters and digits.');
    if (key.length !== KEY) throw new TypeError(`The master key ${id} is not ${KEY} bytes long.`);
    if (byId.has(id)) throw new TypeError(`Two master keys have the id ${id}.`);
    byId.set(id, createSecretKey(key));
  }
  const activeKey = createSecretKey(active.key);
  return {
    seal(plaintext, place) {
      const bound = binding(active.id, place);
      const dataKey = random.bytes(KEY);
      const wrapped = encrypt(activeKey, random.bytes(NONCE), dataKey, Buffer.concat([bound, Buffer.from('key')]));
      const value = encrypt(createSecretKey(dataKey), random.bytes(NONCE), Buffer.from(plaintext, 'utf8'), bound);
      return [VERSION, active.id, wrapped.toString('base64url'), value.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const { id, wrapped, value } = parse(sealed);
      const key = byId.get(id);
      if (key === undefined) throw new SealError(`The master key ${id} is not here.`);
      const bound = binding(id, place);
      const dataKey = decrypt(key, wrapped, Buffer.concat([bound, Buffer.from('key')]));
      return decrypt(createSecretKey(dataKey), value, bound).toString('utf8');
    },
    needsReseal: (sealed) => parse(sealed).id !== active.id,
  };
}

function parse(sealed: string): { id: string; wrapped: Buffer; value: Buffer } {
  const [, id, wrapped, value] = /^s1\.([A-Za-z0-9]{1,16})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(sealed) ?? [];
  if (id === undefined || wrapped === undefined || value === undefined)
    throw new SealError('This is not a sealed value.');
  return { id, wrapped: bytesOf(wrapped), value: bytesOf(value) };
}

// One accepted spelling per value: spare bits in the last letter would be a second one.
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < NONCE + TAG || bytes.toString('base64url') !== text)
    throw new SealError('The sealed value is damaged.');
  return bytes;
}

// Each part with its length before it, so that no two places read the same.
function binding(keyId: string, place: SealedLocation): Buffer {
  const parts = [VERSION, keyId, place.table, place.column, place.row];
  const bound = Buffer.alloc(parts.reduce((size, part) => size + 4 + Buffer.byteLength(part), 0));
  let at = 0;
  for (const part of parts) {
    const length = bound.write(part, at + 4);
    bound.writeUInt32BE(length, at);
    at += 4 + length;
  }
  return bound;
}

function encrypt(key: KeyObject, nonce: Uint8Array, plain: Uint8Array, bound: Uint8Array): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: KeyObject, sealed: Buffer, bound: Uint8Array): Buffer {
  const end = sealed.length - TAG;
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(bound).setAuthTag(sealed.subarray(end));
    const plain = decipher.update(sealed.subarray(NONCE, end));
    // In this mode it gives nothing more, and throws where anything was changed.
    decipher.final();
    return plain;
  } catch {
    throw new SealError('The sealed value was changed, moved, or sealed with another key.');
  }
}

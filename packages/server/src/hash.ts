// The hot path uses keyed hashes: libsodium's BLAKE2b. Wire formats that say HMAC-SHA256 use node:crypto instead.
import sodium from 'sodium-native';

/** Texts up to a third of this are written into one buffer that is used again and again. */
const scratch = Buffer.alloc(6144);

/** Keyed BLAKE2b. `key` 16-64 bytes, `length` 16-64 bytes. */
export function keyedHash(key: Uint8Array, text: string | Uint8Array, length = 32): Buffer {
  const out = Buffer.alloc(length);
  sodium.crypto_generichash(out, typeof text === 'string' ? bytesOf(text) : text, key);
  return out;
}

function bytesOf(text: string): Uint8Array {
  return text.length * 3 <= scratch.length ? scratch.subarray(0, scratch.write(text)) : Buffer.from(text);
}

/** Keyed hash as url-safe text: how presented values are looked up. */
export function keyedHashText(key: Uint8Array, text: string | Uint8Array): string {
  return keyedHash(key, text, 32).toString('base64url');
}

/** A key for one purpose only; two purposes never share one. */
export function deriveKey(root: Uint8Array, purpose: string, installation: string): Buffer {
  return keyedHash(root, `hallpass/1/${installation}/${purpose}`, 32);
}

/** Compares two texts in constant time, whatever their lengths. */
export function sameText(key: Uint8Array, a: string, b: string): boolean {
  return sodium.sodium_memcmp(keyedHash(key, a), keyedHash(key, b));
}

/** Compares two hashes of one length in constant time. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return sodium.sodium_memcmp(a, b);
}

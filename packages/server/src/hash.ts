// Keyed hashing of the hot path: libsodium's BLAKE2b. Wire formats that say HMAC-SHA256 use node:crypto instead.
import sodium from 'sodium-native';

const encoder = new TextEncoder();

/** Keyed BLAKE2b. `key` 16-64 bytes, `length` 16-64 bytes. */
export function keyedHash(key: Uint8Array, text: string | Uint8Array, length = 32): Buffer {
  const out = Buffer.alloc(length);
  sodium.crypto_generichash(out, typeof text === 'string' ? encoder.encode(text) : text, key);
  return out;
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

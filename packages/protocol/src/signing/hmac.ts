// This module makes the keyed hashes of the wire: HMAC-SHA256 by WebCrypto over the text bytes of key and message.
// Checking is left to WebCrypto too, which compares in constant time (threats I-15).

const utf8 = new TextEncoder();
type Hash = 'SHA-256' | 'SHA-1';

function importKey(secret: string, use: 'sign' | 'verify', hash: Hash = 'SHA-256') {
  if (secret === '') throw new TypeError('an empty secret proves nothing');
  return crypto.subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash }, false, [use]);
}

async function sign(secret: string, message: string, hash: Hash): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await importKey(secret, 'sign', hash), utf8.encode(message)));
}

/** Lower-case hex digits, as headers and proofs spell a hash. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** HMAC-SHA256, 32 bytes. Throws TypeError for an empty secret. */
export const hmac = (secret: string, message: string): Promise<Uint8Array> => sign(secret, message, 'SHA-256');

/**
 * HMAC-SHA1, 20 bytes: only for what older receivers check beside HMAC-SHA256, never for what is checked here. Throws
 * TypeError for an empty secret.
 */
export const hmacSha1 = (secret: string, message: string): Promise<Uint8Array> => sign(secret, message, 'SHA-1');

/** True when `presented` is the HMAC-SHA256 of `message`. Throws TypeError for an empty secret. */
export async function isHmac(presented: Uint8Array<ArrayBuffer>, secret: string, message: string): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await importKey(secret, 'verify'), presented, utf8.encode(message));
}

// Keyed hashes of the wire: HMAC-SHA256 by WebCrypto over the text bytes of key and message. Checking is left to WebCrypto
// too, which compares in constant time (threats I-15).

const utf8 = new TextEncoder();
const algorithm = { name: 'HMAC', hash: 'SHA-256' } as const;

function importKey(secret: string, use: 'sign' | 'verify') {
  if (secret === '') throw new TypeError('an empty secret proves nothing');
  return crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, [use]);
}

/** HMAC-SHA256, 32 bytes. Throws TypeError for an empty secret. */
export async function hmac(secret: string, message: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(algorithm.name, await importKey(secret, 'sign'), utf8.encode(message)));
}

/** True when `presented` is the HMAC-SHA256 of `message`. Throws TypeError for an empty secret. */
export async function isHmac(presented: Uint8Array<ArrayBuffer>, secret: string, message: string): Promise<boolean> {
  return crypto.subtle.verify(algorithm.name, await importKey(secret, 'verify'), presented, utf8.encode(message));
}

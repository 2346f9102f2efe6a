// Text of ours travels with a browser and comes back unread and unchanged: XChaCha20-Poly1305, spelled in base64url.
// Whatever is sealed says itself for whom and until when it is good.
import type { Random } from '@hallpass/protocol';
import sodium from 'sodium-native';

const NONCE = 24;
const TAG = 16;

interface SealedText {
  text: string;
  /** No two sealed texts have the same. */
  nonce: Uint8Array;
}

/** @param context what the text is for: it opens for nothing else */
export function sealText(key: Buffer, random: Random, context: Buffer, plain: Buffer): SealedText {
  const out = Buffer.alloc(NONCE + plain.length + TAG);
  const nonce = random.bytes(NONCE);
  out.set(nonce);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(out.subarray(NONCE), plain, context, null, nonce, key);
  return { text: out.toString('base64url'), nonce };
}

/** Undefined for everything that was not sealed with this key for this context. */
export function openSealedText(
  key: Buffer,
  context: Buffer,
  text: string,
): { plain: Buffer; nonce: Uint8Array } | undefined {
  const bytes = Buffer.from(text, 'base64url');
  // One accepted spelling: the last letter of base64 has bits that mean nothing.
  if (bytes.length <= NONCE + TAG || bytes.toString('base64url') !== text) return undefined;
  const nonce = bytes.subarray(0, NONCE);
  const plain = Buffer.alloc(bytes.length - NONCE - TAG);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, bytes.subarray(NONCE), context, nonce, key);
  } catch {
    return undefined;
  }
  return { plain, nonce };
}

// Values that were sealed before libsodium did it still open: each has its own data key, which is wrapped by the sealing
// key, both with AES-256-GCM and random 96-bit nonces. As text: `s1.<key id>.<wrapped data key>.<value>`, each part
// nonce, ciphertext, tag in base64url. None is made any more.
import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { binder, bytesOf, SealError, type SealedLocation } from './seal-parts.ts';

const FORM = 's1';
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** Opens values of the older form that one key sealed; it is handed what follows the key id. */
export function olderOpener(id: string, key: Uint8Array): (parts: string, place: SealedLocation) => string {
  // A cipher takes a key object in a fifth of the time that it takes bytes.
  const wrapping = createSecretKey(key);
  const bind = binder(FORM, id);
  return (parts, place) => {
    const [wrapped, value, more] = parts.split('.');
    if (wrapped === undefined || value === undefined || more !== undefined)
      throw new SealError('This is not a sealed value.');
    const bound = bind(place);
    const dataKey = decrypt(wrapping, bytesOf(wrapped, NONCE + TAG), Buffer.concat([bound, Buffer.from('key')]));
    return decrypt(createSecretKey(dataKey), bytesOf(value, NONCE + TAG), bound).toString('utf8');
  };
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

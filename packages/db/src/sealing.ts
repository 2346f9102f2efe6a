// Stored secrets are encrypted at rest: each value with XChaCha20-Poly1305 under a key for sealing, with a random 192-bit
// nonce, which never runs out however many values a key seals. Where the value stands (table, column, row) is bound in,
// so a value moved elsewhere does not open (CR-05). As text: `s2.<key id>.<value>`, the value being nonce, ciphertext and
// tag in base64url. Values of the form `s1` still open, see older-seal.ts.
import type { Random } from '@hallpass/protocol';
import sodium from 'sodium-native';
import { olderOpener } from './older-seal.ts';
import { binder, bytesOf, SealError, type SealedLocation } from './seal-parts.ts';

export { SealError, type SealedLocation };

const FORM = 's2';
const NONCE = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
const TAG = sodium.crypto_aead_xchacha20poly1305_ietf_ABYTES;
const KEY = 32;
/** Each of the two forms has a key of its own, derived from the one that is given. */
const PURPOSE = Buffer.from('hallpass/seal/s2');

/** A key that seals values. */
export interface MasterKey {
  /** Letters and digits, at most 16: names the key in sealed text. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface Sealer {
  /** Seals `plaintext` for this place with the active key. The same text is never sealed the same way twice. */
  seal(plaintext: string, place: SealedLocation): string;
  /** Opens what was sealed for this very place. Throws `SealError` for everything else: treat the value as missing. */
  open(sealed: string, place: SealedLocation): string;
  /** True when `sealed` was made with a key that is no longer the active one: open it and seal it again. */
  needsReseal(sealed: string): boolean;
}

/** Opens what one key has sealed; it is handed what follows the key id. */
type Opener = (parts: string, place: SealedLocation) => string;

/** `keys`: the active one first, then those that may still be needed for opening. Throws when there is none. */
export function createSealer({ keys, random }: { keys: readonly MasterKey[]; random: Random }): Sealer {
  const active = keys[0];
  if (active === undefined) throw new TypeError('A sealer needs a master key: without one nothing is stored.');
  /** By the beginning of sealed text: its form and key. */
  const openers = new Map<string, Opener>();
  for (const { id, key } of keys) {
    if (!/^[A-Za-z0-9]{1,16}$/.test(id)) throw new TypeError('The id of a master key is 1 to 16 letters and digits.');
    if (key.length !== KEY) throw new TypeError(`The master key ${id} is not ${KEY} bytes long.`);
    if (openers.has(`${FORM}.${id}`)) throw new TypeError(`Two master keys have the id ${id}.`);
    openers.set(`${FORM}.${id}`, opener(id, derived(key)));
    openers.set(`s1.${id}`, olderOpener(id, key));
  }
  const activeKey = derived(active.key);
  const bind = binder(FORM, active.id);
  return {
    seal(plaintext, place) {
      const plain = Buffer.from(plaintext, 'utf8');
      const value = Buffer.alloc(NONCE + plain.length + TAG);
      const nonce = random.bytes(NONCE);
      value.set(nonce);
      const sealed = value.subarray(NONCE);
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, plain, bind(place), null, nonce, activeKey);
      return `${FORM}.${active.id}.${value.toString('base64url')}`;
    },
    open(sealed, place) {
      const head = headOf(sealed);
      const open = openers.get(head);
      if (open === undefined) throw new SealError(`The master key ${head.slice(3)} is not here.`);
      return open(sealed.slice(head.length + 1), place);
    },
    needsReseal: (sealed) => headOf(sealed).slice(3) !== active.id,
  };
}

function derived(key: Uint8Array): Uint8Array {
  const out = Buffer.alloc(KEY);
  sodium.crypto_generichash(out, PURPOSE, key);
  return out;
}

/** The beginning of sealed text: form and key id. @throws SealError for other text */
function headOf(sealed: string): string {
  const end = sealed.indexOf('.', 3);
  const head = sealed.slice(0, Math.max(0, end));
  if (!/^s[12]\.[A-Za-z0-9]{1,16}$/.test(head)) throw new SealError('This is not a sealed value.');
  return head;
}

/** A value that is not longer is opened in memory that is used again and again, and cleared each time. */
const scratch = Buffer.alloc(8192);

function opener(id: string, key: Uint8Array): Opener {
  const bind = binder(FORM, id);
  return (parts, place) => {
    const value = bytesOf(parts, NONCE + TAG);
    const length = value.length - NONCE - TAG;
    const plain = length <= scratch.length ? scratch.subarray(0, length) : Buffer.alloc(length);
    const nonce = value.subarray(0, NONCE);
    try {
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(plain, null, value.subarray(NONCE), bind(place), nonce, key);
      return plain.toString('utf8');
    } catch {
      throw new SealError('The sealed value was changed, moved, or sealed with another key.');
    } finally {
      plain.fill(0);
    }
  };
}

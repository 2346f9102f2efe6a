// A dialog that nobody has logged in to yet travels with the browser: its forms carry the request itself, sealed, so
// that strangers who open dialogs write nothing (threats DL-20). What was sealed opens unchanged only, for the browser
// that it was shown to, and for as long as a dialog may take. XChaCha20-Poly1305; the key changes with a fence, as that
// of stored ones does.
import { parseJson, shape } from '@hallpass/protocol';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import sodium from 'sodium-native';
import { keyedHashText } from '../hash.ts';
import type { Installation } from '../installation/installation.ts';
import { type DialogRequest, requestShape } from './request.ts';

interface SealedInteraction {
  /** Hash of the cookie of the browser that began it. */
  browser: string;
  /** Epoch seconds. */
  expiresAt: number;
  request: DialogRequest;
}

const interactionShape = shape.object<SealedInteraction>({
  browser: shape.text,
  expiresAt: shape.number,
  request: requestShape,
});

/** A sealed interaction that was opened. */
interface OpenedInteraction extends SealedInteraction {
  /**
   * The name that it has once it is stored: one sealed dialog becomes one stored dialog, however often its form is
   * sent.
   */
  id: string;
}

const PREFIX = 'd.';
const NONCE = 24;
const TAG = 16;
/** The longest sealed dialog, in characters. The longest request that the dialog takes stays below it. */
const LONGEST = 49_152;
const form = /^d\.[\w-]+$/;
const context = Buffer.from('hallpass/dialog/1');

export const isSealed = (id: string): boolean => id.startsWith(PREFIX);

const idOf = ({ keys }: Installation, nonce: Uint8Array): string =>
  keyedHashText(keys.interaction, Buffer.concat([context, nonce]));

/** @returns `text`, which the forms of the dialog carry, and `id`, which names it once it is stored */
export function sealInteraction(
  installation: Installation,
  interaction: SealedInteraction,
): { text: string; id: string } {
  const { keys, world } = installation;
  const plain = deflateRawSync(JSON.stringify(interaction));
  const out = Buffer.alloc(NONCE + plain.length + TAG);
  const nonce = world.random.bytes(NONCE);
  out.set(nonce);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(out.subarray(NONCE), plain, context, null, nonce, keys.dialog);
  return { text: PREFIX + out.toString('base64url'), id: idOf(installation, nonce) };
}

/**
 * Undefined for everything that this installation has not sealed. Whose it is, and whether it is over, is for the
 * caller to judge.
 */
export function openInteraction(installation: Installation, text: string): OpenedInteraction | undefined {
  if (text.length > LONGEST || !form.test(text)) return undefined;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
  // One accepted spelling: the last letter of base64 has bits that mean nothing.
  if (bytes.length <= NONCE + TAG || bytes.toString('base64url') !== text.slice(PREFIX.length)) return undefined;
  const nonce = bytes.subarray(0, NONCE);
  const plain = Buffer.alloc(bytes.length - NONCE - TAG);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      plain,
      null,
      bytes.subarray(NONCE),
      context,
      nonce,
      installation.keys.dialog,
    );
  } catch {
    return undefined;
  }
  const interaction = parseJson(interactionShape, inflateRawSync(plain).toString());
  return interaction && { ...interaction, id: idOf(installation, nonce) };
}

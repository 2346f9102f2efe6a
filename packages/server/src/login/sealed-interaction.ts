// A dialog that nobody has logged in to yet travels with the browser: its forms carry the request itself, sealed, so
// that strangers who open dialogs write nothing (threats DL-20). What was sealed opens unchanged only, for the browser
// that it was shown to, and for as long as a dialog may take. The key changes with a fence, as that of stored ones does.
import { parseJson, shape } from '@hallpass/protocol';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { keyedHashText } from '../hash.ts';
import type { Installation } from '../installation/installation.ts';
import { openSealedText, sealText } from '../sealed-text.ts';
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
  const sealed = sealText(keys.dialog, world.random, context, deflateRawSync(JSON.stringify(interaction)));
  return { text: PREFIX + sealed.text, id: idOf(installation, sealed.nonce) };
}

/**
 * Undefined for everything that this installation has not sealed. Whose it is, and whether it is over, is for the
 * caller to judge.
 */
export function openInteraction(installation: Installation, text: string): OpenedInteraction | undefined {
  if (text.length > LONGEST || !form.test(text)) return undefined;
  const opened = openSealedText(installation.keys.dialog, context, text.slice(PREFIX.length));
  if (!opened) return undefined;
  const interaction = parseJson(interactionShape, inflateRawSync(opened.plain).toString());
  return interaction && { ...interaction, id: idOf(installation, opened.nonce) };
}

// This module turns bytes into text, without guessing.
import type { GraphError } from '../errors/refusal.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes as UTF-8 text; where they are not, `otherwise` is thrown: nothing is ever replaced. */
export function textOf(bytes: Uint8Array, otherwise: () => GraphError): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw otherwise();
  }
}

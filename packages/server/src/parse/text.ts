// This module turns bytes into text, without guessing.
import { isAscii, isUtf8 } from 'node:buffer';
import type { GraphError } from '@hallpass/protocol';

/** The bytes as UTF-8 text; where they are not, `otherwise` is thrown: nothing is ever replaced. */
export function textOf(bytes: Buffer, otherwise: () => GraphError): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) throw otherwise();
  return bytes.toString('utf8');
}

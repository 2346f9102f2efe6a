// Logs name a token by its fingerprint: the first 12 hex digits of a keyed hash, never a part of the token.
import { keyedHash } from '../hash.ts';
import type { PurposeKeys } from './keys.ts';

export function fingerprint(keys: PurposeKeys, token: string): string {
  return keyedHash(keys.fingerprint, token, 16).toString('hex').slice(0, 12);
}

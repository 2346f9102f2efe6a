// PKCE (RFC 7636) is checked here: whether a verifier fits the challenge that the dialog was given. A verifier where no
// challenge was sent is refused as well: it shows that the code is not the one its client asked for (threats DL-11; RFC
// 9700, section 4.8).
import { shape } from '@hallpass/protocol';
import { createHash } from 'node:crypto';
import { sameText } from '../hash.ts';
import type { PurposeKeys } from '../tokens/keys.ts';

/** A client announces this in the dialog. */
export interface Challenge {
  value: string;
  method: 'S256' | 'plain';
}

/** As it is stored until the code is over. */
export const challengeShape = shape.object<Challenge>({ value: shape.text, method: shape.oneOf('S256', 'plain') });

const verifierForm = /^[A-Za-z0-9._~-]{43,128}$/;

/** The challenge that a verifier answers. */
const challengeOf = (verifier: string, method: Challenge['method']): string =>
  method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');

export function fitsChallenge(
  keys: PurposeKeys,
  challenge: Challenge | undefined,
  verifier: string | undefined,
): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === undefined && verifier === undefined;
  return (
    verifierForm.test(verifier) && sameText(keys.compare, challengeOf(verifier, challenge.method), challenge.value)
  );
}

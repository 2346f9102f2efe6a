// PKCE: the dialog is given the hash of a secret, and the secret comes with the code (RFC 7636).
import { createHash } from 'node:crypto';
import { type Random, Secret } from '@hallpass/protocol';

/** A verifier of 43 letters, and its challenge by S256. */
export function newVerifier(random: Random): { verifier: Secret; challenge: string } {
  const verifier = Buffer.from(random.bytes(32)).toString('base64url');
  return { verifier: new Secret(verifier), challenge: createHash('sha256').update(verifier).digest('base64url') };
}

// Random texts of a log-in, and the proof key of RFC 7636: a program has no secret, so it shows that it is the one that
// began the log-in.
import { sha256, toBase64url } from '@hallpass/protocol';
import type { Surroundings } from '../surroundings.ts';

const RANDOM = 32;

/** 43 letters, digits, `-` and `_`. */
export const randomText = ({ bytes }: Pick<Surroundings, 'bytes'>): string => toBase64url(bytes(RANDOM));

interface ProofKey {
  code_verifier: string;
  code_challenge: string;
}

export async function createProofKey(surroundings: Pick<Surroundings, 'bytes'>): Promise<ProofKey> {
  const verifier = randomText(surroundings);
  return { code_verifier: verifier, code_challenge: await sha256(verifier) };
}

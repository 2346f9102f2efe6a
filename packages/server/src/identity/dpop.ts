// This module checks DPoP proofs (RFC 9449): the caller shows that it holds the key that an id_token is bound to, for
// this one call. Form as the iOS SDK builds it: ES256, the key in the header, `ath` the hash of the id_token.
import { lifetimes } from '@hallpass/protocol';
import type { JWTPayload } from 'jose';
import { createHash } from 'node:crypto';
import { keyedHashText } from '../hash.ts';
import * as singleUse from '../store/codes/single-use.ts';
import { change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';

interface DpopContext {
  /** The header as it came. */
  proof: string;
  method: string;
  /** Addresses that are this call's, without query. */
  addresses: readonly string[];
  /** The token or code that is presented with the proof. */
  bound: string;
  /** The thumbprint (RFC 7638) that `bound` names. */
  thumbprint: string;
}

const LONGEST = 4096;
const LONGEST_ID = 256;

/** True where the proof fits and was not used before; it is used up. */
export async function proves(installation: ChangeContext, asked: DpopContext): Promise<boolean> {
  const claims = await signedBy(installation, asked);
  if (!claims) return false;
  const { clock } = installation.world;
  const now = clock.now();
  const fits =
    claims.htm === asked.method &&
    typeof claims.htu === 'string' &&
    asked.addresses.includes(claims.htu.replace(/[?#].*$/, '')) &&
    claims.ath === createHash('sha256').update(asked.bound).digest('base64url') &&
    typeof claims.iat === 'number' &&
    claims.iat >= now - lifetimes.dpopProof &&
    claims.iat <= now + lifetimes.dpopProofAhead &&
    typeof claims.jti === 'string' &&
    claims.jti.length > 0 &&
    claims.jti.length <= LONGEST_ID;
  return fits && useUp(installation, asked.thumbprint, claims.jti as string, now);
}

/** The claims, where the key in the header signed them and is the one that is asked for. */
async function signedBy(
  { world }: Pick<Installation, 'world'>,
  { proof, thumbprint }: DpopContext,
): Promise<JWTPayload | undefined> {
  if (proof === '' || proof.length > LONGEST) return undefined;
  const { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify } = await import('jose');
  try {
    const { jwk } = decodeProtectedHeader(proof);
    if (
      !jwk ||
      jwk.kty !== 'EC' ||
      jwk.crv !== 'P-256' ||
      'd' in jwk ||
      (await calculateJwkThumbprint(jwk)) !== thumbprint
    )
      return undefined;
    const options = { algorithms: ['ES256'], typ: 'dpop+jwt', currentDate: new Date(world.clock.now() * 1000) };
    return (await jwtVerify(proof, EmbeddedJWK, options)).payload;
  } catch {
    return undefined;
  }
}

/** @returns false for a `jti` that this key has used already */
function useUp(installation: ChangeContext, thumbprint: string, id: string, now: number): Promise<boolean> {
  const hash = keyedHashText(installation.keys.singleUse, `dpop_proof:${thumbprint}:${id}`);
  const expires = now + lifetimes.dpopProof + lifetimes.dpopProofAhead;
  const row = {
    hash,
    kind: 'dpop_proof',
    app_id: null,
    person_id: null,
    payload: '{}',
    expires_at: expires,
    used_at: now,
    tries: 0,
  } as const;
  return change(installation, ({ tx }) => singleUse.claim(tx, row));
}

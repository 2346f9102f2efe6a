// This module makes and checks codes by time (RFC 6238): six digits, a new one every 30 seconds, and one step before
// and after the present one, for clocks that differ. The secret comes from the World's chance, the moment from its
// clock.
import { generateSync, generateURI, ScureBase32Plugin } from 'otplib';
import { sameText } from '../../hash.ts';
import type { Installation } from '../../installation/installation.ts';

const STEP = 30;
/** Steps on either side of the present one. */
const DRIFT = 1;
const SECRET_BYTES = 20;
const codeForm = /^\d{6}$/;

const base32 = new ScureBase32Plugin();

/** A new secret of 160 bits, in base32. */
export const newSecret = ({ world }: Pick<Installation, 'world'>): string =>
  base32.encode(world.random.bytes(SECRET_BYTES), { padding: false });

/** Makes the text of the QR code: authenticator apps read it. */
export const setUpAddress = (issuer: string, label: string, secret: string): string =>
  generateURI({ issuer, label, secret });

/** The code of a moment, epoch seconds: for tests and tools that play the authenticator. */
export const codeAt = (secret: string, moment: number): string => generateSync({ secret, epoch: moment, period: STEP });

/**
 * The step whose code this is; undefined for none. Every step is compared, each in constant time, and steps up to
 * `after` never
 * match: a code counts once.
 */
export function stepOf(
  { world, keys }: Pick<Installation, 'keys' | 'world'>,
  secret: string,
  code: string,
  after: number,
): number | undefined {
  const present = Math.floor(world.clock.now() / STEP);
  let found: number | undefined;
  for (let step = present - DRIFT; step <= present + DRIFT; step++) {
    const right = sameText(keys.compare, code, codeAt(secret, step * STEP));
    if (right && step > after && found === undefined) found = step;
  }
  return codeForm.test(code) ? found : undefined;
}

// A person can have a second factor: turned on by confirming a code, asked for after the password, turned off by
// password and code. Recovery codes stand in when the device is lost; each works once and only its hash is stored.
import { keyedHashText } from '../../hash.ts';
import { change, type Change, type ChangeContext } from '../../liveness/change.ts';
import type { Installation } from '../../installation/installation.ts';
import * as people from '../../store/people/people.ts';
import { tellPerson } from '../account-notices.ts';
import * as secondFactors from '../../store/people/second-factors.ts';
import { newSecret, stepOf } from './one-time-code.ts';
import type { PersonId } from '../../store/ids.ts';

/** Seconds in which an offered secret can be confirmed. */
const OFFER = 1800;
const RECOVERY_CODES = 10;
/** The alphabet lacks letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const recoveryForm = new RegExp(`^[${ALPHABET}]{10}$`);

/** Reduces a code to what counts, however it was typed: people group digits, and write small letters large. */
const plain = (typed: string): string => (typed.length > 40 ? '' : typed.replace(/[\s-]/g, '').toLowerCase());

const recoveryHash = ({ keys }: Pick<Installation, 'keys'>, personId: PersonId, code: string): string =>
  keyedHashText(keys.singleUse, `recovery_code:${personId}:${code}`);

/** Offers a new secret, to be confirmed within half an hour. @returns undefined where a factor is on already */
export function offerSecondFactor(installation: ChangeContext, personId: PersonId): Promise<string | undefined> {
  const secret = newSecret(installation);
  return change(installation, async ({ tx }) => {
    await people.holdForChange(tx, personId);
    const offered = await secondFactors.offer(
      tx,
      installation.sealer,
      personId,
      secret,
      installation.world.clock.now(),
    );
    return offered ? secret : undefined;
  });
}

const isOffered = ({ offeredAt }: secondFactors.SecondFactor, now: number): boolean =>
  offeredAt !== null && offeredAt > now - OFFER;

/** The secret that is on offer; undefined where there is none, or no longer. */
export async function offeredSecret(
  { db, sealer, world }: Pick<Installation, 'db' | 'sealer' | 'world'>,
  personId: PersonId,
): Promise<string | undefined> {
  const factor = await secondFactors.find(db.read, sealer, personId);
  return factor && isOffered(factor, world.clock.now()) ? factor.secret : undefined;
}

/**
 * Turns the offered factor on, within a change. @returns the recovery codes, to be shown once; undefined for a wrong
 * code
 */
export async function confirmSecondFactor(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  making: Change,
  personId: PersonId,
  typed: string,
): Promise<string[] | undefined> {
  const now = installation.world.clock.now();
  await people.holdForChange(making.tx, personId);
  const factor = await secondFactors.find(making.tx, installation.sealer, personId);
  if (!factor || factor.secret === undefined || !isOffered(factor, now)) return undefined;
  const step = stepOf(installation, factor.secret, plain(typed), 0);
  if (step === undefined || !(await secondFactors.confirm(making.tx, personId, step))) return undefined;
  const codes = await newRecoveryCodes(installation, making, personId);
  tell(making, 'auth.second_factor.on', personId);
  return codes;
}

/** Ten new recovery codes in place of all earlier ones, within a change. @returns them, to be shown once */
export async function newRecoveryCodes(
  installation: Pick<Installation, 'keys' | 'world'>,
  making: Change,
  personId: PersonId,
): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(installation));
  await secondFactors.setRecoveryCodes(
    making.tx,
    personId,
    codes.map((code) => recoveryHash(installation, personId, code)),
  );
  tell(making, 'auth.second_factor.recovery_codes', personId);
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

function recoveryCode({ world }: Pick<Installation, 'world'>): string {
  let code = '';
  // Bytes beyond the last whole multiple would make some letters likelier than others.
  const fair = 256 - (256 % ALPHABET.length);
  while (code.length < 10)
    for (const byte of world.random.bytes(16))
      if (byte < fair && code.length < 10) code += ALPHABET[byte % ALPHABET.length];
  return code;
}

/** Turns the factor off, within a change. @returns whether one was on */
export async function removeSecondFactor(
  installation: Pick<Installation, 'world'>,
  making: Change,
  personId: PersonId,
): Promise<boolean> {
  if (!(await secondFactors.remove(making.tx, personId))) return false;
  tell(making, 'auth.second_factor.off', personId);
  tellPerson(installation, making, personId, 'second_factor_off');
  return true;
}

/**
 * Uses up a code of the person, by time or for recovery, within a change. @returns false for one that is wrong, or was
 * used before
 */
export async function useCode(
  installation: Pick<Installation, 'keys' | 'sealer' | 'world'>,
  making: Change,
  personId: PersonId,
  typed: string,
): Promise<boolean> {
  const { tx } = making;
  const code = plain(typed);
  const factor = await secondFactors.find(tx, installation.sealer, personId);
  if (!factor || factor.offeredAt !== null) return false;
  if (recoveryForm.test(code)) {
    const used = await secondFactors.useRecoveryCode(
      tx,
      personId,
      recoveryHash(installation, personId, code),
      installation.world.clock.now(),
    );
    if (used) tell(making, 'auth.second_factor.recovery_used', personId);
    return used;
  }
  const step = factor.secret === undefined ? undefined : stepOf(installation, factor.secret, code, factor.lastStep);
  return step !== undefined && secondFactors.useStep(tx, personId, step);
}

function tell(
  { event }: Change,
  name:
    | 'auth.second_factor.on'
    | 'auth.second_factor.off'
    | 'auth.second_factor.recovery_codes'
    | 'auth.second_factor.recovery_used',
  personId: PersonId,
): void {
  event({ name, outcome: 'ok', actorKind: 'person', actorId: personId, targetId: personId });
}

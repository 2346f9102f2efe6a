// Steps about the person and the proof that it is them.
import { lockReason } from '../../people/lock.ts';
import { asksForCode } from '../../people/sign-in.ts';
import * as singleUse from '../../store/codes/single-use.ts';
import { nonceHash } from '../nonce.ts';
import type { DialogStop, Visit } from '../visit.ts';

/** A nonce of the app counts once; it is used up when the dialog is finished (threats DL-15). */
export async function nonceFresh({ installation, request }: Visit): Promise<DialogStop | undefined> {
  if (request.authNonce === undefined) return undefined;
  const used = await singleUse.find(installation.db.read, nonceHash(installation, request.appId, request.authNonce));
  return used ? { is: 'blocked', reason: 'nonce_used' } : undefined;
}

export function personSignedIn(visit: Visit): DialogStop | undefined {
  if (!visit.signedIn) return { is: 'log_in' };
  visit.me = visit.signedIn;
  return undefined;
}

export async function accountUsable({ installation, me }: Visit): Promise<DialogStop | undefined> {
  if (me.person.state === 'checkpoint')
    return { is: 'checkpoint', reason: await lockReason(installation, me.person.id) };
  return me.person.state === 'unconfirmed' ? { is: 'unconfirmed' } : undefined;
}

/** `auth_type=reauthenticate`: the password is asked in every dialog, however fresh the session is. */
export async function passwordProven({ installation, request, answers, me }: Visit): Promise<DialogStop | undefined> {
  if (!request.authType.includes('reauthenticate') || answers.proven) return undefined;
  return { is: 'reauthenticate', code: await asksForCode(installation, me) };
}

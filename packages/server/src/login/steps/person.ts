// These steps are about the person and the proof that it is them.
import { checkpointReason } from '../../people/lock.ts';
import { asksForCode } from '../../people/sign-in/sign-in.ts';
import * as singleUse from '../../store/codes/single-use.ts';
import { nonceHash } from '../nonce.ts';
import type { DialogStop, Findings, VisitStart, VisitWith } from '../visit.ts';

/** A nonce of the app counts once; it is used up when the dialog is finished (threats DL-15). */
export async function nonceFresh({ installation, request }: VisitStart): Promise<DialogStop | undefined> {
  if (request.authNonce === undefined) return undefined;
  const used = await singleUse.find(installation.db.read, nonceHash(installation, request.appId, request.authNonce));
  return used ? { is: 'blocked', reason: 'nonce_used' } : undefined;
}

export function personSignedIn({ signedIn }: VisitStart): DialogStop | Pick<Findings, 'me'> {
  return signedIn ? { me: signedIn } : { is: 'log_in' };
}

export async function accountUsable({ installation, me }: VisitWith<'me'>): Promise<DialogStop | undefined> {
  if (me.person.state === 'checkpoint')
    return { is: 'checkpoint', reason: await checkpointReason(installation, me.person.id) };
  if (me.person.state === 'locked') return { is: 'locked' };
  return me.person.state === 'unconfirmed' ? { is: 'unconfirmed' } : undefined;
}

/** `auth_type=reauthenticate`: the password is asked in every dialog, however fresh the session is. */
export async function passwordProven({
  installation,
  request,
  answers,
  me,
}: VisitWith<'me'>): Promise<DialogStop | undefined> {
  if (!request.authType.includes('reauthenticate') || answers.proven) return undefined;
  return { is: 'reauthenticate', code: await asksForCode(installation, me) };
}

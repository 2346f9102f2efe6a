// The e-mail address is the name that a person logs in with, so another one is changed as carefully as the password: the
// caller has proven it, tries are bounded, and the address of before hears of it. Nobody proves here that the new address
// is theirs: what waits for its owner, such as an invitation to an app, does not come with it.
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import * as appInvitations from '../store/apps/app-invitations.ts';
import * as attempts from '../store/codes/attempts.ts';
import * as people from '../store/people/people.ts';
import { appInvitation } from '../liveness/waiting/waiting-kinds.ts';
import { DAY } from '@hallpass/protocol';
import { tellPerson } from './account-notices.ts';

/** Tries of one person in a day: whether an address is taken must not be asked without end (threats TB-02). */
const MOST_TRIES = 10;

/**
 * Changes the address within a change.
 * @param email the new one in its stored form, and not the present one
 * @returns the reason why not; undefined when it is done
 */
export async function changeEmail(
  installation: Pick<Installation, 'settings' | 'world'>,
  making: Change,
  { id, email: before }: people.Person,
  email: string,
): Promise<'taken' | 'too_often' | undefined> {
  const { tx, event } = making;
  const now = installation.world.clock.now();
  const tries = await attempts.count(tx, `email:${id}`, now, { seconds: DAY, most: MOST_TRIES });
  if (installation.settings.guessingLimits && tries > MOST_TRIES) return 'too_often';
  if (await people.byEmail(tx, email)) return 'taken';
  await people.setEmail(tx, id, email);
  for (const invitation of await appInvitations.toAddress(tx, email))
    await appInvitation.withdraw(making, invitation, now);
  event({ name: 'account.email.changed', outcome: 'ok', actorKind: 'person', actorId: id, targetId: id });
  if (before !== null) tellPerson(installation, making, id, 'email_changed', before);
  return undefined;
}

// A new password ends what the old one opened: every other session, and every token of the person and of their Pages
// (190, subcode 460).
import type { Actor, Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { tellPerson } from './account-notices.ts';
import * as people from '../store/people/people.ts';
import * as webSessions from '../store/people/web-sessions.ts';
import { FIRST_PARTY, type PersonId } from '../store/ids.ts';

/**
 * Sets it, inside a change.
 * @param hash the stored form, from `newHash`
 * @param keep id of the session that goes on
 */
export async function setPassword(
  installation: Pick<Installation, 'world'>,
  change: Change,
  personId: PersonId,
  hash: string,
  by: Actor,
  keep?: string,
): Promise<void> {
  await people.setPassword(change.tx, personId, hash);
  await webSessions.endAll(change.tx, personId, installation.world.clock.now(), keep);
  await change.record('password_changed', { app: FIRST_PARTY, user: personId }, by);
  tellPerson(installation, change, personId, 'password_changed');
  change.event({
    name: 'auth.password.changed',
    outcome: 'ok',
    actorKind: by.kind,
    actorId: by.id,
    targetId: personId,
  });
}

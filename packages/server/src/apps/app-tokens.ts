// An app ends its tokens from its own side: those of one person, or all of them. What people allowed stays, so whoever
// logs in again is not asked anew.
import { type Actor, type Change, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { AppId, PersonId } from '../store/ids.ts';

interface TokensOfApp {
  appId: AppId;
  by: Actor;
}

/** Ends every token of one person for the app, with the Page tokens that came from them. */
export async function endTokensOfPerson(
  { record, event }: Change,
  { appId, personId, by }: TokensOfApp & { personId: PersonId },
): Promise<void> {
  await record('app_person_tokens_ended', { app: appId, user: personId }, by);
  event({
    name: 'token.revoked',
    outcome: 'ok',
    reason: 'app_person_tokens_ended',
    appId,
    ...actorFacts(by),
    targetId: personId,
  });
}

/** Ends every token of the app, whoever it speaks for. */
export function endTokensOfApp(installation: ChangeContext, { appId, by }: TokensOfApp): Promise<void> {
  return change(installation, async ({ record, event }) => {
    await record('app_tokens_ended', { app: appId }, by);
    event({ name: 'token.revoked', outcome: 'ok', reason: 'app_tokens_ended', appId, ...actorFacts(by) });
  });
}

// This is the second step of logging in: the code after the password.
import type { Installation } from '../../installation/installation.ts';
import * as people from '../../store/people/people.ts';
import { consumePendingLogIn, findPendingLogIn } from './pending-log-in.ts';
import { withCode } from './prove-code.ts';
import type { SignedInPerson, Visitor } from './sessions.ts';
import { enter, type LoginResult } from './sign-in.ts';
import type { ChangeContext } from '../../liveness/change.ts';

interface SecondStepRequest {
  /** The value that the form carries. */
  pending: string;
  /** The code as it was typed. */
  code: string;
  /** Hash of the browser's cookie. */
  browser: string;
}

/**
 * Finishes a log-in with a code. `expired` where it can be finished no more: it is too old, done, of another browser,
 * or the password was changed meanwhile.
 */
export async function finishLogIn(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  { pending, code, browser }: SecondStepRequest,
  visitor: Visitor & { device: string | undefined },
  previous: SignedInPerson | undefined,
): Promise<LoginResult | 'wrong' | 'expired'> {
  const found = await findPendingLogIn(installation, pending, browser);
  const person = found && (await people.byId(installation.db.read, found.personId));
  if (!found || !person) return 'expired';
  const attempt = { personId: person.id, code, device: visitor.device, ipPrefix: visitor.ipPrefix };
  const done = await withCode(installation, attempt, async (making): Promise<LoginResult | 'expired'> => {
    if (!(await consumePendingLogIn(installation, making, found))) return 'expired';
    return (await enter(installation, making, { person, epoch: found.epoch }, visitor, previous, 'code')) ?? 'expired';
  });
  return done ?? 'wrong';
}

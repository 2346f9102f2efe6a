// This module asks for a code of the second factor, at whichever door: log-in, dialog, re-authentication, settings.
// Wrong, used and throttled codes are answered alike, and never without a try being counted.
import { change, type Change, type ChangeContext } from '../../liveness/change.ts';
import type { Installation } from '../../installation/installation.ts';
import { useCode } from './second-factor.ts';
import { budgetOf, giveBack, mayTry } from '../try-budget.ts';
import type { PersonId } from '../../store/ids.ts';

interface CodeAttempt {
  personId: PersonId;
  /** The code as it was typed. */
  code: string;
  /** Cookie of the browser, where it has one. */
  device: string | undefined;
  ipPrefix: string;
}

/** Uses the code up and acts, in one change. @returns what the act returns; undefined where the code was not right */
export async function withCode<T>(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  attempt: CodeAttempt,
  act: (making: Change) => Promise<T | undefined>,
): Promise<T | undefined> {
  const { personId, ipPrefix } = attempt;
  const budget = budgetOf(installation, 'second_factor', personId, attempt.device);
  const failed = (reason: string): undefined => {
    installation.world.log('info', 'auth.login.fail', { outcome: 'refused', reason, targetId: personId, ipPrefix });
  };
  if (!(await mayTry(installation, 'second_factor', budget, { personId, ipPrefix }))) return failed('throttled');
  const done = await change(installation, async (making) => {
    if (!(await useCode(installation, making, personId, attempt.code))) return undefined;
    await giveBack(making, budget);
    return { value: await act(making) };
  });
  return done === undefined ? failed('second_factor') : done.value;
}

// The operator makes accounts for people, above all where nobody may sign up: the person then chooses a password by a
// link (people/password-reset.ts).
import { change, type ChangeContext, type Operator } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import { addPerson } from '../people/people.ts';
import * as people from '../store/people/people.ts';

/**
 * Makes an account without a password. @param person name and address in their stored forms (`nameOf`, `emailOf`)
 * @returns undefined where somebody has the address already
 */
export function createPersonFor(
  installation: ChangeContext,
  { name, email }: { name: string; email: string },
  by: Operator,
): Promise<people.Person | undefined> {
  return change(installation, async (making) => {
    if (await people.byEmail(making.tx, email)) return undefined;
    const person = await addPerson(installation, making, { name, email, password: null });
    making.event({ name: 'auth.signup', outcome: 'ok', ...actorFacts(by), targetId: person.id });
    return person;
  });
}

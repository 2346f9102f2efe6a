// Some acts ask for the password once more. `confirmed` makes sure that it was given within the last minutes, and asks where it
// wasn't. Its window stands above everything else, so that a form or window below keeps what is in it.
import { serverNow } from '../graph/clock.ts';
import { currentSession } from '../graph/current-session.ts';
import { setPasswordQuestion } from '../graph/door.ts';
import { createStore } from '../graph/store.ts';

/** Seconds that an act may take after the password was given. */
const MARGIN = 30;

export interface PasswordQuestion {
  why: string;
  answered(given: boolean): void;
}

/** The question that is open. */
export const passwordQuestion = createStore<PasswordQuestion | undefined>(undefined);

/** The sentence that last said what the password is for. */
let lastWhy = 'Enter your password again for this.';

/**
 * Asks for the password unless it was given a short while ago.
 * @param why one sentence: what the password is for
 * @returns false when the person closed the question
 */
export async function confirmed(why: string): Promise<boolean> {
  lastWhy = why;
  const session = await currentSession();
  return (session !== undefined && session.confirmed_until > serverNow() + MARGIN) || askPassword(why);
}

/** Asks whatever was given before. */
async function askPassword(why: string): Promise<boolean> {
  passwordQuestion.get()?.answered(false);
  return new Promise((answered) => passwordQuestion.set({ why, answered }));
}

// The server's clock decides: it may have moved on since this page heard of it.
setPasswordQuestion(() => askPassword(lastWhy));

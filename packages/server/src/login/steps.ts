// The dialog as a list of steps, in the order in which things are found out. Each goes on, or says what the visit comes to.
// The whole list runs again at every request of the same dialog, so what changed meanwhile counts (threats DL-01, DL-16).
import { appKnown, appOpenTo, loginSwitchedOn, scopesKnown } from './steps/app.ts';
import { businessChosen } from './steps/business.ts';
import { configurationKnown } from './steps/configuration.ts';
import { allDecided, confirmed } from './steps/consent.ts';
import { pagesChosen } from './steps/pages.ts';
import { accountUsable, nonceFresh, passwordProven, personSignedIn } from './steps/person.ts';
import { redirectAllowed } from './steps/redirect.ts';
import { requestSound } from './steps/request.ts';
import { hintFits } from './steps/silent.ts';
import type { Stop, Visit } from './visit.ts';

export interface Step {
  name: string;
  take(visit: Visit): Promise<Stop | undefined> | Stop | undefined;
}

export const steps: readonly Step[] = [
  { name: 'the app is known and not switched off', take: appKnown },
  { name: 'the address to answer at is one of the app', take: redirectAllowed },
  { name: 'the app allows this way of logging in', take: loginSwitchedOn },
  { name: 'what Login for Business asks for is known, and fits the request', take: configurationKnown },
  { name: 'the request can be understood', take: requestSound },
  { name: 'the nonce was not used before', take: nonceFresh },
  { name: 'somebody is logged in', take: personSignedIn },
  { name: 'their account is neither locked nor unconfirmed', take: accountUsable },
  { name: 'an id_token that came along is theirs', take: hintFits },
  { name: 'they may use the app', take: appOpenTo },
  { name: 'the scopes exist', take: scopesKnown },
  { name: 'the password is asked where the app wants it', take: passwordProven },
  { name: 'everything asked is decided', take: allDecided },
  { name: 'the business is chosen, where one connects the app', take: businessChosen },
  { name: 'the Pages are chosen', take: pagesChosen },
  { name: 'the person said to go on, or need not', take: confirmed },
];

/** Runs the steps. Undefined means that nothing is left but to record the grant and to answer. */
export async function walk(visit: Visit): Promise<Stop | undefined> {
  for (const step of steps) {
    const stop = await step.take(visit);
    if (stop) return stop;
  }
  return undefined;
}

// This table says who can mend a token, by the advice of the error catalogue, and which dialog does it. What only the
// platform can lift has no dialog, so nobody is asked to connect again for it.
import { type HolderAdvice, isIn, keysOf, holderAdvice } from '@hallpass/protocol';
import type { HolderState } from './states.ts';

export interface Repair {
  /**
   * `person`: whoever the token speaks for. `manager`: somebody who manages the Page, the business or the app.
   * `operator`: the holder’s own settings. `platform`: the person, on the site itself. `time`: it passes. `nobody`: a new
   * connection is needed.
   */
  by: 'person' | 'manager' | 'operator' | 'platform' | 'time' | 'nobody';
  /** A link to the dialog helps. */
  reconnect: boolean;
  /** The `auth_type` of that dialog. */
  authType?: 'reauthorize' | 'rerequest';
  /** One sentence for the person who is asked. */
  words: string;
}

export const repairs: Readonly<Record<HolderAdvice, Repair>> = {
  log_in_again: { by: 'person', reconnect: true, words: 'Log in again.' },
  // The person took the app off: they may come back, and are not pressed.
  consent_again: { by: 'person', reconnect: true, words: 'Connect again if you still want this.' },
  reauthorize: {
    by: 'person',
    reconnect: true,
    authType: 'reauthorize',
    words: 'Confirm that the app may continue to read your data.',
  },
  ask_permission: {
    by: 'person',
    reconnect: true,
    authType: 'rerequest',
    words: 'Give the permission that is missing.',
  },
  ask_for_business: {
    by: 'person',
    reconnect: true,
    authType: 'rerequest',
    words: 'Give the permission for the business that owns the Page.',
  },
  ask_role: {
    by: 'manager',
    reconnect: false,
    words: 'Someone who manages the Page has to give the role back. Nothing else helps.',
  },
  visit_site: {
    by: 'platform',
    reconnect: false,
    words: 'Log in to the site itself and follow its instructions. Nothing else helps.',
  },
  wait: { by: 'time', reconnect: false, words: 'There is nothing to do: it will be tried again.' },
  fix_request: { by: 'operator', reconnect: false, words: 'The holder of the token has to check its settings.' },
  fix_app: {
    by: 'operator',
    reconnect: false,
    words: 'The holder of the token has to correct the settings of its app.',
  },
  app_blocked: {
    by: 'operator',
    reconnect: false,
    words: 'The platform has blocked the app: the holder of the token has to settle that there. Nothing else helps.',
  },
  give_up: { by: 'nobody', reconnect: false, words: 'The account or Page behind this no longer exists.' },
};

const isAdvice = (word: string | null | undefined): word is HolderAdvice => isIn(keysOf(holderAdvice), word);

/** The advice that stands for a state where none is known: its end came without an error. */
const adviceOfState: Readonly<Record<HolderState, HolderAdvice | undefined>> = {
  healthy: undefined,
  expiring: 'log_in_again',
  needs_person: 'log_in_again',
  needs_permission: 'ask_permission',
  needs_role: 'ask_role',
  blocked_at_meta: 'visit_site',
  unreachable: 'wait',
  dead: 'give_up',
};

/**
 * Tells what mends a token that stands like this; undefined where nothing is to be mended. An advice that is no word of
 * the catalogue counts as none.
 */
export function repairOf(state: HolderState, advice?: string | null): Repair | undefined {
  const ofState = adviceOfState[state];
  if (ofState === undefined) return undefined;
  return repairs[isAdvice(advice) ? advice : ofState];
}

// These words tell the holder of a token how it stands. The advice of the error catalogue decides, by code and subcode;
// the text of an error is never looked at for it.
import { adviceFor, type Advice, type AnsweredError, type HolderAdvice } from '@hallpass/protocol';

export const holderStates = {
  healthy: 'works',
  expiring: 'ends soon',
  needs_person: 'the person has to log in again',
  needs_permission: 'a permission is missing: ask the person for it',
  needs_role: 'a role or task is missing: someone who manages the Page or the app has to give it back',
  blocked_at_meta: 'blocked by the platform: nothing the person does here helps',
  unreachable: "not known: the server couldn't be asked",
  dead: 'gone for good',
} as const;

export type HolderState = keyof typeof holderStates;

/** True for the states in which a token is of use to its holder. */
export const isWorking = (state: HolderState): boolean =>
  state === 'healthy' || state === 'expiring' || state === 'needs_permission';

/** True where it is the person who has to act: to log in again, or to know that it is over. */
export const asksPerson = (state: HolderState): boolean => state === 'needs_person' || state === 'dead';

/**
 * The state that an advice means. A refusal that tells of the app's own settings, or of the request, says nothing about
 * the token: its state is not known.
 */
const stateOfAdvice: Readonly<Record<HolderAdvice, HolderState>> = {
  log_in_again: 'needs_person',
  reauthorize: 'needs_person',
  consent_again: 'dead',
  app_blocked: 'blocked_at_meta',
  give_up: 'dead',
  ask_permission: 'needs_permission',
  ask_for_business: 'needs_permission',
  ask_role: 'needs_role',
  visit_site: 'blocked_at_meta',
  wait: 'unreachable',
  fix_request: 'unreachable',
  fix_app: 'unreachable',
};

/** Tells what an error answer means for the token that was asked about. */
export function stateAfter(error: AnsweredError): Advice & { state: HolderState } {
  const advice = adviceFor(error);
  return { ...advice, state: stateOfAdvice[advice.holder] };
}

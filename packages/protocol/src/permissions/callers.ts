// These types say which callers can meet a requirement at all. The builders of requirements say it as a type, so that a
// declaration is handed only what such a caller has; `canMeet` decides the same by the data, so that nobody else gets
// through.
import { isIn } from '../keys.ts';
import type { Requirement } from './requirement.ts';
import type { TokenKind } from '../tokens/tokens.ts';

/** A kind of token, or the web session of a person that came through our own pages. */
export type KnownCaller = TokenKind | 'dashboard';

/** A caller may also have presented nothing. */
export type Caller = KnownCaller | 'none';

declare const meets: unique symbol;

/** A requirement that only these callers can meet. The mark is a type alone: nothing of it is there at run time. */
export type RequirementOf<C extends Caller> = Requirement & { readonly [meets]?: C };

/** The callers that can meet a requirement: all of them where its type does not say. */
export type CallersOf<N> = N extends { readonly [meets]?: infer C extends Caller } ? C : Caller;

/** The callers that can meet each part of a list. A part whose place is not known narrows nothing. */
export type CallersOfAll<Of extends readonly unknown[]> = Of extends readonly [infer First, ...infer Rest]
  ? CallersOf<First> & CallersOfAll<Rest>
  : Caller;

/** Callers behind whom a person or a system user stands. */
export type WithPerson = Exclude<KnownCaller, 'app' | 'client'>;

/** Callers that speak for a person or a system user. A Page token speaks for the Page alone. */
export type ForPerson = 'user' | 'system_user' | 'dashboard';

/** Callers to whom a person has given permissions. */
export type WithPermissions = ForPerson | 'page';

/** Callers with this kind of token. The dashboard counts as a user token, unless a presented one is asked for. */
export type WithToken<K extends TokenKind> = K | ('user' extends K ? 'dashboard' : never);

const withPerson: readonly WithPerson[] = ['user', 'page', 'session_info', 'system_user', 'dashboard'];
const forPerson: readonly ForPerson[] = ['user', 'system_user', 'dashboard'];
const withPermissions: readonly WithPermissions[] = [...forPerson, 'page'];

/** True when a caller can meet a requirement at all. */
export function canMeet(caller: Caller, requirement: Requirement): boolean {
  switch (requirement.is) {
    case 'token':
      return caller !== 'none' && requirement.kinds.includes(caller === 'dashboard' ? 'user' : caller);
    case 'permission':
    case 'task':
      return isIn(withPermissions, caller);
    case 'ad_account_task':
    case 'business_role':
      return isIn(forPerson, caller);
    case 'role':
      return isIn(withPerson, caller);
    case 'platform_role':
    case 'dashboard':
    case 'confirmed':
      return caller === 'dashboard';
    case 'presented':
      return caller !== 'dashboard' && caller !== 'none';
    case 'on':
      return canMeet(caller, requirement.needs);
    case 'given':
      return canMeet(caller, requirement.present) || canMeet(caller, requirement.absent);
    case 'all':
      return requirement.of.every((part) => canMeet(caller, part));
    case 'any':
      return requirement.of.some((part) => canMeet(caller, part));
    case 'self':
    case 'own_app':
      return caller !== 'none';
    case 'anyone':
    case 'where':
      return true;
  }
}

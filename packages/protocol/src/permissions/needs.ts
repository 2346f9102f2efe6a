// Declarations build their requirements with these functions. Each says in its type which callers can meet it.
import type { AdAccountTask } from './ad-account-tasks.ts';
import type {
  Caller,
  CallersOf,
  CallersOfAll,
  ForPerson,
  KnownCaller,
  RequirementOf,
  WithPermissions,
  WithPerson,
  WithToken,
} from './callers.ts';
import type { Condition } from './conditions.ts';
import type { Permission } from './permissions.ts';
import type { PermissionRefusal, Requirement, SingleError, ThingKind, TokenKindError } from './requirement.ts';
import type { AppRole, BusinessRole, PlatformRole, Task } from './tasks.ts';
import type { TokenKind } from '../tokens/tokens.ts';

export const anyone: Extract<Requirement, { is: 'anyone' }> & RequirementOf<Caller> = { is: 'anyone' };
export const token = <K extends TokenKind>(...kinds: K[]): RequirementOf<WithToken<K>> => ({ is: 'token', kinds });
export const tokenOr = <K extends TokenKind>(
  otherwise: TokenKindError,
  ...kinds: K[]
): RequirementOf<WithToken<K>> => ({ is: 'token', kinds, otherwise });
export const permission = (name: Permission): RequirementOf<WithPermissions> => ({ is: 'permission', name });
/** The permission, or this error in place of the one that most calls give. */
export const permissionOr = (otherwise: PermissionRefusal, name: Permission): RequirementOf<WithPermissions> => ({
  is: 'permission',
  name,
  otherwise,
});
export const task = (...anyOf: Task[]): RequirementOf<WithPermissions> => ({ is: 'task', anyOf });
export const adAccountTask = (...anyOf: AdAccountTask[]): RequirementOf<ForPerson> => ({
  is: 'ad_account_task',
  anyOf,
});
export const appRole = (...anyOf: AppRole[]): RequirementOf<WithPerson> => ({ is: 'role', on: 'app', anyOf });
export const businessRole = (...anyOf: BusinessRole[]): RequirementOf<ForPerson> => ({ is: 'business_role', anyOf });
export const platformRole = (...anyOf: PlatformRole[]): RequirementOf<'dashboard'> => ({ is: 'platform_role', anyOf });
export const self: RequirementOf<KnownCaller> = { is: 'self' };
export const ownApp: RequirementOf<KnownCaller> = { is: 'own_app' };
export const dashboard: RequirementOf<'dashboard'> = { is: 'dashboard' };
export const confirmed: RequirementOf<'dashboard'> = { is: 'confirmed' };
export const presented: RequirementOf<TokenKind> = { is: 'presented' };
/** Asks for this on the thing that a parameter names, in place of the target. */
export const on = <const N extends Requirement>(
  kind: ThingKind | 'token',
  parameter: string,
  needs: N,
): RequirementOf<CallersOf<N>> => ({ is: 'on', thing: { kind, parameter }, needs });
/** Asks for this in the business that owns the target. */
export const onOwner = <const N extends Requirement>(needs: N): RequirementOf<CallersOf<N>> => ({
  is: 'on',
  thing: { kind: 'business', relation: 'owner' },
  needs,
});
/** Asks for this on the app that calls. */
export const onCallingApp = <const N extends Requirement>(needs: N): RequirementOf<CallersOf<N>> => ({
  is: 'on',
  thing: { kind: 'app', relation: 'caller' },
  needs,
});
/** Asks for `present` where the call brings the parameter, and for `absent` where it does not. */
export const given = <const P extends Requirement, const A extends Requirement>(
  parameter: string,
  present: P,
  absent: A,
): RequirementOf<CallersOf<P> | CallersOf<A>> => ({ is: 'given', parameter, present, absent });
/** Only where this is so. @param parameter what it is about, where that is named by the call */
export const where = (condition: Condition, parameter?: string): RequirementOf<Caller> => ({
  is: 'where',
  condition,
  ...(parameter === undefined ? {} : { parameter }),
});
export const all = <const Of extends readonly Requirement[]>(...of: Of): RequirementOf<CallersOfAll<Of>> => ({
  is: 'all',
  of,
});
export const any = <const Of extends readonly Requirement[]>(...of: Of): RequirementOf<CallersOf<Of[number]>> => ({
  is: 'any',
  of,
});
/** One of these, or this error: for alternatives that the documents refuse in one sentence. */
export const anyOr = <const Of extends readonly Requirement[]>(
  otherwise: SingleError,
  ...of: Of
): RequirementOf<CallersOf<Of[number]>> => ({ is: 'any', of, otherwise });
/** One of these, or this error, which a call without a token is told too. */
export const anyOrToNobody = <const Of extends readonly Requirement[]>(
  otherwise: SingleError,
  ...of: Of
): RequirementOf<CallersOf<Of[number]>> => ({ is: 'any', of, otherwise, tellsNobody: true });
/**
 * One of these, or an error that names this permission, whatever of it is missing: the kind of token, a task, the
 * permission itself.
 */
export const anyAbout = <const Of extends readonly Requirement[]>(
  otherwise: PermissionRefusal,
  about: Permission,
  ...of: Of
): RequirementOf<CallersOf<Of[number]>> => ({ is: 'any', of, otherwise, about });

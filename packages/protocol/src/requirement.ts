// What a caller must hold, as data: one value that is evaluated, printed and sent to the Explorer.
// The order inside `all` is the order of refusals.
import { isIn } from './keys.ts';
import { type AdAccountTask, adAccountTasks } from './ad-account-tasks.ts';
import type { ErrorKey } from './errors.ts';
import type { Permission } from './permissions.ts';
import {
  type AppRole,
  appRoles,
  type BusinessRole,
  businessRoles,
  pageTasks,
  type PlatformRole,
  type Task,
} from './tasks.ts';
import type { TokenKind } from './tokens.ts';

export type Requirement =
  | { readonly is: 'anyone' }
  /** One of these kinds of token; `otherwise` is the error that another kind gets. */
  | { readonly is: 'token'; readonly kinds: readonly TokenKind[]; readonly otherwise?: TokenKindError }
  /**
   * In force: asked for by the token's grant, granted now, and something the app may ask of this person. `otherwise` is
   * the
   * error of calls that have words of their own for it.
   */
  | { readonly is: 'permission'; readonly name: Permission; readonly otherwise?: PermissionRefusal }
  /** The viewer has one of these tasks on the Page that is the target. */
  | { readonly is: 'task'; readonly anyOf: readonly Task[] }
  /** The viewer has one of these tasks on the ad account that is the target or that the target belongs to. */
  | { readonly is: 'ad_account_task'; readonly anyOf: readonly AdAccountTask[] }
  | { readonly is: 'role'; readonly on: 'app'; readonly anyOf: readonly AppRole[] }
  /** The person or system user behind the token has one of these roles in the target, or in the target's business. */
  | { readonly is: 'business_role'; readonly anyOf: readonly BusinessRole[] }
  /** What the person is to the platform itself. */
  | { readonly is: 'platform_role'; readonly anyOf: readonly PlatformRole[] }
  /** The target is the token's own subject. */
  | { readonly is: 'self' }
  /** The target belongs to the token's own app. */
  | { readonly is: 'own_app' }
  /**
   * The call comes through our own pages, by the web session of the person: no access token does (invariant I-12,
   * threats PR-12).
   */
  | { readonly is: 'dashboard' }
  /** The person of that session gave the password within the last ten minutes. */
  | { readonly is: 'confirmed' }
  /**
   * An access token was presented: what is made from a token is not made in the dashboard, where there is none (threats
   * PR-09).
   */
  | { readonly is: 'presented' }
  | { readonly is: 'all'; readonly of: readonly Requirement[] }
  /**
   * `otherwise` is the error where nothing of it holds, in place of that of the last part; `about` is the permission
   * that it names.
   */
  | {
      readonly is: 'any';
      readonly of: readonly Requirement[];
      readonly otherwise?: SingleError | PermissionRefusal;
      readonly about?: Permission;
    };

/** Errors without parameters that a wrong kind of token may get. */
export type TokenKindError =
  | 'token.app_token_needed'
  | 'token.person_needed'
  | 'token.page_token_needed'
  | 'token.page_token_required'
  | 'token.none_for_me'
  | 'permission.kind'
  | 'permission.page_posting';

/** Errors about one missing permission; the only parameter that they may have is `permission`. */
export type PermissionRefusal =
  | 'permission.object'
  | 'permission.page_posting'
  | 'permission.page_content'
  | 'permission.page_metadata';

/** Errors without parameters that stand for a whole alternative. */
export type SingleError =
  | 'permission.funding'
  | 'permission.ads'
  | 'permission.ads_not_granted'
  | 'permission.ad_account_admin';

/** What is known about the caller when a requirement is evaluated. Missing facts mean no. */
export interface Facts {
  kind: TokenKind | 'none';
  /** Permissions in force for the present target (for a Page: those granted for this very Page). */
  permissions: { has(name: string): boolean };
  tasks: { has(name: string): boolean };
  adAccountTasks?: { has(name: string): boolean };
  appRoles: { has(name: string): boolean };
  businessRoles?: { has(name: string): boolean };
  /** The business that is asked about, or that owns the Page, wants a second factor of this person, who has none. */
  secondFactorMissing?: boolean;
  self: boolean;
  ownApp: boolean;
  platformRoles?: { has(name: string): boolean };
  dashboard?: boolean;
  confirmed?: boolean;
}

export interface UnmetRequirement {
  error: ErrorKey;
  params: Record<string, string>;
  /** The part of the requirement that failed. */
  because: Requirement;
}

export type Verdict = { ok: true } | ({ ok: false } & UnmetRequirement);

const yes: Verdict = { ok: true };
type Refusing = { ok: false } & UnmetRequirement;
const no = (because: Requirement, error: ErrorKey, params: Record<string, string> = {}): Refusing => ({
  ok: false,
  error,
  params,
  because,
});

/** Decides one requirement. Pure; says which part failed and which error of the catalogue that is. */
export function evaluate(requirement: Requirement, facts: Facts): Verdict {
  switch (requirement.is) {
    case 'anyone':
      return yes;
    case 'token': {
      if (facts.kind === 'none') return no(requirement, 'token.missing');
      if (isIn(requirement.kinds, facts.kind)) return yes;
      return no(requirement, requirement.otherwise ?? 'permission.kind');
    }
    case 'permission':
      return facts.permissions.has(requirement.name)
        ? yes
        : no(requirement, requirement.otherwise ?? 'permission.missing', { permission: requirement.name });
    case 'task':
      if (!requirement.anyOf.some((t) => facts.tasks.has(t)))
        return no(requirement, 'permission.task', { tasks: requirement.anyOf.join(' or ') });
      return facts.secondFactorMissing ? no(requirement, 'permission.second_factor') : yes;
    case 'ad_account_task':
      if (!requirement.anyOf.some((t) => facts.adAccountTasks?.has(t)))
        return no(requirement, 'permission.ad_account_task', { tasks: requirement.anyOf.join(' or ') });
      return facts.secondFactorMissing ? no(requirement, 'permission.second_factor') : yes;
    case 'role':
      return requirement.anyOf.some((r) => facts.appRoles.has(r))
        ? yes
        : no(requirement, 'permission.role', { roles: requirement.anyOf.join(' or ') });
    case 'business_role':
      if (!requirement.anyOf.some((r) => facts.businessRoles?.has(r)))
        return no(requirement, 'permission.business', { roles: requirement.anyOf.join(' or ') });
      return facts.secondFactorMissing ? no(requirement, 'permission.second_factor') : yes;
    case 'platform_role':
      return requirement.anyOf.some((r) => facts.platformRoles?.has(r))
        ? yes
        : no(requirement, 'permission.platform', { roles: requirement.anyOf.join(' or ') });
    case 'self':
      return facts.self ? yes : no(requirement, 'permission.denied');
    case 'own_app':
      return facts.ownApp ? yes : no(requirement, 'permission.denied');
    case 'dashboard':
      if (facts.kind === 'none') return no(requirement, 'token.missing');
      return facts.dashboard === true ? yes : no(requirement, 'permission.dashboard');
    case 'confirmed':
      return facts.confirmed === true ? yes : no(requirement, 'permission.password_again');
    case 'presented':
      return facts.kind !== 'none' && facts.dashboard !== true ? yes : no(requirement, 'permission.kind');
    case 'all': {
      for (const part of requirement.of) {
        const verdict = evaluate(part, facts);
        if (!verdict.ok) return verdict;
      }
      return yes;
    }
    case 'any': {
      let last = no(requirement, 'permission.denied');
      let inDashboard: Verdict | undefined;
      let withFactor: Verdict | undefined;
      for (const part of requirement.of) {
        const verdict = evaluate(part, facts);
        if (verdict.ok) return verdict;
        // All that is missing there is the second factor: that is worth saying, whatever else would have done.
        if (verdict.error === 'permission.second_factor') withFactor ??= verdict;
        if (isForDashboard(part)) inDashboard ??= verdict;
        else last = verdict;
      }
      // Who comes by the dashboard is told what is missing there, and whoever brings a token what is missing with a
      // token.
      if (facts.dashboard === true && inDashboard) return inDashboard;
      if (withFactor) return withFactor;
      if (requirement.otherwise === undefined || facts.kind === 'none') return last;
      return no(
        last.because,
        requirement.otherwise,
        requirement.about === undefined ? last.params : { permission: requirement.about },
      );
    }
  }
}

const isForDashboard = (part: Requirement): boolean =>
  part.is === 'dashboard' || (part.is === 'all' && part.of[0]?.is === 'dashboard');

export type NeededFact = 'permission' | 'task' | 'ad_account_task' | 'role' | 'business_role';

/** Which facts must be loaded before `evaluate` can say anything but no. */
export function factsNeeded(requirement: Requirement, into: Set<NeededFact> = new Set()): Set<NeededFact> {
  if (requirement.is === 'all' || requirement.is === 'any') for (const part of requirement.of) factsNeeded(part, into);
  else if (
    requirement.is === 'permission' ||
    requirement.is === 'task' ||
    requirement.is === 'ad_account_task' ||
    requirement.is === 'role' ||
    requirement.is === 'business_role'
  )
    into.add(requirement.is);
  return into;
}

/** The requirement as a sentence, for the reference pages, the Explorer and the log. */
export function inWords(requirement: Requirement): string {
  switch (requirement.is) {
    case 'anyone':
      return 'anyone';
    case 'token':
      return `${requirement.kinds[0] === 'app' ? 'an' : 'a'} ${requirement.kinds.map((k) => k.replace('_', ' ')).join(' or ')} token`;
    case 'permission':
      return `the permission ${requirement.name}`;
    case 'task':
      return holdsAll(requirement.anyOf, pageTasks)
        ? 'any task on the Page'
        : `the task ${requirement.anyOf.join(' or ')}`;
    case 'ad_account_task':
      return holdsAll(requirement.anyOf, adAccountTasks)
        ? 'any task on the ad account'
        : `the ad account task ${requirement.anyOf.join(' or ')}`;
    case 'role':
      return holdsAll(requirement.anyOf, appRoles)
        ? 'any role on the app'
        : `the app role ${requirement.anyOf.join(' or ')}`;
    case 'business_role':
      return holdsAll(requirement.anyOf, businessRoles)
        ? 'any role in the business'
        : `the business role ${requirement.anyOf.join(' or ')}`;
    case 'platform_role':
      return requirement.anyOf
        .map((name) => `${name === 'administrator' ? 'an' : 'a'} ${name} of the platform`)
        .join(' or ');
    case 'self':
      return 'to be the one asked about';
    case 'own_app':
      return 'a token of this very app';
    case 'dashboard':
      return 'the dashboard (no access token)';
    case 'confirmed':
      return 'the password within the last ten minutes';
    case 'presented':
      return 'an access token (not the dashboard)';
    case 'all':
      return requirement.of.map(inWords).join(', and ');
    case 'any': {
      if (requirement.of[0] && requirement.of.length === 1) return inWords(requirement.of[0]);
      const names = requirement.of.flatMap((part) => (part.is === 'permission' ? [part.name] : []));
      if (names.length > 1 && names.length === requirement.of.length)
        return `one of the permissions ${names.join(', ')}`;
      return `either ${requirement.of.map((part) => (part.is === 'all' ? `(${inWords(part)})` : inWords(part))).join(' or ')}`;
    }
  }
}

const holdsAll = (names: readonly string[], table: object): boolean =>
  Object.keys(table).every((name) => names.includes(name));

export const anyone: Extract<Requirement, { is: 'anyone' }> = { is: 'anyone' };
export const token = (...kinds: TokenKind[]): Requirement => ({ is: 'token', kinds });
export const tokenOr = (otherwise: TokenKindError, ...kinds: TokenKind[]): Requirement => ({
  is: 'token',
  kinds,
  otherwise,
});
export const permission = (name: Permission): Requirement => ({ is: 'permission', name });
/** The permission, or this error in place of the one that most calls give. */
export const permissionOr = (otherwise: PermissionRefusal, name: Permission): Requirement => ({
  is: 'permission',
  name,
  otherwise,
});
export const task = (...anyOf: Task[]): Requirement => ({ is: 'task', anyOf });
export const adAccountTask = (...anyOf: AdAccountTask[]): Requirement => ({ is: 'ad_account_task', anyOf });
export const appRole = (...anyOf: AppRole[]): Requirement => ({ is: 'role', on: 'app', anyOf });
export const businessRole = (...anyOf: BusinessRole[]): Requirement => ({ is: 'business_role', anyOf });
export const platformRole = (...anyOf: PlatformRole[]): Requirement => ({ is: 'platform_role', anyOf });
export const self: Requirement = { is: 'self' };
export const ownApp: Requirement = { is: 'own_app' };
export const dashboard: Requirement = { is: 'dashboard' };
export const confirmed: Requirement = { is: 'confirmed' };
export const presented: Requirement = { is: 'presented' };
export const all = (...of: Requirement[]): Requirement => ({ is: 'all', of });
export const any = (...of: Requirement[]): Requirement => ({ is: 'any', of });
/** One of these, or this error: for alternatives that the documents refuse in one sentence. */
export const anyOr = (otherwise: SingleError, ...of: Requirement[]): Requirement => ({ is: 'any', of, otherwise });
/**
 * One of these, or an error that names this permission, whatever of it is missing: the kind of token, a task, the
 * permission itself.
 */
export const anyAbout = (otherwise: PermissionRefusal, about: Permission, ...of: Requirement[]): Requirement => ({
  is: 'any',
  of,
  otherwise,
  about,
});

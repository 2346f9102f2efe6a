// What a caller must hold, as data: one value that is evaluated, printed and sent to the Explorer.
// The order inside `all` is the order of refusals.
import { isIn } from '../keys.ts';
import { type AdAccountTask, adAccountTasks } from './ad-account-tasks.ts';
import { type Condition, conditions } from './conditions.ts';
import type { ErrorKey } from '../errors/errors.ts';
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
import type { TokenKind } from '../tokens/tokens.ts';

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
  /** `needs` is asked about another thing than the target: one that a parameter names, or that stands behind it. */
  | { readonly is: 'on'; readonly thing: NamedThing; readonly needs: Requirement }
  /** One requirement where the call brings this parameter, another where it does not. */
  | { readonly is: 'given'; readonly parameter: string; readonly present: Requirement; readonly absent: Requirement }
  /** Only where this is so; `parameter` names what it is about, where that is neither the target nor the caller. */
  | { readonly is: 'where'; readonly condition: Condition; readonly parameter?: string }
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

/** Something beside the target. A thing that nobody named and that is not there gives no right. */
export type NamedThing =
  | { readonly kind: ThingKind; readonly parameter: string }
  /** The business that owns the Page that is the target. */
  | { readonly kind: 'business'; readonly relation: 'owner' };

export type ThingKind = 'page' | 'app' | 'business' | 'ad_account';

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
  /** The facts about a thing beside the target, or why its parameter cannot be read. */
  on?(thing: NamedThing): Facts | ParameterFault | undefined;
  /** Names of the parameters that the call brings. */
  given?: { has(name: string): boolean };
  /** Whether it is so, or why the parameter that it is about cannot be read. */
  where?(condition: Condition, parameter: string | undefined): boolean | ParameterFault;
}

/** A parameter that a requirement looks at is missing or has no sense. */
export interface ParameterFault {
  readonly error: ErrorKey;
  readonly params: Readonly<Record<string, string>>;
}

const isFault = (found: Facts | ParameterFault): found is ParameterFault => 'error' in found;

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
    case 'on': {
      const found = facts.on?.(requirement.thing) ?? aboutNothing(facts);
      return isFault(found) ? no(requirement, found.error, { ...found.params }) : evaluate(requirement.needs, found);
    }
    case 'given':
      return evaluate(facts.given?.has(requirement.parameter) ? requirement.present : requirement.absent, facts);
    case 'where': {
      const found = facts.where?.(requirement.condition, requirement.parameter) ?? false;
      if (typeof found === 'object') return no(requirement, found.error, { ...found.params });
      if (found) return yes;
      const { condition, parameter } = requirement;
      return no(requirement, conditions[condition].error, parameter === undefined ? {} : { name: parameter });
    }
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

const nothing: ReadonlySet<string> = new Set();

/** What a caller holds on a thing that is not there. */
const aboutNothing = ({ kind, dashboard = false, confirmed = false }: Facts): Facts => ({
  kind,
  dashboard,
  confirmed,
  permissions: nothing,
  tasks: nothing,
  appRoles: nothing,
  self: false,
  ownApp: false,
});

const isForDashboard = (part: Requirement): boolean =>
  part.is === 'dashboard' || (part.is === 'all' && part.of[0]?.is === 'dashboard');

export type NeededFact = 'permission' | 'task' | 'ad_account_task' | 'role' | 'business_role';

const loaded: ReadonlySet<string> = new Set<NeededFact>([
  'permission',
  'task',
  'ad_account_task',
  'role',
  'business_role',
]);
const isLoaded = (name: string): name is NeededFact => loaded.has(name);

/** Which facts about the target must be loaded before `evaluate` can say anything but no. */
export function factsNeeded(requirement: Requirement, into: Set<NeededFact> = new Set()): Set<NeededFact> {
  for (const { is } of partsOf(requirement)) if (isLoaded(is)) into.add(is);
  return into;
}

/**
 * The parts of a requirement that are about the same thing, at any depth: `on` is one of them, whatever it asks for.
 * @param brought names of the parameters that the call brings: only what is asked for then. Both ways without it.
 */
export function partsOf(requirement: Requirement, brought?: Facts['given']): Requirement[] {
  if (requirement.is === 'all' || requirement.is === 'any')
    return requirement.of.flatMap((part) => partsOf(part, brought));
  if (requirement.is !== 'given') return [requirement];
  const { parameter, present, absent } = requirement;
  const ways = brought === undefined ? [present, absent] : [brought.has(parameter) ? present : absent];
  return ways.flatMap((part) => partsOf(part, brought));
}

/** The parameters that a requirement looks at, at any depth. */
export function parametersOf(requirement: Requirement): string[] {
  switch (requirement.is) {
    case 'all':
    case 'any':
      return requirement.of.flatMap(parametersOf);
    case 'given':
      return [requirement.parameter, ...parametersOf(requirement.present), ...parametersOf(requirement.absent)];
    case 'on': {
      const { thing, needs } = requirement;
      return [...('parameter' in thing ? [thing.parameter] : []), ...parametersOf(needs)];
    }
    case 'where':
      return requirement.parameter === undefined ? [] : [requirement.parameter];
    default:
      return [];
  }
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
    case 'on':
      return `${inWords(requirement.needs)} (on ${thingInWords(requirement.thing)})`;
    case 'given':
      return `with \`${requirement.parameter}\` (${moreInWords(requirement.present)}), without it (${moreInWords(requirement.absent)})`;
    case 'where':
      return `that ${conditions[requirement.condition].words}`;
    case 'all':
      return requirement.of.map(inWords).join(', and ');
    case 'any': {
      if (requirement.of[0] && requirement.of.length === 1) return inWords(requirement.of[0]);
      const names = requirement.of.flatMap((part) => (part.is === 'permission' ? [part.name] : []));
      if (names.length > 1 && names.length === requirement.of.length)
        return `one of the permissions ${names.join(', ')}`;
      return `either ${requirement.of.map((part) => (part.is === 'all' || part.is === 'on' ? `(${inWords(part)})` : inWords(part))).join(' or ')}`;
    }
  }
}

const moreInWords = (requirement: Requirement): string =>
  requirement.is === 'anyone' ? 'nothing more' : inWords(requirement);

const thingNames: Readonly<Record<ThingKind, string>> = {
  page: 'Page',
  app: 'app',
  business: 'business',
  ad_account: 'ad account',
};

const thingInWords = (thing: NamedThing): string =>
  'parameter' in thing
    ? `the ${thingNames[thing.kind]} that \`${thing.parameter}\` names`
    : `the ${thingNames[thing.kind]} that owns it`;

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
/** Asks for this on the thing that a parameter names, in place of the target. */
export const on = (kind: ThingKind, parameter: string, needs: Requirement): Requirement => ({
  is: 'on',
  thing: { kind, parameter },
  needs,
});
/** Asks for this in the business that owns the target. */
export const onOwner = (needs: Requirement): Requirement => ({
  is: 'on',
  thing: { kind: 'business', relation: 'owner' },
  needs,
});
/** Asks for `present` where the call brings the parameter, and for `absent` where it does not. */
export const given = (parameter: string, present: Requirement, absent: Requirement): Requirement => ({
  is: 'given',
  parameter,
  present,
  absent,
});
/** Only where this is so. @param parameter what it is about, where that is named by the call */
export const where = (condition: Condition, parameter?: string): Requirement => ({
  is: 'where',
  condition,
  ...(parameter === undefined ? {} : { parameter }),
});
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

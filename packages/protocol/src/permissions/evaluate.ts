// Decides whether a caller meets a requirement, and if not, which part failed and which error of the catalogue that is.
import { type Condition, conditions } from './conditions.ts';
import type { ErrorKey } from '../errors/errors.ts';
import { isIn } from '../keys.ts';
import type { NamedThing, Requirement } from './requirement.ts';
import type { TokenKind } from '../tokens/tokens.ts';

/** Facts are what is known about the caller when a requirement is evaluated. Missing facts mean no. */
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
  /** Says that it is so, or why the parameter that it is about cannot be read. */
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
      // A caller of the dashboard is told what is missing there, and a caller with a token what is missing with a
      // token.
      if (facts.dashboard === true && inDashboard) return inDashboard;
      if (withFactor) return withFactor;
      if (requirement.otherwise === undefined || (facts.kind === 'none' && !requirement.tellsNobody)) return last;
      return no(
        last.because,
        requirement.otherwise,
        requirement.about === undefined ? last.params : { permission: requirement.about },
      );
    }
  }
}

const nothing: ReadonlySet<string> = new Set();

/** A caller holds nothing on a thing that is not there. */
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
